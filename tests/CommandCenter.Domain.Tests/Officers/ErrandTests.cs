using CommandCenter.Domain.Officers;
using static CommandCenter.Testing.TestCalendar;

namespace CommandCenter.Domain.Tests.Officers;

public sealed class ErrandTests
{
    // People's Square; a degree of latitude is some 111.2 km on the sphere.
    private static readonly Target s_square = new(31.2304, 121.4737, RadiusM: 100, Case: null, Datum.Wgs84);
    private static readonly Target s_elsewhere = s_square with { Latitude = 31.3 };

    [Fact]
    public void Whoever_is_seen_within_the_radius_has_arrived_and_stays_so()
    {
        var sent = After(OfficerState.New("officer-17"), Send(s_square, 1), At(2, metresOff: 101));
        var there = After(sent, At(3, metresOff: 99), At(4, metresOff: 5_000));

        Assert.Equal(new Errand(s_square, Day(1), ArrivedAt: null), sent.Errand);
        Assert.Equal(Day(3), there.Errand!.ArrivedAt);
    }

    [Fact]
    public void A_queue_that_comes_late_makes_the_arrival_earlier_and_never_later()
    {
        var officer = After(OfficerState.New("officer-17"), Send(s_square, 1), At(5, metresOff: 0), At(3, metresOff: 0), At(4, metresOff: 0));

        Assert.Equal(Day(3), officer.Errand!.ArrivedAt);
        Assert.Equal(Day(5), officer.PositionAt);
    }

    [Fact]
    public void Where_he_was_before_he_was_sent_is_no_arrival() =>
        Assert.Null(After(OfficerState.New("officer-17"), At(0.5, metresOff: 0), Send(s_square, 1), At(0.75, metresOff: 0)).Errand!.ArrivedAt);

    [Fact]
    public void An_order_that_comes_after_the_report_of_who_carries_it_out_finds_him_there() =>
        Assert.Equal(Day(2), After(OfficerState.New("officer-17"), At(2, metresOff: 50), Send(s_square, 1)).Errand!.ArrivedAt);

    [Theory]
    [InlineData(null, true)]
    [InlineData(100.0, true)]
    [InlineData(101.0, false)]
    public void A_position_that_is_less_sure_than_the_radius_proves_nothing(double? accuracyM, bool hasArrived) =>
        Assert.Equal(hasArrived, After(OfficerState.New("officer-17"), Send(s_square, 1), At(2, metresOff: 0, accuracyM)).Errand!.ArrivedAt is not null);

    [Fact]
    public void The_latest_order_stands_whatever_order_they_come_in()
    {
        var officer = After(OfficerState.New("officer-17"), Send(s_elsewhere, 3), Send(s_square, 2));
        var recalled = After(officer, new OfficerCommand.Recall(Day(4)));

        Assert.Equal(s_elsewhere, officer.Errand!.Target);
        Assert.Null(recalled.Errand);
        Assert.Null(After(recalled, Send(s_square, 3.5)).Errand);
        Assert.Equal(s_square, After(recalled, Send(s_square, 5)).Errand!.Target);
        Assert.Equal(s_elsewhere, After(officer, new OfficerCommand.Recall(Day(1))).Errand!.Target);
    }

    [Fact]
    public void Sent_again_he_has_to_arrive_again()
    {
        var officer = After(OfficerState.New("officer-17"), Send(s_square, 1), At(2, metresOff: 0), At(3, metresOff: 900), Send(s_square, 4));

        Assert.Equal((Day(4), null), (officer.Errand!.SentAt, officer.Errand.ArrivedAt));
    }

    private static OfficerCommand.Dispatch Send(Target target, double day) => new(target, Day(day));

    private static OfficerCommand.ReportPosition At(double day, double metresOff, double? accuracyM = 5) =>
        new(new Position(s_square.Latitude + (metresOff / 111_195.08), s_square.Longitude, accuracyM, null, null, Datum.Wgs84), Day(day));

    private static OfficerState After(OfficerState state, params OfficerCommand[] commands) => commands.Aggregate(state, static (officer, command) =>
    {
        var accepted = Assert.IsType<Decision<OfficerEvent>.Accepted>(OfficerDecider.Decide(officer, command));
        return OfficerDecider.Evolve(officer, Assert.Single(accepted.Events));
    });
}
