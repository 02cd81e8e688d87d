using CommandCenter.Domain.Calendar;
using CommandCenter.Domain.Officers;
using CommandCenter.Testing;
using CommandCenter.Web.Grains;
using CommandCenter.Web.Hosting;
using CommandCenter.Web.Tests.Grains;
using CommandCenter.Web.Watch;

namespace CommandCenter.Web.Tests.Watch;

public sealed class RollCallTests
{
    private const string Court = ShippedConfig.Pudong;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_is_here_is_called_when_the_clock_passes_the_hour_and_kept_for_the_day()
    {
        await using var lab = await GrainLab.OpenAsync(partitions: 2);
        lab.Time.Advance(TimeSpan.FromMinutes(-20)); // Friday, 08:40.
        using var watch = WatchLab.Open(lab);
        await DutyAsync(lab, "officer-1", Court, isOn: true, -15);
        await DutyAsync(lab, "officer-2", Court, isOn: true, -12);
        await DutyAsync(lab, "officer-3", "沪0104", isOn: false, -12);
        await watch.TurnAsync(Token);
        Assert.Empty(watch.RollCall.Calls);
        Assert.Equal(TestCalendar.Shanghai(2017, 9, 1, 9), watch.RollCall.Next);
        Assert.Equal((2, 2), (Now(watch, Court).Officers, Now(watch, Court).OnDuty));

        lab.Time.Advance(TimeSpan.FromMinutes(20));
        await watch.TurnAsync(Token);
        Assert.Equal((2, 2, 0), At(watch, 0, Court));
        Assert.Equal((1, 0, 0), At(watch, 0, "沪0104"));
        Assert.Equal((0, 0, 0), At(watch, 0, "沪0101"));
        Assert.False(watch.RollCall.Calls[0].IsLate);
        Assert.Equal(TestCalendar.Shanghai(2017, 9, 1, 14), watch.RollCall.Next);

        // Who leaves afterwards was here at the hour.
        await DutyAsync(lab, "officer-1", Court, isOn: false, 30);
        await DutyAsync(lab, "officer-2", Court, isOn: false, 30);
        lab.Time.Advance(TimeSpan.FromHours(1));
        await watch.TurnAsync(Token);
        Assert.Equal((2, 2, 0), At(watch, 0, Court));
        Assert.Equal(0, Now(watch, Court).OnDuty);

        lab.Time.Advance(TimeSpan.FromHours(4));
        await watch.TurnAsync(Token);
        Assert.Equal(2, watch.RollCall.Calls.Count);
        Assert.Equal((2, 0, 0), At(watch, 1, Court));
        Assert.Equal(TestCalendar.Shanghai(2017, 9, 4, 9), watch.RollCall.Next); // Over the weekend.
    }

    [Fact]
    public async Task On_a_day_of_rest_no_roll_is_called_and_a_made_up_Saturday_is_none()
    {
        await using var lab = await GrainLab.OpenAsync(partitions: 1);
        var calendar = WallboardConfig.ReadWorkingDays(RepositoryRoot.Combine("wallboard-config"));
        using var watch = WatchLab.Open(lab, calendar);
        lab.Time.Advance(TimeSpan.FromDays(1)); // Saturday.
        await watch.TurnAsync(Token);
        Assert.Empty(watch.RollCall.Calls);
        Assert.Equal((false, TestCalendar.Shanghai(2017, 9, 4, 9)), (watch.RollCall.IsWorkingDay, watch.RollCall.Next));

        lab.Time.Advance(TimeSpan.FromDays(28)); // Saturday 2017-09-30 is worked before the holiday, which lasts to 10-08.
        await watch.TurnAsync(Token);
        Assert.True(watch.RollCall.IsWorkingDay);
        Assert.Single(watch.RollCall.Calls);
        lab.Time.Advance(TimeSpan.FromHours(8));
        await watch.TurnAsync(Token);
        Assert.Equal(TestCalendar.Shanghai(2017, 10, 9, 9), watch.RollCall.Next);
    }

