using CommandCenter.Domain.Officers;
using static CommandCenter.Testing.TestCalendar;

namespace CommandCenter.Domain.Tests.Officers;

public sealed class OfficerDeciderTests
{
    private static readonly Position s_pudong = new(31.22, 121.54, 5, 90, 1.5, Datum.Wgs84);
    private static readonly Position s_huangpu = new(31.23, 121.48, null, null, null, Datum.Gcj02);

    [Fact]
    public void A_new_officer_is_off_duty_and_nowhere()
    {
        var officer = OfficerState.New("officer-17");

        Assert.Equal("officer-17", officer.Id);
        Assert.False(officer.IsOnDuty);
        Assert.Null(officer.LastPosition);
        Assert.Null(officer.Device);
    }

    [Fact]
    public void Duty_begins_with_a_device_and_ends()
    {
        var on = After(OfficerState.New("officer-17"), new OfficerCommand.SetDuty(IsOn: true, "camera-3", Day(0)));
        var off = After(on, new OfficerCommand.SetDuty(IsOn: false, Device: null, Day(0.3)));

        Assert.True(on.IsOnDuty);
        Assert.Equal("camera-3", on.Device);
        Assert.Equal(Day(0), on.DutyAt);
        Assert.False(off.IsOnDuty);
        Assert.Equal(Day(0.3), off.DutyAt);
    }

    [Fact]
    public void A_change_of_duty_that_names_no_device_keeps_the_last_one()
    {
        var officer = After(
            OfficerState.New("officer-17"),
            new OfficerCommand.SetDuty(IsOn: true, "camera-3", Day(0)),
            new OfficerCommand.SetDuty(IsOn: false, Device: null, Day(1)));

        Assert.Equal("camera-3", officer.Device);
    }

    [Fact]
    public void The_last_position_is_the_latest_by_its_own_time()
    {
        var officer = After(
            OfficerState.New("officer-17"),
            new OfficerCommand.ReportPosition(s_pudong, Day(1)),
            new OfficerCommand.ReportPosition(s_huangpu, Day(2)));

        Assert.Equal(s_huangpu, officer.LastPosition);
        Assert.Equal(Day(2), officer.PositionAt);
    }

    /// <summary>A phone that was off line sends its queue late: the report is a fact, and does not move the officer back.</summary>
    [Fact]
    public void A_late_report_is_recorded_and_moves_nobody_back()
    {
        var officer = After(
            OfficerState.New("officer-17"),
            new OfficerCommand.SetDuty(IsOn: true, "camera-3", Day(2)),
            new OfficerCommand.ReportPosition(s_huangpu, Day(2)));

        var late = After(
            officer,
            new OfficerCommand.ReportPosition(s_pudong, Day(1)),
            new OfficerCommand.SetDuty(IsOn: false, Device: "camera-4", Day(1)));

        Assert.Equal(officer, late);
    }

    [Fact]
    public void Of_two_reports_of_the_same_moment_the_second_stands()
    {
        var officer = After(
            OfficerState.New("officer-17"),
            new OfficerCommand.ReportPosition(s_pudong, Day(1)),
            new OfficerCommand.ReportPosition(s_huangpu, Day(1)),
            new OfficerCommand.SetDuty(IsOn: true, "camera-3", Day(1)),
            new OfficerCommand.SetDuty(IsOn: false, "camera-4", Day(1)));

        Assert.Equal(s_huangpu, officer.LastPosition);
        Assert.False(officer.IsOnDuty);
        Assert.Equal("camera-4", officer.Device);
    }

    [Fact]
    public void Duty_and_position_keep_their_own_times()
    {
        var officer = After(
            OfficerState.New("officer-17"),
            new OfficerCommand.ReportPosition(s_pudong, Day(5)),
            new OfficerCommand.SetDuty(IsOn: true, "camera-3", Day(1)));

        Assert.True(officer.IsOnDuty);
        Assert.Equal(s_pudong, officer.LastPosition);
    }

    [Fact]
    public void A_call_for_help_stands_since_it_began_until_it_is_ended()
    {
        var calling = After(
            OfficerState.New("officer-17"),
            new OfficerCommand.SetSos(IsOn: true, "camera-3", Day(1)),
            new OfficerCommand.SetSos(IsOn: true, Device: null, Day(2)));
        var late = After(calling, new OfficerCommand.SetSos(IsOn: false, Device: null, Day(1.5)));
        var ended = After(calling, new OfficerCommand.SetSos(IsOn: false, Device: null, Day(3)));

        Assert.Equal((Day(1), "camera-3"), (calling.CallingSince, calling.Device));
        Assert.Equal(Day(1), late.CallingSince); // He pressed again after that.
        Assert.Null(ended.CallingSince);
        Assert.Null(After(ended, new OfficerCommand.SetSos(IsOn: true, Device: null, Day(2.5))).CallingSince); // A queue that comes late.
    }

    [Fact]
    public void A_command_of_no_known_kind_is_refused() =>
        Then.Refused("officer.not-allowed-now", field: null, OfficerDecider.Decide(OfficerState.New("officer-17"), new Salute(Day(0))));

    [Fact]
    public void An_event_of_no_known_kind_is_a_damaged_journal() =>
        Assert.Throws<CorruptJournalException>(() => OfficerDecider.Evolve(OfficerState.New("officer-17"), new Saluted(Day(0))));

    private static OfficerState After(OfficerState state, params OfficerCommand[] commands) => commands.Aggregate(state, (officer, command) =>
    {
        var accepted = Assert.IsType<Decision<OfficerEvent>.Accepted>(OfficerDecider.Decide(officer, command));
        return OfficerDecider.Evolve(officer, Assert.Single(accepted.Events));
    });

    private sealed record Salute(DateTimeOffset At) : OfficerCommand(At);

    private sealed record Saluted(DateTimeOffset At) : OfficerEvent(At);
}
