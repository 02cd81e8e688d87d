using CommandCenter.Domain;
using CommandCenter.TimeSeries.Embedded;
using CommandCenter.Testing;
using CommandCenter.Web.Places;
using CommandCenter.Web.Recount;
using CommandCenter.Web.Series;
using CommandCenter.Web.Tests.Wall;
using CommandCenter.Web.Wall;
using CommandCenter.Web.Watch;

namespace CommandCenter.Web.Tests.Watch;

public sealed class AlarmRulesTests
{
    private static readonly DateTimeOffset s_now = TestCalendar.Shanghai(2017, 9, 1, 11);
    private static readonly DateTimeOffset s_opened = TestCalendar.Shanghai(2017, 9, 1, 9);

    private static readonly AlarmSources s_calm = new(
        s_now, new MovingCity(new ManualTime(s_now)).Read(), new ControlsState(new DateOnly(2017, 9, 1), s_now, [], []), [], IsCurrent: true, IsWorkingTime: true, s_opened,
        TimeSpan.FromHours(1), new Dictionary<string, long>(), 0, new FeederState(s_now, null, false), null, 0, []);

    [Fact]
    public void A_calm_city_has_no_alarm() => Assert.Empty(Read(s_calm));

    [Fact]
    public void Officers_who_call_for_help_are_one_red_alarm_of_their_court()
    {
        var signs = Read(s_calm with
        {
            Officers = [Officer("o-2", "沪0115", s_now.AddMinutes(-2)), Officer("o-1", "沪0115", s_now.AddMinutes(-1)), Officer("o-9", "沪0104", s_now), Officer("o-5", "沪0104", null)],
        });

        Assert.Equal([("沪0115", 2L, "o-2 o-1", s_now.AddMinutes(-2)), ("沪0104", 1L, "o-9", s_now)], signs.Select(static sign => (sign.Courts[0], sign.Facts.Count, sign.Facts.Detail, sign.Facts.At!.Value)));
        Assert.All(signs, static sign => Assert.Equal((AlarmTier.Red, TimeSpan.Zero, true), (AlarmCodes.Tiers[sign.Code], sign.After, sign.IsRaising)));
    }

    [Fact]
    public void Figures_that_cannot_be_trusted_are_red()
    {
        var figures = s_calm.Figures with
        {
            Proof = new ProofMark(ProofMark.Violated, s_now, "沪0115 pending: 3 ≠ 4"),
            Stopped = [new StoppedPartition(1, "partition.stopped", ["沪0101", "沪02"])],
            Recount = new RecountReport(false, 1,
            [
                Proof(0, RecountState.Differs, new CourtProof("沪0115", 10, 2, [])),
                Proof(1, RecountState.Unknown),
                Proof(2, RecountState.Unknown),
            ]),
        };

        var signs = Read(s_calm with { Figures = figures });
        Assert.Equal(
            [AlarmCodes.IdentityViolated, AlarmCodes.CourtsStopped, AlarmCodes.RecountDiffers, AlarmCodes.RecountUnknown], signs.Select(static sign => sign.Code));
        Assert.Equal(["沪0101", "沪02"], signs[1].Courts);
        Assert.Equal((2, "沪0115"), ((int)signs[2].Facts.Count, signs[2].Courts[0]));
        Assert.True(signs[3].After > TimeSpan.Zero); // A recount that begins again is no alarm; of a stopped partition there is one already.
    }

    [Fact]
    public void Controls_that_lapse_today_and_that_just_lapsed_are_told_by_court()
    {
        var controls = s_calm.Controls with { Courts = [Lapse(0, lapsed: 9, lately: 2, today: 0), Lapse(1, lapsed: 0, lately: 0, today: 3), Lapse(2, lapsed: 5, lately: 0, today: 0)] };

        Assert.Equal(
            [(AlarmCodes.ControlLapsed, MarkOf(0), 2), (AlarmCodes.ControlLapsesToday, MarkOf(1), 3)],
            Read(s_calm with { Controls = controls }).Select(static sign => (sign.Code, sign.Courts[0], (int)sign.Facts.Count)));
        Assert.Empty(Read(s_calm with { Controls = controls, IsCurrent = false })); // Years that are being imported hold renewals yet to come.
    }

    [Theory]
    [InlineData(59, 20, false)]
    [InlineData(61, 20, true)]
    [InlineData(61, 45, false)] // Half as long again as its usual pause is 67 minutes.
    [InlineData(68, 45, true)]
    public void A_court_is_silent_after_an_hour_and_after_more_than_its_usual_pause(int quietMinutes, int usualMinutes, bool isSilent)
    {
        var activity = Activity(s_now.AddMinutes(-quietMinutes), TimeSpan.FromMinutes(usualMinutes));

        var signs = Read(s_calm with { Activity = activity });
        Assert.Equal(isSilent ? [(AlarmCodes.CourtSilent, MarkOf(1))] : [], signs.Select(static sign => (sign.Code, sign.Courts[0])));
        Assert.Empty(Read(s_calm with { Activity = activity, IsWorkingTime = false }));
    }

