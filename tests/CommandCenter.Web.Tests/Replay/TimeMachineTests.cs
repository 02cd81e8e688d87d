using CommandCenter.Testing;
using CommandCenter.Web.Replay;
using static CommandCenter.Testing.TestCalendar;

namespace CommandCenter.Web.Tests.Replay;

/// <summary>Shown then and known now: the clock begins at 09:00 of 2017-09-01 in Shanghai.</summary>
public sealed class TimeMachineTests : IAsyncLifetime
{
    private const string Court = ShippedConfig.Pudong;

    private PastLab _lab = null!;

    public async ValueTask InitializeAsync() => _lab = await PastLab.OpenAsync();

    public ValueTask DisposeAsync() => _lab.DisposeAsync();

    [Fact]
    public async Task What_came_in_time_is_no_correction()
    {
        await _lab.FileAsync(1, Clock(8, 59));
        await _lab.ShowUntilAsync(Clock(9, 12));

        var moment = await _lab.LookAsync(Clock(9, 11));

        Assert.Equal(MomentKind.Shown, moment.Kind);
        Assert.Equal(1, moment.Figures.Courts.Sum(court => court.Today.Received));
        Assert.Equal(Clock(9, 10), moment.Corrections.ComparedAt);
        Assert.Empty(moment.Corrections.Figures);
        Assert.Empty(moment.Corrections.Funds);
    }

    [Fact]
    public async Task A_late_case_is_told_with_both_numbers_from_its_window_on_and_not_before()
    {
        await _lab.FileAsync(1, Clock(8, 59));
        await _lab.ShowUntilAsync(Clock(9, 30));
        await _lab.FileAsync(2, Clock(9, 7));
        await _lab.ShowUntilAsync(Clock(9, 40));

        Assert.Empty((await _lab.LookAsync(Clock(9, 9))).Corrections.Figures); // Compared at 09:05.
        var corrected = await _lab.LookAsync(Clock(9, 12));
        Assert.Equal(
            [("received.today", 1, 2), ("received.month", 1, 2), ("received.year", 1, 2), ("pending.today", 1, 2), ("pending.month", 1, 2), ("pending.year", 1, 2)],
            corrected.Corrections.Figures.Where(one => one.Court is null).Select(one => (one.Figure, (int)one.Shown, (int)one.Known)));
        Assert.Equal(
            [("received.today", 1, 2), ("received.month", 1, 2), ("received.year", 1, 2), ("pending.today", 1, 2)],
            corrected.Corrections.Figures.Where(one => one.Court == Court).Select(one => (one.Figure, (int)one.Shown, (int)one.Known)));
        Assert.Equal(1, corrected.Figures.Courts.Sum(court => court.Today.Received)); // What is painted is what was shown.
        Assert.Empty((await _lab.LookAsync(Clock(9, 37))).Corrections.Figures); // By then the wall had it.
    }

    [Fact]
    public async Task A_late_payment_is_told_to_the_fen_and_in_its_window()
    {
        await _lab.FileAsync(1, Clock(8, 59));
        await _lab.ShowUntilAsync(Clock(9, 30));
        await _lab.PayAsync(1, "s1", 123_456_789_01, Clock(9, 2));

        var corrections = (await _lab.LookAsync(Clock(9, 29))).Corrections;

        Assert.Contains(new Correction(Court, "in.today", "fen", 0, 123_456_789_01), corrections.Figures);
        Assert.Equal(new FundsCorrection(Clock(9, 0), 0, 123_456_789_01, 0, 0), Assert.Single(corrections.Funds));
    }

    [Fact]
    public async Task In_the_first_minutes_of_a_day_yesterday_corrects_no_figure_of_today()
    {
        _lab.SleepUntil(Shanghai(2017, 9, 1, 23, 50));
        await _lab.FileAsync(1, Shanghai(2017, 9, 1, 23, 49));
        await _lab.ShowUntilAsync(Shanghai(2017, 9, 2, 0, 8));
        await _lab.FileAsync(2, Shanghai(2017, 9, 1, 23, 48));

        var names = (await _lab.LookAsync(Shanghai(2017, 9, 2, 0, 3))).Corrections.Figures.Where(one => one.Court == Court).Select(one => one.Figure);

        Assert.Equal(["received.month", "received.year", "pending.today"], names);
    }

