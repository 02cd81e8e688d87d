using CommandCenter.Simulator.Cases;
using CommandCenter.Simulator.City;
using static CommandCenter.Simulator.Events.EventData;

namespace CommandCenter.Simulator.Tests.Cases;

public sealed class CasePlanTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 8)];

    [Theory, MemberData(nameof(Seeds))]
    public void Nodes_come_after_what_must_come_first(int seed) => ForEachCase(seed, plan =>
    {
        var reached = new HashSet<string>(StringComparer.Ordinal) { "LA" };
        var entered = new HashSet<string>(StringComparer.Ordinal);
        foreach (var step in plan.Steps)
        {
            switch (step.Data)
            {
                case CaseAssigned:
                    reached.Add("FA");
                    break;
                case CaseNode node:
                    Assert.True(Procedure.AllowsAfter(node.Node, reached), $"{plan.Number}: {node.Node} after {string.Join(' ', reached)}");
                    var finishes = node.Done && entered.Remove(node.Node);
                    Assert.True(finishes || !reached.Contains(node.Node) || Procedure.CanRepeat(node.Node), $"{plan.Number}: {node.Node} again");
                    reached.Add(node.Node);
                    if (!node.Done)
                    {
                        entered.Add(node.Node);
                    }

                    break;
            }
        }
    });

    [Theory, MemberData(nameof(Seeds))]
    public void Steps_are_in_the_order_of_time_and_begin_with_the_filing(int seed) => ForEachCase(seed, plan =>
    {
        _ = Assert.IsType<CaseFiled>(plan.Steps[0].Data);
        Assert.Single(plan.Steps, step => step.Data is CaseFiled);
        Assert.Equal(plan.Steps.Select(step => step.At).Order(), plan.Steps.Select(step => step.At));
    });

    [Theory, MemberData(nameof(Seeds))]
    public void Everything_received_is_paid_out_or_taken_back_and_never_more(int seed) => ForEachCase(seed, plan =>
    {
        var heldFen = 0L;
        var receivedBySerial = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var step in plan.Steps)
        {
            switch (step.Data)
            {
                case FundsReceived received:
                    Assert.True(received.AmountFen > 0, plan.Number);
                    heldFen += received.AmountFen;
                    receivedBySerial.Add(received.Serial, received.AmountFen);
                    break;
                case FundsReversed reversed:
                    Assert.Equal(receivedBySerial[reversed.Of], reversed.AmountFen);
                    heldFen -= reversed.AmountFen;
                    break;
                case FundsDisbursed disbursed:
                    Assert.True(disbursed.AmountFen > 0, plan.Number);
                    heldFen -= disbursed.AmountFen;
                    break;
            }

            Assert.True(heldFen >= 0, $"{plan.Number} holds {heldFen}");
        }

        Assert.Equal(0, heldFen);
    });

    [Theory, MemberData(nameof(Seeds))]
    public void After_the_closing_comes_nothing_but_the_archive(int seed) => ForEachCase(seed, plan =>
    {
        var last = plan.Steps.Index().LastOrDefault(step => step.Item.Data is CaseClosed, (plan.Steps.Count, default)).Index;
        var after = plan.Steps.Skip(last + 1);
        Assert.All(after, step => Assert.Equal("GD", Assert.IsType<CaseNode>(step.Data).Node));
    });

    [Theory, MemberData(nameof(Seeds))]
    public void A_terminal_closing_comes_three_months_after_filing_or_later(int seed)
    {
        var terminal = 0;
        ForEachCase(seed, plan =>
        {
            if (plan.Steps.FirstOrDefault(step => step.Data is CaseClosed { Way: "ZB" }) is { Data: not null } closing)
            {
                terminal++;
                Assert.True(Shanghai.DayOf(closing.At) >= Shanghai.DayOf(plan.FiledAt).AddMonths(3), plan.Number);
            }
        });
        Assert.True(terminal > 0, "no terminal closing among the cases looked at");
    }

    [Theory, MemberData(nameof(Seeds))]
    public void Only_a_property_under_control_is_renewed_or_released(int seed) => ForEachCase(seed, plan =>
    {
        var controlled = new Dictionary<string, DateOnly>(StringComparer.Ordinal);
        foreach (var step in plan.Steps)
        {
            switch (step.Data)
            {
                case PropertyControlled control:
                    Assert.True(control.Until > Shanghai.DayOf(step.At), plan.Number);
                    controlled.Add(control.PropertyId, control.Until);
                    break;
                case PropertyRenewed renewal:
                    Assert.True(Shanghai.DayOf(step.At) < controlled[renewal.PropertyId], $"{plan.Number} renewed too late");
                    controlled[renewal.PropertyId] = renewal.Until;
                    break;
                case PropertyReleased release:
                    Assert.True(controlled.Remove(release.PropertyId), $"{plan.Number} releases {release.PropertyId}");
                    break;
            }
        }
    });

    [Fact]
    public void Cases_close_in_six_ways_and_most_are_performed_or_terminal()
    {
        var ways = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var day = 0; day < 20; day++)
        {
            foreach (var plan in Cities.Whole().CasesFiledOn(Cities.Day.AddDays(day)).Where(plan => !plan.Number.Contains("执保", StringComparison.Ordinal)))
            {
                var way = plan.Steps.Select(step => step.Data).OfType<CaseClosed>().LastOrDefault()?.Way ?? "open";
                ways[way] = ways.GetValueOrDefault(way) + 1;
            }
        }

        var all = (double)ways.Values.Sum();
        Assert.Equal(["BH", "BY", "WB", "XA", "ZB", "ZJ", "open"], ways.Keys.Order(StringComparer.Ordinal));
        Assert.InRange(ways["WB"] / all, 0.42, 0.48);
        Assert.InRange(ways["ZB"] / all, 0.32, 0.38);
    }

    private static void ForEachCase(int seed, Action<CasePlan> look)
    {
        var city = Cities.Small(seed);
        var count = 0;
        for (var day = 0; day < 10; day++)
        {
            foreach (var plan in city.CasesFiledOn(Cities.Day.AddDays(day)))
            {
                look(plan);
                count++;
            }
        }

        Assert.True(count > 200, $"only {count} cases to look at");
    }
}