    [Fact]
    public void A_night_is_no_silence_and_a_court_that_does_not_report_every_day_is_never_silent()
    {
        Assert.Empty(Read(s_calm with { Now = s_opened.AddMinutes(59), Activity = Activity(s_opened.AddHours(-15), TimeSpan.FromMinutes(20)) }));
        Assert.Single(Read(s_calm with { Now = s_opened.AddMinutes(61), Activity = Activity(s_opened.AddHours(-15), TimeSpan.FromMinutes(20)) }));
        Assert.Empty(Read(s_calm with { Activity = Activity(s_now.AddHours(-40), usual: null) }));
    }

    [Fact]
    public void When_half_of_the_courts_are_silent_it_is_not_the_courts()
    {
        var quiet = new CourtActivity(s_now.AddMinutes(-90), TimeSpan.FromMinutes(10));
        var live = new CourtActivity(s_now, TimeSpan.FromMinutes(10));

        var sign = Assert.Single(Read(s_calm with { Activity = [quiet, live, quiet, live, quiet, null] }));
        Assert.Equal((AlarmCodes.IntakeSilent, 3), (sign.Code, (int)sign.Facts.Count));
        Assert.Equal(2, Read(s_calm with { Activity = [quiet, live, quiet, live, live] }).Count);
    }

    [Theory]
    [InlineData(100, 105, true, true)]
    [InlineData(100, 104, true, false)]
    [InlineData(100, 103, true, false)]
    [InlineData(100, 102, false, false)]
    [InlineData(1_000, 1_019, true, false)] // A fiftieth of what there was.
    [InlineData(1_000, 1_020, true, true)]
    [InlineData(100, 90, false, false)]
    public void Overdue_cases_must_rise_by_five_and_a_fiftieth_and_half_of_that_keeps_the_alarm(int before, int now, bool isSign, bool isRaising)
    {
        var court = s_calm.Figures.Courts[0] with { Overdue = now };

        var signs = Read(s_calm with { Figures = s_calm.Figures with { Courts = [court] }, OverdueBefore = new Dictionary<string, long> { [court.Mark] = before } });
        Assert.Equal(isSign ? [(AlarmCodes.OverdueRisen, isRaising)] : [], signs.Select(static sign => (sign.Code, sign.IsRaising)));
    }

    [Fact]
    public void The_intake_and_the_series_have_alarms_of_their_own()
    {
        var signs = Read(s_calm with { IdConflicts = 5, Series = s_calm.Series with { LastFault = "disk full" }, InfluxFailingSince = s_now, DeadLetters = 2 });

        Assert.Equal(
            [(AlarmCodes.IdConflicts, true), (AlarmCodes.SeriesFailing, true), (AlarmCodes.SeriesUndelivered, true), (AlarmCodes.SeriesRefused, true)],
            signs.Select(static sign => (sign.Code, sign.IsRaising)));
        Assert.False(Read(s_calm with { IdConflicts = 4 })[0].IsRaising);
    }

    [Fact]
    public void The_usual_pause_of_a_court_is_the_longest_of_its_working_hours_with_both_ends()
    {
        var hours = (new TimeOnly(9, 0), new TimeOnly(17, 0));
        DateOnly[] days = [new(2017, 8, 31), new(2017, 8, 30)];
        var windows = new WindowSeries(1);
        void Event(int day, int hour, int minute) => windows.Add(ShanghaiTime.WindowOf(TestCalendar.Shanghai(2017, 8, day, hour, minute)), 0, 1);

        Event(30, 8, 0); // Before the day begins, which says nothing about it.
        Event(30, 10, 0);
        Event(30, 12, 0);
        Assert.Null(PartitionLook.LongestPause(windows, days, hours)); // Nothing on the 31st.

        Event(31, 13, 0);
        Assert.Equal(TimeSpan.FromMinutes(295), PartitionLook.LongestPause(windows, [days[1]], hours)); // From 12:05 to the end.
        Assert.Equal(TimeSpan.FromMinutes(295), PartitionLook.LongestPause(windows, days, hours));
        Event(30, 15, 0);
        Event(31, 10, 0);
        Assert.Equal(TimeSpan.FromMinutes(235), PartitionLook.LongestPause(windows, days, hours)); // The afternoon of the 31st, from 13:05.
    }

    private static IReadOnlyList<AlarmSign> Read(AlarmSources sources) => [.. AlarmRules.Read(sources, ShippedConfig.Courts)];

    private static string MarkOf(int court) => ShippedConfig.Courts.Courts[court].Mark;

    private static CourtControls Lapse(int court, long lapsed, long lately, long today) => new(court, lapsed, lately, today, [0, 0, 0, 0, 0, 0]);

    // Three courts are heard of all the time, so that one silent court is a court and not the intake.
    private static CourtActivity?[] Activity(DateTimeOffset heardAt, TimeSpan? usual)
    {
        var live = new CourtActivity(s_now, TimeSpan.FromMinutes(10));
        return [live, new CourtActivity(heardAt, usual), live, live];
    }

    private static PartitionProof Proof(int index, string state, params CourtProof[] courts) =>
        new(index, ["沪0115"], state, null, 0, 0, 0, TimeSpan.Zero, courts, null);

    private static ShownOfficer Officer(string id, string court, DateTimeOffset? callingSince) =>
        new(id, court, At: null, ReportedAtMs: null, IsPosition: false, OfficerCondition.Live, callingSince?.ToUnixTimeMilliseconds());
}