    [Fact]
    public async Task Before_the_recording_only_what_is_known_now_is_told()
    {
        await _lab.FileAsync(1, Clock(8, 2));
        await _lab.ShowUntilAsync(Clock(9, 1));

        var moment = await _lab.LookAsync(Clock(8, 33));

        Assert.Equal((MomentKind.NotOnTheWall, Clock(8, 30)), (moment.Kind, moment.Known.At));
        Assert.Null(moment.Shown);
        Assert.Equal(1, moment.Figures.Courts.Single(court => court.Mark == Court).Today.Received);
        Assert.Null(moment.Corrections.ComparedAt);
    }

    [Fact]
    public async Task Before_the_first_event_nothing_is_told()
    {
        await _lab.FileAsync(1, Clock(8, 2));

        var refusal = await Assert.ThrowsAsync<NoSuchMomentException>(() => _lab.LookAsync(Clock(7, 59)));

        Assert.Equal("history.before-first", refusal.Code);
    }

    [Fact]
    public async Task The_future_is_not_told()
    {
        await _lab.ShowUntilAsync(Clock(9, 1));

        var refusal = await Assert.ThrowsAsync<NoSuchMomentException>(() => _lab.LookAsync(Clock(9, 2)));

        Assert.Equal("history.in-the-future", refusal.Code);
    }

    [Fact]
    public async Task In_a_gap_the_last_picture_stands_with_the_gap_and_nothing_is_compared()
    {
        await _lab.FileAsync(1, Clock(8, 59));
        await _lab.ShowUntilAsync(Clock(9, 6));
        _lab.SleepUntil(Clock(9, 20));
        await _lab.ShowUntilAsync(Clock(9, 26));

        var moment = await _lab.LookAsync(Clock(9, 13));

        Assert.Equal((MomentKind.Gap, Clock(9, 6)), (moment.Kind, moment.Gap!.From));
        Assert.Equal(Clock(9, 6), moment.Shown!.At);
        Assert.Null(moment.Corrections.ComparedAt);
        Assert.Equal(Clock(9, 20, 1), _lab.Machine.FirstAfter(moment.Gap)!.At);
        Assert.Null((await _lab.LookAsync(Clock(9, 21))).Corrections.ComparedAt); // At 09:20 there was no wall.
    }

    [Fact]
    public async Task What_changed_between_two_moments_is_told_for_the_city_and_each_court()
    {
        await _lab.FileAsync(1, Clock(8, 59));
        await _lab.ShowUntilAsync(Clock(9, 10));
        await _lab.FileAsync(2, Clock(9, 9));
        await _lab.PayAsync(2, "s1", 500, Clock(9, 9));
        await _lab.ShowUntilAsync(Clock(9, 20));

        var changes = ChangesView.Of(await _lab.LookAsync(Clock(9, 0, 30)), await _lab.LookAsync(Clock(9, 20)), [], []);

        Assert.Contains(new FigureChange("received.today", "cases", 1, 2, 1), changes.City);
        Assert.Contains(new FigureChange("in.today", "fen", 0, 500, 500), changes.City);
        var court = Assert.Single(changes.Courts);
        Assert.Equal(Court, court.Mark);
        Assert.Contains(new FigureChange("pending.today", "cases", 1, 2, 1), court.Figures);
        Assert.DoesNotContain(court.Figures, figure => figure.Figure == "closed.today");
    }

    [Fact]
    public async Task Figures_of_two_days_are_told_without_a_difference()
    {
        _lab.SleepUntil(Shanghai(2017, 9, 1, 23, 50));
        await _lab.FileAsync(1, Shanghai(2017, 9, 1, 23, 49));
        await _lab.ShowUntilAsync(Shanghai(2017, 9, 2, 0, 2));

        var changes = ChangesView.Of(await _lab.LookAsync(Shanghai(2017, 9, 1, 23, 55)), await _lab.LookAsync(Shanghai(2017, 9, 2, 0, 2)), [], []);

        Assert.Equal([new FigureChange("received.today", "cases", 1, 0, null)], changes.City);
    }

    private static DateTimeOffset Clock(int hour, int minute, int second = 0) => Shanghai(2017, 9, 1, hour, minute, second);
}
