using CommandCenter.Testing;
using CommandCenter.Web.Watch;

namespace CommandCenter.Web.Tests.Watch;

public sealed class AlarmBoardTests
{
    private readonly AlarmBoard _board = new();
    private DateTimeOffset _now = TestCalendar.Day(0);

    [Fact]
    public void An_alarm_stands_from_its_first_sign_until_ten_seconds_after_its_last()
    {
        var raisedAt = _now;
        Assert.Equal([(AlarmCodes.ControlLapsed, AlarmTier.Red, raisedAt)], Take(Sign(AlarmCodes.ControlLapsed, "沪0115")));

        _now += TimeSpan.FromMinutes(5);
        Assert.Equal([(AlarmCodes.ControlLapsed, AlarmTier.Red, raisedAt)], Take(Sign(AlarmCodes.ControlLapsed, "沪0115")));

        _now += AlarmBoard.ClearedAfter - TimeSpan.FromSeconds(1);
        Assert.Single(Take());
        _now += TimeSpan.FromSeconds(1);
        Assert.Empty(Take());

        // It comes back as a new alarm with its own hour.
        Assert.Equal([(AlarmCodes.ControlLapsed, AlarmTier.Red, _now)], Take(Sign(AlarmCodes.ControlLapsed, "沪0115")));
    }

    [Fact]
    public void A_sign_that_comes_and_goes_every_second_is_one_alarm()
    {
        var raisedAt = _now;
        for (var second = 0; second < 120; second++)
        {
            var alarms = second % 2 == 0 ? Take(Sign(AlarmCodes.OverdueRisen, "沪0115")) : Take();
            Assert.Equal([(AlarmCodes.OverdueRisen, AlarmTier.Yellow, raisedAt)], alarms);
            _now += TimeSpan.FromSeconds(1);
        }
    }

    [Fact]
    public void A_sign_below_its_threshold_keeps_an_alarm_and_raises_none()
    {
        var weak = Sign(AlarmCodes.OverdueRisen, "沪0115") with { IsRaising = false };
        Assert.Empty(Take(weak));
        Assert.Single(Take(Sign(AlarmCodes.OverdueRisen, "沪0115")));
        _now += TimeSpan.FromMinutes(30);
        Assert.Single(Take(weak));
        _now += TimeSpan.FromMinutes(30);
        Assert.Single(Take(weak));
        _now += TimeSpan.FromMinutes(1);
        Assert.Empty(Take());
        Assert.Empty(Take(weak));
    }

    [Fact]
    public void A_sign_that_must_hold_raises_only_when_it_held_without_a_break()
    {
        var sign = Sign(AlarmCodes.SeriesFailing) with { After = TimeSpan.FromSeconds(60) };
        Assert.Empty(Take(sign));
        _now += TimeSpan.FromSeconds(59);
        Assert.Empty(Take(sign));
        Assert.Empty(Take()); // A good moment in between begins the wait again.
        _now += TimeSpan.FromSeconds(1);
        Assert.Empty(Take(sign));
        _now += TimeSpan.FromSeconds(60);
        Assert.Single(Take(sign));
    }

    [Fact]
    public void Alarms_stand_by_tier_and_the_newest_first()
    {
        _ = Take(Sign(AlarmCodes.ControlLapsesToday, "沪0101"));
        _now += TimeSpan.FromSeconds(5);
        var alarms = Take(
            Sign(AlarmCodes.IdConflicts), Sign(AlarmCodes.ControlLapsesToday, "沪0101"), Sign(AlarmCodes.ControlLapsesToday, "沪0115"), Sign(AlarmCodes.CourtsStopped, "沪02"));

        Assert.Equal(
            [AlarmCodes.CourtsStopped, AlarmCodes.ControlLapsesToday, AlarmCodes.ControlLapsesToday, AlarmCodes.IdConflicts], alarms.Select(static one => one.Code));
        Assert.True(alarms[1].Since > alarms[2].Since);
    }

    [Fact]
    public void However_many_there_are_so_many_are_kept_apart_and_the_others_are_counted()
    {
        var state = _board.Take(Enumerable.Range(0, AlarmBoard.AlarmsMax + 7).Select(i => Sign(AlarmCodes.CourtSilent, $"court-{i}")).Append(Sign(AlarmCodes.IdentityViolated)), _now);

        Assert.Equal((AlarmBoard.AlarmsMax, 8), (state.Alarms.Count, state.Beyond));
        Assert.Equal(AlarmCodes.IdentityViolated, state.Alarms[0].Code);
    }

    [Fact]
    public void What_an_alarm_says_follows_its_signs_while_its_hour_stays()
    {
        _ = Take(Sign(AlarmCodes.ControlLapsed, "沪0115") with { Facts = new AlarmFacts(1) });
        var raisedAt = _now;
        _now += TimeSpan.FromSeconds(3);
        var state = _board.Take([Sign(AlarmCodes.ControlLapsed, "沪0115") with { Facts = new AlarmFacts(4) }], _now);

        Assert.Equal((4, raisedAt), (state.Alarms[0].Facts.Count, state.Alarms[0].Since));
        Assert.Equal(state, _board.Take([Sign(AlarmCodes.ControlLapsed, "沪0115") with { Facts = new AlarmFacts(4) }], _now.AddSeconds(1)));
    }

    [Fact]
    public void Every_code_has_a_tier() => Assert.Equal(
        typeof(AlarmCodes).GetFields().Where(static field => field.IsLiteral).Select(static field => (string)field.GetRawConstantValue()!).Order(),
        AlarmCodes.Tiers.Keys.Order());

    private static AlarmSign Sign(string code, params string[] courts) => new(code, [.. courts], default);

    private (string Code, AlarmTier Tier, DateTimeOffset Since)[] Take(params AlarmSign[] signs) =>
        [.. _board.Take(signs, _now).Alarms.Select(static alarm => (alarm.Code, alarm.Tier, alarm.Since))];
}