    [Fact]
    public async Task A_watch_that_began_after_the_hour_reads_the_duty_records_and_says_what_it_cannot_know()
    {
        await using var lab = await GrainLab.OpenAsync(partitions: 1);
        lab.Time.Advance(TimeSpan.FromHours(1)); // 10:00.
        await DutyAsync(lab, "officer-1", Court, isOn: true, -10);
        await DutyAsync(lab, "officer-2", Court, isOn: true, 40);
        await DutyAsync(lab, "officer-3", "沪0104", isOn: false, 40);
        using var watch = WatchLab.Open(lab);
        await watch.TurnAsync(Token);

        Assert.True(watch.RollCall.Calls.Single().IsLate);
        Assert.Equal((2, 1, 1), At(watch, 0, Court));
        Assert.Equal((1, 0, 1), At(watch, 0, "沪0104"));
    }

    [Fact]
    public async Task An_officer_on_duty_has_a_position_only_while_it_is_fresh()
    {
        await using var lab = await GrainLab.OpenAsync(partitions: 1);
        using var watch = WatchLab.Open(lab);
        await DutyAsync(lab, "officer-1", Court, isOn: true, -10);
        await lab.TellAsync(lab.Fact("officer-1", Court, new OfficerCommand.ReportPosition(
            new Position(31.2, 121.5, null, null, null, Datum.Wgs84), TestCalendar.Day(0))));
        await watch.TurnAsync(Token);
        Assert.Equal((1, 1), (Now(watch, Court).OnDuty, Now(watch, Court).Located));

        lab.Time.Advance(TimeSpan.FromMinutes(16));
        await watch.TurnAsync(Token);
        Assert.Equal((1, 0), (Now(watch, Court).OnDuty, Now(watch, Court).Located));
    }

    [Theory]
    [InlineData("09:00,14:00", true)]
    [InlineData("8:00", false)]
    [InlineData("", false)]
    [InlineData("09:00;14:00", false)]
    public void Hours_of_the_roll_are_checked_at_the_start(string hours, bool isRight)
    {
        var result = new WatchOptionsValidator().Validate(null, new WatchOptions { RollCallAt = hours });

        Assert.Equal(isRight, result.Succeeded);
        Assert.True(isRight || result.FailureMessage!.Contains("Watch:RollCallAt", StringComparison.Ordinal));
    }

    [Fact]
    public void Working_days_follow_the_announced_table()
    {
        var days = WallboardConfig.ReadWorkingDays(RepositoryRoot.Combine("wallboard-config"));

        Assert.False(days.IsWorkingDay(new DateOnly(2017, 10, 2))); // A Monday of the holiday.
        Assert.True(days.IsWorkingDay(new DateOnly(2017, 9, 30)));  // A Saturday that is made up.
        Assert.Equal(new DateOnly(2017, 9, 30), days.Before(new DateOnly(2017, 10, 9)));
        Assert.True(days.Knows(2026));
        Assert.False(days.Knows(2040));
        _ = Assert.Throws<ArgumentException>(() => new WorkingDays([new DateOnly(2017, 9, 30)], [new DateOnly(2017, 9, 30)], [2017]));
    }

    private static CourtPresence Now(CaseWatch watch, string mark) => watch.RollCall.Now[GrainLab.Court(mark).Index]!;

    private static (int Officers, int OnDuty, int Unknown) At(CaseWatch watch, int call, string mark)
    {
        var court = watch.RollCall.Calls[call].Courts[GrainLab.Court(mark).Index]!;
        return (court.Officers, court.OnDuty, court.Unknown);
    }

    private static async Task DutyAsync(GrainLab lab, string officer, string court, bool isOn, double minutesFromNine) => Assert.Equal(
        GrainReply.Accepted, await lab.TellAsync(lab.Fact(officer, court, new OfficerCommand.SetDuty(isOn, null, TestCalendar.Day(0).AddMinutes(minutesFromNine)))));
}
