using System.Globalization;
using CommandCenter.Simulator.City;
using CommandCenter.Simulator.Events;
using static CommandCenter.Simulator.Events.EventData;

namespace CommandCenter.Simulator.Mischief;

/// <summary>Events that cannot be, told right after the fact that they contradict.</summary>
/// <remarks>Each is refused whenever it is told again, too: a suspension or a control could become possible later, so none is planted.</remarks>
internal static class Contradiction
{
    /// <summary>What contradicts a fact; <see langword="null"/> when nothing that is planted does.</summary>
    public static PlannedEvent? Of(PlannedEvent fact, SeededRandom random) => fact.Data switch
    {
        CaseFiled => Another(fact, "case.already-filed"),
        CaseClosed closed => Another(fact, "case.already-closed", closed with { Way = closed.Way == "WB" ? "ZJ" : "WB" }),
        FundsReceived received when random.Happens(0.5) => Another(fact, "funds.serial-repeated", received with { AmountFen = received.AmountFen + 1 }),
        FundsReceived received => Another(fact, "event.amount-negative", received with { AmountFen = -received.AmountFen, Serial = received.Serial + "x" }),
        FundsDisbursed disbursed => Another(fact, "funds.serial-repeated", disbursed with { AmountFen = disbursed.AmountFen + 1 }),
        FundsReversed reversed => Another(fact, "funds.reversed-beyond-original", reversed with { Serial = reversed.Serial + "x" }),
        PetitionReceived => Another(fact, "petition.already-received"),
        CaseNode node when random.Happens(0.3) => fact with { Data = node with { Done = !node.Done }, Refusal = "event.id-conflict" },
        CaseNode node when random.Happens(0.3) => Another(fact, "event.unknown-node", node with { Node = "ZZ" }),
        CaseNode => Another(fact, "case.unknown") with { Case = NeverFiled(fact, random) },
        _ => null,
    };

    /// <summary>A fact that a clock far ahead dates.</summary>
    public static PlannedEvent InFuture(PlannedEvent fact) => fact with
    {
        Id = fact.Id + ".f",
        At = new DateTimeOffset(2099, 1, 1, 0, 0, 0, Shanghai.Offset),
        Refusal = "event.at-in-future",
    };

    private static PlannedEvent Another(PlannedEvent fact, string code, EventData? data = null) =>
        fact with { Id = fact.Id + ".x", Data = data ?? fact.Data, Refusal = code };

    // Above every number that a filing window reaches in a year.
    private static string NeverFiled(PlannedEvent fact, SeededRandom random) =>
        string.Create(CultureInfo.InvariantCulture, $"({fact.At.Year}){fact.Court}执{random.Between(98_000_000, 98_999_999)}号");
}
