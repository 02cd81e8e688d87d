using CommandCenter.Web.Wall.Directing;

namespace CommandCenter.Web.Tests.Wall.Directing;

/// <summary>A thousand random evenings at the desk: whatever two directors, the clock and the wall's file do, these things hold.</summary>
public sealed class DirectorSequenceTests
{
    private const int SequenceCount = 1_000;
    private const int StepCount = 60;

    private static readonly TimeSpan s_lead = TimeSpan.FromMilliseconds(200);

    private static readonly ScenePlan[] s_plans =
    [
        Plans.Of("a:10", "b:20:300", "c"), Plans.Of("a:10"), Plans.Of("b:5", "a:5"), Plans.Of("c:7", "d:9", "e", "a:30"), Plans.Of("d", "b:3"),
    ];

    [Fact]
    public void Every_sequence_keeps_the_invariants()
    {
        var commands = new SortedDictionary<string, int>(StringComparer.Ordinal);
        for (var seed = 0; seed < SequenceCount; seed++)
        {
            try
            {
                Play(new Random(seed), commands);
            }
            catch (Exception exception)
            {
                throw new InvalidOperationException($"Seed {seed}: {exception.Message}", exception);
            }
        }

        // A sequence that never gets anywhere proves nothing.
        Assert.Equal(["advance", "fit", "hold", "next", "pin", "preempt", "preview", "release", "return", "take", "unpin"], commands.Keys);
        Assert.All(commands, static command => Assert.True(command.Value > 200, $"{command.Key} was accepted only {command.Value} times."));
    }

    private static void Play(Random random, SortedDictionary<string, int> accepted)
    {
        var plan = s_plans[random.Next(s_plans.Length)];
        var now = new DateTimeOffset(2026, 11, 22, 1, 0, 0, TimeSpan.Zero);
        var state = DirectorDecider.Begin(plan, now);
        DirectorState? hidden = null; // What was before the emergency.
        for (var step = 0; step < StepCount; step++)
        {
            now += TimeSpan.FromMilliseconds(random.Next(8_000));
            var before = state;
            string did;
            switch (random.Next(10))
            {
                case < 3:
                    state = DirectorDecider.Advance(before, plan, now, s_lead);
                    did = "advance";
                    if (!ReferenceEquals(state, before))
                    {
                        Assert.False(before.IsHeld, "A held scene gave way.");
                        Assert.Null(before.Emergency);
                        Assert.True(now - before.DwellFrom >= plan.Find(before.OnAir)!.Dwell && plan.Find(before.OnAir)!.Dwell > TimeSpan.Zero, "A scene gave way early.");
                        Assert.Equal(plan.After(before.OnAir).Id, state.OnAir);
                    }

                    break;
                case 3 when random.Next(4) == 0:
                    plan = s_plans[random.Next(s_plans.Length)];
                    state = DirectorDecider.Fit(before, plan, now, s_lead);
                    did = "fit";
                    hidden = state.Emergency is null || !ReferenceEquals(state, before) ? null : hidden; // What was before may be gone with the file.
                    break;
                default:
                    var command = CommandOf(random, before);
                    var decision = DirectorDecider.Decide(before, command, plan, now, s_lead);
                    if (decision is DirectorDecision.Refused refused)
                    {
                        Assert.Same(before, refused.State);
                        Assert.Equal(command.Revision != before.Revision, refused.Code == DirectorCodes.RevisionStale);
                        continue;
                    }

                    Assert.Equal(before.Revision, command.Revision);
                    state = decision.State;
                    did = command.Name;
                    Assert.Equal((command.Name, command.By, state.Revision), (state.Changes[0].Command, state.Changes[0].By, state.Changes[0].Revision));
                    if (command is DirectorCommand.Preempt && before.Emergency is null)
                    {
                        hidden = before;
                    }
                    else if (command is DirectorCommand.Return && hidden is not null)
                    {
                        Assert.Equal((hidden.OnAir, hidden.Preview, hidden.IsHeld, hidden.OnAirSince), (state.Shown, state.Preview, state.IsHeld, state.OnAirSince));
                        Assert.Equal(Math.Max(0, (before.Emergency!.At - hidden.DwellFrom).Ticks), (now - state.DwellFrom).Ticks);
                    }

                    break;
            }

            if (ReferenceEquals(state, before))
            {
                continue;
            }

            accepted[did] = accepted.GetValueOrDefault(did) + 1;
            Check(state, before, plan, now);
        }
    }

    private static void Check(DirectorState state, DirectorState before, ScenePlan plan, DateTimeOffset now)
    {
        Assert.Equal(before.Revision + 1, state.Revision);
        Assert.NotNull(plan.Find(state.OnAir));
        Assert.NotNull(plan.Find(state.Shown));
        Assert.True(state.Preview is null || (plan.Find(state.Preview) is not null && state.Preview != state.OnAir), "Preview is gone, or on air.");
        Assert.True(state.Pins.Count <= DirectorDecider.PinsMax && state.Pins.DistinctBy(static pin => (pin.Kind, pin.Key)).Count() == state.Pins.Count, "Pins.");
        Assert.True(state.Changes.Count <= DirectorDecider.ChangesMax, "The trace grows.");
        Assert.Equal(state.Shown, state.Cut.Scene);
        if (state.Cut != before.Cut)
        {
            Assert.Equal((state.Revision, now + s_lead), (state.Cut.Revision, state.Cut.TakeAt));
            Assert.InRange(state.Cut.FadeMs, 0, PlannedScene.FadeMax.TotalMilliseconds);
        }
        else
        {
            Assert.Equal(before.Shown, state.Shown);
        }
    }

    private static DirectorCommand CommandOf(Random random, DirectorState state)
    {
        var revision = random.Next(10) == 0 ? state.Revision - 1 : state.Revision;
        var by = random.Next(2) == 0 ? "王" : "李";
        var scene = ((char)('a' + random.Next(6))).ToString(); // f is in no file.
        var key = $"沪010{random.Next(7)}";
        return random.Next(13) switch
        {
            0 or 1 or 2 => new DirectorCommand.Preview(scene, revision, by),
            3 or 4 => new DirectorCommand.Take(revision, by),
            5 => new DirectorCommand.Next(revision, by),
            6 => new DirectorCommand.Hold(revision, by),
            7 => new DirectorCommand.Release(revision, by),
            8 => new DirectorCommand.PinUp((PinKind)random.Next(3), key, revision, by),
            9 => state.Pins.Count > 0 && random.Next(3) > 0
                ? new DirectorCommand.Unpin(state.Pins[0].Kind, state.Pins[0].Key, revision, by)
                : new DirectorCommand.Unpin(PinKind.Court, key, revision, by),
            10 => new DirectorCommand.Preempt(random.Next(2) == 0 ? scene : null, random.Next(2) == 0 ? new Message("火警", "Fire") : null, revision, by),
            _ => new DirectorCommand.Return(revision, by),
        };
    }
}
