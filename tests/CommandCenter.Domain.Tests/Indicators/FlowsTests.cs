using CommandCenter.Domain.Cases;
using CommandCenter.Domain.Funds;
using CommandCenter.Domain.Indicators;
using CommandCenter.Testing;
using CommandCenter.Testing.Cases;
using static CommandCenter.Domain.Cases.CaseEvent;
using static CommandCenter.Testing.TestCalendar;

namespace CommandCenter.Domain.Tests.Indicators;

public sealed class FlowsTests
{
    private const Irregularities None = Irregularities.None;

    private static readonly CaseFiled s_filed =
        new(NewCase.Number(), ShippedConfig.Pudong, "民间借贷纠纷", 1, "判决", ["甲"], ["乙"], null, Day(0), None);

    public static TheoryData<CaseClass> Classes => [.. Enum.GetValues<CaseClass>()];

    /// <summary>Windows on disk hold columns by number, so a number never changes its meaning.</summary>
    [Fact]
    public void The_stored_columns_never_change_their_places() => Assert.Equal(
        [0, 4, 8, 12, 16, 20, 26, 32, 33, 34, 35, 36, 37, 38, 39, 40],
        [
            Flows.Received, Flows.Closed, Flows.Revoked, Flows.TransferredIn, Flows.TransferredOut, Flows.ClosedBy, Flows.RevokedBy, Flows.Reinstated,
            Flows.FundsIn, Flows.FundsInReversed, Flows.FundsOut, Flows.FundsOutReversed, Flows.PetitionsReceived, Flows.PetitionsAnswered,
            Flows.Irregular, Flows.ColumnCount,
        ]);

    [Theory]
    [MemberData(nameof(Classes))]
    public void A_case_is_received_taken_over_and_given_away_in_the_column_of_its_class(CaseClass @class)
    {
        Assert.Equal([new Flow(0 + (int)@class, 1)], Read(s_filed, @class));
        Assert.Equal([new Flow(12 + (int)@class, 1)], Read(new CaseAdmitted(NewCase.FiledOn(Day(0)).File, ShippedConfig.Huangpu, Day(1), None), @class));
        Assert.Equal([new Flow(16 + (int)@class, 1)], Read(new CaseTransferred(ShippedConfig.Huangpu, Day(1), None), @class));
    }

    [Theory]
    [MemberData(nameof(Classes))]
    public void A_closing_counts_in_its_class_and_by_its_way_in_the_main_classes_only(CaseClass @class)
    {
        foreach (var way in Enum.GetValues<CloseWay>())
        {
            Flow[] closed = [new(4 + (int)@class, 1), new(20 + (int)way, 1)];
            Flow[] revoked = [new(8 + (int)@class, 1), new(26 + (int)way, 1)];
            var count = @class is CaseClass.First or CaseClass.Reinstated ? 2 : 1;

            Assert.Equal(closed[..count], Read(new CaseClosed(way, Day(1), None), @class));
            Assert.Equal(revoked[..count], Read(new ClosingRevoked(way, "错误", Day(1), None), @class));
        }
    }

    [Theory]
    [InlineData(CaseClass.First, true)]
    [InlineData(CaseClass.Reinstated, true)]
    [InlineData(CaseClass.Preservation, false)]
    [InlineData(CaseClass.Other, false)]
    public void A_reinstatement_leaves_the_terminal_stock_of_the_main_classes_only(CaseClass @class, bool counts) => Assert.Equal(
        counts ? [new Flow(32, 1)] : [], Read(new ReinstatementNoted(NewCase.Number(9, "执恢"), Day(1), None), @class));

    [Theory]
    [MemberData(nameof(Classes))]
    public void Money_counts_in_fen_in_the_column_of_its_direction(CaseClass @class)
    {
        Assert.Equal([new Flow(33, 501)], Read(new FundsReceived(501, "S-1", null, Day(1), None), @class));
        Assert.Equal([new Flow(34, 502)], Read(new FundsReversed(FundsDirection.In, 502, "R-1", "S-1", Day(1), None), @class));
        Assert.Equal([new Flow(35, 503)], Read(new FundsDisbursed(503, "S-1", null, Day(1), None), @class));
        Assert.Equal([new Flow(36, 504)], Read(new FundsReversed(FundsDirection.Out, 504, "R-1", "S-1", Day(1), None), @class));
    }

    [Fact]
    public void Petitions_count_when_they_come_and_when_they_are_answered()
    {
        Assert.Equal([new Flow(37, 1)], Read(new PetitionReceived("X-1", Day(1), None)));
        Assert.Equal([new Flow(38, 1)], Read(new PetitionAnswered("X-1", Day(1), None)));
    }

    [Fact]
    public void What_is_no_figure_counts_nowhere()
    {
        CaseEvent[] events =
        [
            new CaseAssigned("承办人", Day(1), None),
            new NodeReached(4, NodePhase.Done, 1, Day(1), None),
            new ClaimChanged(7, Day(1), None),
            new PartyRenamed("乙", "新乙", Day(1), None),
            new CaseSuspended("和解", Day(1), None),
            new CaseResumed("和解", Day(1), None),
            new PropertyControlled(NewCase.Deposit(), Day(1), None),
            new PropertyRenewed("P-1", new DateOnly(2019, 1, 1), Day(1), None),
            new PropertyReleased("P-1", Day(1), None),
        ];

        Assert.All(events, @event => Assert.Empty(Read(@event)));
    }

    [Fact]
    public void An_irregular_fact_counts_once_however_many_rules_it_breaks_and_beside_its_own_column()
    {
        Assert.Equal([new Flow(39, 1)], Read(new NodeReached(4, NodePhase.Done, 1, Day(1), Irregularities.BeforeFiling | Irregularities.OccurrenceGap)));
        Assert.Equal(
            [new Flow(4, 1), new Flow(21, 1), new Flow(39, 1)],
            Read(new CaseClosed(CloseWay.Terminal, Day(1), Irregularities.TerminalTooEarly)));
    }

    private static Flow[] Read(CaseEvent @event, CaseClass @class = CaseClass.First)
    {
        Span<Flow> flows = new Flow[Flows.PerEventMax];
        return flows[..Flows.Read(@event, @class, flows)].ToArray();
    }
}
