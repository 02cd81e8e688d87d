using CommandCenter.Domain.Cases;
using CommandCenter.Testing;
using static CommandCenter.Testing.TestCalendar;

namespace CommandCenter.Domain.Tests.Cases;

public sealed class NodeFlowTests
{
    private static readonly int s_inquiry = ShippedConfig.Seq("DC");

    [Fact]
    public void A_new_flow_has_reached_nothing()
    {
        Assert.Equal(0UL, NodeFlow.None.Reached);
        Assert.Equal(0, NodeFlow.None.Latest);
        Assert.Equal(0, NodeFlow.None.OccurrencesOf(s_inquiry));
        Assert.False(NodeFlow.None.IsUnfinished(s_inquiry));
    }

    [Fact]
    public void An_entered_node_is_unfinished_until_it_is_done()
    {
        var entered = NodeFlow.None.After(s_inquiry, NodePhase.Entered, 1, Day(1));
        var done = entered.After(s_inquiry, NodePhase.Done, 1, Day(2));

        Assert.True(entered.IsUnfinished(s_inquiry));
        Assert.False(done.IsUnfinished(s_inquiry));
        Assert.Equal(1, done.OccurrencesOf(s_inquiry));
        Assert.Equal(1UL << s_inquiry, done.Reached);
    }

    [Fact]
    public void Nodes_do_not_touch_each_other()
    {
        var flow = NodeFlow.None.After(s_inquiry, NodePhase.Entered, 2, Day(1)).After(1, NodePhase.Done, 1, Day(2)).After(37, NodePhase.Done, 1, Day(3));

        Assert.Equal(2, flow.OccurrencesOf(s_inquiry));
        Assert.Equal(1, flow.OccurrencesOf(1));
        Assert.Equal(1, flow.OccurrencesOf(37));
        Assert.Equal(0, flow.OccurrencesOf(36));
        Assert.Equal((1UL << s_inquiry) | (1UL << 1) | (1UL << 37), flow.Reached);
        Assert.Equal(1UL << s_inquiry, flow.Unfinished);
    }

    [Fact]
    public void The_latest_node_is_the_latest_by_its_own_time()
    {
        var flow = NodeFlow.None.After(5, NodePhase.Done, 1, Day(5)).After(4, NodePhase.Done, 1, Day(4));

        Assert.Equal((5, Day(5)), (flow.Latest, flow.LatestAt));
        Assert.Equal(6, flow.After(6, NodePhase.Done, 1, Day(5)).Latest);
        Assert.Equal((7, Day(6)), (flow.Implied(7, Day(6)).Latest, flow.Implied(7, Day(6)).LatestAt));
        Assert.Equal(5, flow.Implied(7, Day(4)).Latest);
    }

    [Fact]
    public void The_highest_occurrence_stands_when_a_lower_one_comes_late()
    {
        var flow = NodeFlow.None.After(s_inquiry, NodePhase.Done, 5, Day(1)).After(s_inquiry, NodePhase.Done, 2, Day(2));

        Assert.Equal(5, flow.OccurrencesOf(s_inquiry));
    }

    [Theory]
    [InlineData(NodePhase.Entered, NodePhase.Done, true)]
    [InlineData(NodePhase.Done, NodePhase.Entered, false)]
    public void A_late_report_of_an_earlier_occurrence_leaves_the_latest_as_it_is(NodePhase latest, NodePhase late, bool isUnfinished)
    {
        var flow = NodeFlow.None.After(s_inquiry, NodePhase.Entered, 1, Day(1)).After(s_inquiry, latest, 2, Day(2)).After(s_inquiry, late, 1, Day(3));

        Assert.Equal(isUnfinished, flow.IsUnfinished(s_inquiry));
        Assert.Equal(isUnfinished ? 2 : 3, flow.OccurrenceFor(s_inquiry, NodePhase.Done));
    }

    [Fact]
    public void An_earlier_flow_keeps_its_counts_when_a_later_one_grows()
    {
        var before = NodeFlow.None.After(s_inquiry, NodePhase.Done, 1, Day(1));
        var after = before.After(s_inquiry, NodePhase.Done, 2, Day(2));

        Assert.Equal(1, before.OccurrencesOf(s_inquiry));
        Assert.Equal(2, after.OccurrencesOf(s_inquiry));
    }

    [Fact]
    public void The_occurrence_of_a_report_without_a_number_is_the_unfinished_one_else_the_next()
    {
        var entered = NodeFlow.None.After(s_inquiry, NodePhase.Entered, 1, Day(1));

        Assert.Equal(1, NodeFlow.None.OccurrenceFor(s_inquiry, NodePhase.Done));
        Assert.Equal(1, NodeFlow.None.OccurrenceFor(s_inquiry, NodePhase.Entered));
        Assert.Equal(1, entered.OccurrenceFor(s_inquiry, NodePhase.Done));
        Assert.Equal(2, entered.OccurrenceFor(s_inquiry, NodePhase.Entered));
        Assert.Equal(2, entered.After(s_inquiry, NodePhase.Done, 1, Day(2)).OccurrenceFor(s_inquiry, NodePhase.Done));
    }

    [Fact]
    public void Done_with_the_number_that_is_unfinished_is_no_repetition()
    {
        var flow = NodeFlow.None.After(ShippedConfig.Seq("TZ"), NodePhase.Done, 1, Day(0)).After(s_inquiry, NodePhase.Entered, 1, Day(1));
        var node = ShippedConfig.Nodes[s_inquiry];

        Assert.Equal(Irregularities.None, flow.IrregularitiesOf(node, NodePhase.Done, 1, ShippedConfig.Nodes));
        Assert.Equal(Irregularities.RepeatedNode, flow.IrregularitiesOf(node, NodePhase.Entered, 1, ShippedConfig.Nodes));
    }
}
