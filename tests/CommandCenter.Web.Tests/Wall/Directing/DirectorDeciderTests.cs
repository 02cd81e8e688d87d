using CommandCenter.Web.Wall.Directing;

namespace CommandCenter.Web.Tests.Wall.Directing;

public sealed class DirectorDeciderTests
{
    private static readonly DateTimeOffset s_start = new(2026, 11, 22, 1, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan s_lead = TimeSpan.FromMilliseconds(200);

    private readonly ScenePlan _plan = Plans.Of("overview:60", "map:30:250", "courts");
    private DirectorState _state;
    private DateTimeOffset _now = s_start;

    public DirectorDeciderTests() => _state = DirectorDecider.Begin(_plan, s_start);

    [Fact]
    public void A_wall_begins_with_its_first_scene()
    {
        Assert.Equal(("overview", 1L, null, false), (_state.Shown, _state.Revision, _state.Preview, _state.IsHeld));
    }

    [Fact]
    public void A_take_brings_what_was_previewed_after_the_lead_and_with_its_own_fade()
    {
        _ = Done(new DirectorCommand.Preview("map", 1, "王"));
        Assert.Equal(("overview", "map"), (_state.Shown, _state.Preview));

        _ = Done(new DirectorCommand.Take(2, "王"));

        Assert.Equal(("map", null), (_state.Shown, _state.Preview));
        Assert.Equal(new Cut(3, "map", s_start + s_lead, 250), _state.Cut);
        Assert.Equal(new Change(3, "take", "王", s_start, "map"), _state.Changes[0]);
    }

    [Fact]
    public void Who_acts_on_an_old_picture_is_told_of_the_new_one()
    {
        _ = Done(new DirectorCommand.Preview("map", 1, "王"));

        var refused = Refused(new DirectorCommand.Hold(1, "李"), DirectorCodes.RevisionStale);

        Assert.Same(_state, refused.State);
        Assert.Equal(("王", "preview"), (refused.State.Changes[0].By, refused.State.Changes[0].Command));
    }

    [Fact]
    public void What_cannot_be_done_is_refused_by_its_code()
    {
        _ = Refused(new DirectorCommand.Take(1, "王"), DirectorCodes.NothingToTake);
        _ = Refused(new DirectorCommand.Preview("gone", 1, "王"), DirectorCodes.SceneUnknown);
        _ = Refused(new DirectorCommand.Preview("overview", 1, "王"), DirectorCodes.AlreadyOnAir);
        _ = Refused(new DirectorCommand.Release(1, "王"), DirectorCodes.NotHeld);
        _ = Refused(new DirectorCommand.Return(1, "王"), DirectorCodes.NotPreempted);
        _ = Refused(new DirectorCommand.Unpin(PinKind.Court, "沪0115", 1, "王"), DirectorCodes.PinUnknown);
        _ = Refused(new DirectorCommand.Preempt(null, null, 1, "王"), DirectorCodes.MessageEmpty);
        _ = Refused(new DirectorCommand.Preempt(null, new Message(" ", ""), 1, "王"), DirectorCodes.MessageEmpty);
        _ = Refused(new DirectorCommand.Preempt("gone", null, 1, "王"), DirectorCodes.SceneUnknown);
        _ = Refused(new DirectorCommand.Preempt(null, new Message(new string('火', Message.ZhLengthMax + 1)), 1, "王"), DirectorCodes.TextTooLong);
        _ = Refused(new DirectorCommand.Preempt(null, new Message("火\n警"), 1, "王"), DirectorCodes.BadText);
        _ = Refused(new DirectorCommand.Hold(1, "  "), DirectorCodes.ByMissing);
        _ = Refused(new DirectorCommand.Hold(1, new string('王', DirectorDecider.ByLengthMax + 1)), DirectorCodes.TextTooLong);

        _ = Done(new DirectorCommand.Hold(1, "王"));
        _ = Refused(new DirectorCommand.Hold(2, "王"), DirectorCodes.AlreadyHeld);
    }

    [Fact]
    public void A_wall_of_one_scene_has_no_next_one()
    {
        var plan = Plans.Of("overview:10");
        var state = DirectorDecider.Begin(plan, s_start);

        var refused = Assert.IsType<DirectorDecision.Refused>(DirectorDecider.Decide(state, new DirectorCommand.Next(1, "王"), plan, s_start, s_lead));

        Assert.Equal(DirectorCodes.NothingToTake, refused.Code);
        Assert.Null(DirectorDecider.NextOf(state, plan));
        Assert.Same(state, DirectorDecider.Advance(state, plan, s_start.AddHours(1), s_lead));
    }

    [Fact]
    public void Scenes_follow_each_other_when_their_dwell_is_over_until_one_stays()
    {
        Assert.Same(_state, Advanced(s_start.AddSeconds(59.9)));

        _state = Advanced(s_start.AddSeconds(60));
        Assert.Equal(("map", 2L), (_state.Shown, _state.Revision));
        Assert.Equal(s_start.AddSeconds(60) + s_lead, _state.OnAirSince);

        _state = Advanced(s_start.AddSeconds(91));
        Assert.Equal("courts", _state.Shown);
        Assert.Same(_state, Advanced(s_start.AddDays(1)));
        Assert.Equal(("advance", "courts"), (Assert.Single(_state.Changes).Command, _state.Changes[0].Subject));
    }

    [Fact]
    public void A_held_scene_stays_and_its_dwell_begins_anew_when_it_is_released()
    {
        _ = Done(new DirectorCommand.Hold(1, "王"));
        Assert.Same(_state, Advanced(s_start.AddHours(2)));

        _now = s_start.AddHours(2);
        _ = Done(new DirectorCommand.Release(2, "王"));

        Assert.Same(_state, Advanced(_now.AddSeconds(59)));
        Assert.Equal("map", Advanced(_now.AddSeconds(60)).Shown);
    }

    [Fact]
    public void An_emergency_hides_everything_and_its_end_brings_back_exactly_what_was()
    {
        _ = Done(new DirectorCommand.Preview("courts", 1, "王"));
        var before = _state;
        _now = s_start.AddSeconds(40);
        _ = Done(new DirectorCommand.Preempt("map", new Message("火警", "Fire"), 2, "李"));
        Assert.Equal("map", _state.Shown);
        Assert.Equal(new Cut(3, "map", _now + s_lead, FadeMs: 0), _state.Cut);
        _ = Refused(new DirectorCommand.Take(3, "王"), DirectorCodes.Preempted);
        Assert.Same(_state, Advanced(_now.AddHours(1)));

        _now = _now.AddHours(1);
        _ = Done(new DirectorCommand.Preempt(null, new Message("演练结束"), 3, "李"));
        Assert.Equal("overview", _state.Shown);
        _ = Done(new DirectorCommand.Return(4, "李"));

        Assert.Equal((before.OnAir, before.Preview, before.IsHeld, before.OnAirSince), (_state.Shown, _state.Preview, _state.IsHeld, _state.OnAirSince));
        Assert.Null(_state.Emergency);
        Assert.Same(_state, Advanced(_now.AddSeconds(19))); // 40 of its 60 seconds had passed.
        Assert.Equal("map", Advanced(_now.AddSeconds(20)).Shown);
    }

    [Fact]
    public void Four_things_can_be_pinned_and_each_once()
    {
        for (var i = 1; i <= DirectorDecider.PinsMax; i++)
        {
            _ = Done(new DirectorCommand.PinUp(PinKind.Court, $"沪010{i}", i, "王"));
        }

        _ = Refused(new DirectorCommand.PinUp(PinKind.Court, "沪0101", 5, "王"), DirectorCodes.PinExists);
        _ = Refused(new DirectorCommand.PinUp(PinKind.Case, "(2026)沪0115执1号", 5, "王"), DirectorCodes.PinsFull);
        _ = Done(new DirectorCommand.Unpin(PinKind.Court, "沪0102", 5, "王"));
        Assert.Equal(["沪0101", "沪0103", "沪0104"], _state.Pins.Select(static pin => pin.Key));
    }

    [Fact]
    public void A_scene_that_is_gone_from_the_file_gives_way_to_the_first_one()
    {
        _ = Done(new DirectorCommand.Preview("map", 1, "王"));
        _ = Done(new DirectorCommand.Take(2, "王"));
        _ = Done(new DirectorCommand.Preview("courts", 3, "王"));

        var fitted = DirectorDecider.Fit(_state, Plans.Of("night:5", "overview"), _now, s_lead);

        Assert.Equal(("night", null, 5L), (fitted.Shown, fitted.Preview, fitted.Revision));
        Assert.Equal((5L, "night"), (fitted.Cut.Revision, fitted.Cut.Scene));
        Assert.Equal(("plan", ""), (fitted.Changes[0].Command, fitted.Changes[0].By));
        Assert.Same(_state, DirectorDecider.Fit(_state, Plans.Of("map", "courts", "more"), _now, s_lead));
    }

    [Fact]
    public void The_words_of_an_emergency_outlive_its_scene()
    {
        _ = Done(new DirectorCommand.Preempt("map", new Message("火警"), 1, "王"));
        var fitted = DirectorDecider.Fit(_state, Plans.Of("overview:60"), _now, s_lead);
        Assert.Equal(("overview", "火警"), (fitted.Shown, fitted.Emergency!.Message!.Zh));

        _ = Done(new DirectorCommand.Preempt("map", null, 2, "王"));
        Assert.Null(DirectorDecider.Fit(_state, Plans.Of("overview:60"), _now, s_lead).Emergency);
    }

    [Fact]
    public void A_clock_that_was_set_back_does_not_freeze_a_scene()
    {
        var earlier = s_start.AddHours(-3);
        _state = Advanced(earlier);

        Assert.Equal((1L, earlier), (_state.Revision, _state.DwellFrom));
        Assert.Equal("map", Advanced(earlier.AddSeconds(60)).Shown);
    }

    [Fact]
    public void A_message_in_one_language_is_shown_in_both()
    {
        Assert.Equal("Fire", new Message("", "Fire").In(CommandCenter.Web.Wall.WallLanguage.Zh));
        Assert.Equal("火警", new Message("火警").In(CommandCenter.Web.Wall.WallLanguage.En));
    }

    private DirectorState Advanced(DateTimeOffset now) => DirectorDecider.Advance(_state, _plan, now, s_lead);

    private DirectorState Done(DirectorCommand command) =>
        _state = Assert.IsType<DirectorDecision.Accepted>(DirectorDecider.Decide(_state, command, _plan, _now, s_lead)).State;

    private DirectorDecision.Refused Refused(DirectorCommand command, string code)
    {
        var refused = Assert.IsType<DirectorDecision.Refused>(DirectorDecider.Decide(_state, command, _plan, _now, s_lead));
        Assert.Equal(code, refused.Code);
        Assert.Same(_state, refused.State);
        return refused;
    }
}
