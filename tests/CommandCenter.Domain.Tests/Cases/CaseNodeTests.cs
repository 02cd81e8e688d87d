using CommandCenter.Domain.Cases;
using CommandCenter.Testing;
using CommandCenter.Testing.Cases;
using static CommandCenter.Domain.Cases.CaseCommand;
using static CommandCenter.Domain.Cases.CaseEvent;
using static CommandCenter.Testing.TestCalendar;

namespace CommandCenter.Domain.Tests.Cases;

public sealed class CaseNodeTests
{
    private static readonly CaseBuilder s_assigned = NewCase.FiledOn(Day(0)).AssignedOn(Day(1));

    [Fact]
    public void A_node_after_its_precondition_is_in_order() =>
        Assert.Equal(Irregularities.None, Reach(s_assigned, "TZ", Day(2)).Irregular);

    [Fact]
    public void A_node_before_its_precondition_is_recorded_and_flagged()
    {
        var given = NewCase.FiledOn(Day(0));
        var reached = Reach(given, "TZ", Day(2));

        Assert.Equal(Irregularities.BeforePrecondition, reached.Irregular);
        Assert.NotEqual(0UL, given.Given(reached).File.Flow.Reached & (1UL << ShippedConfig.Seq("TZ")));
    }

    [Fact]
    public void A_node_without_a_number_is_the_next_occurrence()
    {
        var given = s_assigned.ReachedOn(Day(2), "TZ").ReachedOn(Day(3), "DC");

        Assert.Equal(2, Reach(given, "DC", Day(4)).Occurrence);
        Assert.Equal(Irregularities.None, Reach(given, "DC", Day(4)).Irregular);
    }

    [Fact]
    public void A_node_that_is_done_without_a_number_is_the_one_that_was_entered()
    {
        var given = s_assigned.ReachedOn(Day(2), "TZ").ReachedOn(Day(3), "DC", NodePhase.Entered);
        var done = Reach(given, "DC", Day(4));

        Assert.Equal(1, done.Occurrence);
        Assert.Equal(Irregularities.None, done.Irregular);
        Assert.False(given.Given(done).File.Flow.IsUnfinished(ShippedConfig.Seq("DC")));
    }

    [Fact]
    public void An_occurrence_that_leaves_a_gap_is_flagged() =>
        Assert.Equal(Irregularities.OccurrenceGap, Reach(s_assigned.ReachedOn(Day(2), "TZ"), "DC", Day(3), occurrence: 3).Irregular);

    [Fact]
    public void A_node_that_does_not_repeat_is_flagged_the_second_time() =>
        Assert.Equal(Irregularities.RepeatedNode, Reach(s_assigned.ReachedOn(Day(2), "TZ"), "TZ", Day(3)).Irregular);

    [Fact]
    public void A_node_reported_again_with_its_old_number_is_flagged() =>
        Assert.Equal(Irregularities.RepeatedNode, Reach(s_assigned.ReachedOn(Day(2), "TZ").ReachedOn(Day(3), "DC"), "DC", Day(4), occurrence: 1).Irregular);

    [Fact]
    public void The_first_report_of_the_filing_itself_is_in_order_and_the_second_is_not()
    {
        var given = NewCase.FiledOn(Day(0));
        var first = Reach(given, "LA", Day(0));

        Assert.Equal((1, Irregularities.None), (first.Occurrence, first.Irregular));
        Assert.Equal(Irregularities.RepeatedNode, Reach(given.Given(first), "LA", Day(0)).Irregular);
    }

    [Theory]
    [InlineData(NodeFlow.OccurrenceMax, true)]
    [InlineData(NodeFlow.OccurrenceMax + 1, false)]
    [InlineData(int.MaxValue, false)]
    public void An_occurrence_number_has_a_limit(int occurrence, bool accepted)
    {
        var answer = s_assigned.When(new ReachNode(ShippedConfig.Seq("YY"), NodePhase.Done, occurrence, Day(2)));

        if (accepted)
        {
            Assert.Equal(occurrence, Then.Happened<NodeReached>(answer).Occurrence);
        }
        else
        {
            Then.Refused("case.too-many-occurrences", "data.occurrence", answer);
        }
    }

    [Fact]
    public void The_occurrence_after_the_last_possible_one_is_refused() => Then.Refused(
        "case.too-many-occurrences", "data.occurrence",
        s_assigned.ReachedOn(Day(2), "YY", occurrence: NodeFlow.OccurrenceMax).When(new ReachNode(ShippedConfig.Seq("YY"), NodePhase.Done, Occurrence: null, Day(3))));

    [Theory]
    [InlineData("DC", 101, true)]
    [InlineData("DC", 100, false)] // at the closing itself
    [InlineData("DC", 99, false)] // a late report of what came before
    [InlineData("JA", 101, false)] // the closing's own node
    [InlineData("GD", 101, false)] // archiving
    public void A_step_after_the_closing_is_flagged_archiving_apart(string code, int day, bool flagged)
    {
        var given = s_assigned.ReachedOn(Day(2), "TZ").ReachedOn(Day(99), "JA").ClosedOn(Day(100));
        var reached = Reach(given, code, Day(day), occurrence: 1);

        Assert.Equal(flagged, reached.Irregular.HasFlag(Irregularities.AfterClosing));
    }

    [Fact]
    public void A_step_of_a_case_that_was_opened_again_is_in_order() =>
        Assert.Equal(Irregularities.None, Reach(s_assigned.ReachedOn(Day(2), "TZ").ClosedOn(Day(100)).RevokedOn(Day(101)), "DC", Day(102)).Irregular);

    [Fact]
    public void Flags_of_one_report_are_kept_together() => Assert.Equal(
        Irregularities.BeforeFiling | Irregularities.BeforePrecondition | Irregularities.OccurrenceGap | Irregularities.RepeatedNode,
        Reach(NewCase.FiledOn(Day(0)), "TZ", Day(-1), occurrence: 2).Irregular);

    [Fact]
    public void A_node_outside_the_catalogue_is_an_error_of_the_caller() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => s_assigned.When(new ReachNode(38, NodePhase.Done, Occurrence: null, Day(2))));

    private static NodeReached Reach(
        CaseBuilder given, string code, DateTimeOffset at, NodePhase phase = NodePhase.Done, int? occurrence = null) =>
        Then.Happened<NodeReached>(given.When(new ReachNode(ShippedConfig.Seq(code), phase, occurrence, at)));
}
