using CommandCenter.Domain.Cases;
using CommandCenter.Testing.Cases;
using static CommandCenter.Domain.Cases.CaseCommand;
using static CommandCenter.Testing.TestCalendar;

namespace CommandCenter.Domain.Tests.Cases;

public sealed class CaseSuspensionTests
{
    private const string Settlement = "和解";
    private const string Objection = "执行异议";

    private static readonly string[] s_grounds = [Settlement, Objection, "暂缓执行"];

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 20)];

    [Fact]
    public void The_clocks_stand_still_from_suspension_to_resumption()
    {
        var file = NewCase.FiledOn(Day(0)).GivenAccepted(new SuspendCase(Settlement, Day(1)), new ResumeCase(Settlement, Day(11))).File;

        Assert.Equal(TimeSpan.FromDays(10), file.SuspendedFor);
        Assert.Empty(file.Suspensions);
    }

    [Fact]
    public void A_suspension_without_an_end_is_not_counted_yet()
    {
        var file = NewCase.FiledOn(Day(0)).GivenAccepted(new SuspendCase(Settlement, Day(1))).File;

        Assert.Equal(TimeSpan.Zero, file.SuspendedFor);
        Assert.Equal([new Suspension(Settlement, Day(1))], file.Suspensions);
    }

    [Theory]
    [InlineData(Settlement, Objection)] // the first ends first
    [InlineData(Objection, Settlement)] // the second lies within the first
    public void Overlapping_grounds_do_not_count_twice_in_whatever_order_they_end(string first, string last)
    {
        var given = NewCase.FiledOn(Day(0)).GivenAccepted(
            new SuspendCase(Settlement, Day(1)),
            new SuspendCase(Objection, Day(5)),
            new ResumeCase(first, Day(10)));

        Assert.Equal([last], given.File.Suspensions.Select(suspension => suspension.Ground));
        Assert.Equal(TimeSpan.FromDays(19), given.GivenAccepted(new ResumeCase(last, Day(20))).File.SuspendedFor);
    }

    [Fact]
    public void Separate_suspensions_add_up()
    {
        var file = NewCase.FiledOn(Day(0)).GivenAccepted(
            new SuspendCase(Settlement, Day(1)), new ResumeCase(Settlement, Day(3)),
            new SuspendCase(Settlement, Day(10)), new ResumeCase(Settlement, Day(15))).File;

        Assert.Equal(TimeSpan.FromDays(7), file.SuspendedFor);
    }

    /// <summary>The naive count: an hour is suspended when any ground holds in it.</summary>
    [Theory]
    [MemberData(nameof(Seeds))]
    public void The_suspended_time_is_the_hours_in_which_some_ground_held(int seed)
    {
        var random = new Random(seed);
        var given = NewCase.FiledOn(Day(0));
        var held = new HashSet<string>();
        var suspendedHours = 0;
        for (var hour = 0; hour < 400; hour++)
        {
            var at = Day(0).AddHours(hour);
            if (random.Next(4) == 0)
            {
                var ground = s_grounds[random.Next(s_grounds.Length)];
                given = given.GivenAccepted(held.Add(ground) ? new SuspendCase(ground, at) : new ResumeCase(ground, at));
                if (given.File.Suspensions.All(suspension => suspension.Ground != ground))
                {
                    held.Remove(ground);
                }
            }

            suspendedHours += held.Count > 0 ? 1 : 0;
        }

        var end = Day(0).AddHours(400);
        given = given.GivenAccepted(held.Select(ground => new ResumeCase(ground, end)));

        Assert.True(suspendedHours > 0, "The seed suspends nothing.");
        Assert.Equal(TimeSpan.FromHours(suspendedHours), given.File.SuspendedFor);
    }

    [Fact]
    public void The_same_ground_cannot_stop_the_clocks_twice() => Then.Refused(
        "case.already-suspended", "data.ground", NewCase.FiledOn(Day(0)).SuspendedOn(Day(1), Settlement).When(new SuspendCase(Settlement, Day(2))));

    [Fact]
    public void A_ground_that_does_not_hold_cannot_end()
    {
        Then.Refused("case.not-suspended", "data.ground", NewCase.FiledOn(Day(0)).When(new ResumeCase(Settlement, Day(2))));
        Then.Refused("case.not-suspended", "data.ground", NewCase.FiledOn(Day(0)).SuspendedOn(Day(1), Objection).When(new ResumeCase(Settlement, Day(2))));
    }

    [Fact]
    public void A_ground_cannot_end_before_it_began()
    {
        var given = NewCase.FiledOn(Day(0)).SuspendedOn(Day(5), Settlement);

        Then.Refused("case.before-last-change", "at", given.When(new ResumeCase(Settlement, Day(4))));
        Assert.Equal(TimeSpan.Zero, given.GivenAccepted(new ResumeCase(Settlement, Day(5))).File.SuspendedFor);
    }
}
