using System.Runtime.InteropServices;
using CommandCenter.Simulator.City;
using CommandCenter.Simulator.Events;

namespace CommandCenter.Simulator.Truth;

/// <summary>Counts what is true while it is told, so that the product's figures can be held against it.</summary>
/// <remarks>Naive on purpose: one case after the other, no window is ever corrected, and no line of it is the product's.</remarks>
internal sealed class CityTruth
{
    private readonly Dictionary<string, CourtTruth> _courts;
    private readonly Dictionary<string, CaseTruth> _cases = new(StringComparer.Ordinal);

    /// <summary>Begins with nothing told.</summary>
    public CityTruth(IEnumerable<Court> courts) =>
        _courts = courts.Select(court => new CourtTruth(court.Mark)).ToDictionary(court => court.Mark, StringComparer.Ordinal);

    /// <summary>The courts, in the order of their marks.</summary>
    public IEnumerable<CourtTruth> Courts => _courts.Values.OrderBy(court => court.Mark, StringComparer.Ordinal);

    /// <summary>Events that are true, each told once.</summary>
    public long FactCount { get; private set; }

    /// <summary>Events that are told again.</summary>
    public long RepeatCount { get; private set; }

    /// <summary>Events that must be refused, by code.</summary>
    public SortedDictionary<string, long> RefusalCounts { get; } = new(StringComparer.Ordinal);

    /// <summary>Takes note of events on their way.</summary>
    public IEnumerable<PlannedEvent> Note(IEnumerable<PlannedEvent> events)
    {
        foreach (var planned in events)
        {
            Note(planned);
            yield return planned;
        }
    }

    private void Note(PlannedEvent planned)
    {
        if (planned.Refusal is { } code)
        {
            RefusalCounts[code] = RefusalCounts.GetValueOrDefault(code) + 1;
            return;
        }

        if (planned.IsRepeat)
        {
            RepeatCount++;
            return;
        }

        FactCount++;
        if (planned.Case is { } number)
        {
            Count(_courts[planned.Court], number, planned.At, planned.Data);
        }
    }

    private void Count(CourtTruth court, string number, DateTimeOffset at, EventData data)
    {
        switch (data)
        {
            case EventData.CaseFiled filed:
                _cases.Add(number, new CaseTruth(KindOf(filed.Kind)));
                court.Add(at, Figure.ReceivedFirst + KindOf(filed.Kind), 1);
                Reinstate(court, at, filed);
                break;
            case EventData.CaseClosed closed:
                Close(court, ref Case(number), at, closed.Way);
                break;
            case EventData.CaseClosingRevoked:
                Revoke(court, ref Case(number), at);
                break;
            case EventData.FundsReceived received:
                court.Add(at, Figure.FundsInFen, received.AmountFen);
                break;
            case EventData.FundsDisbursed disbursed:
                court.Add(at, Figure.FundsOutFen, disbursed.AmountFen);
                break;
            case EventData.FundsReversed reversed:
                // The city reverses receipts alone: banks take back what they posted to a wrong account.
                court.Add(at, Figure.FundsInFen, -reversed.AmountFen);
                break;
            case EventData.PetitionReceived:
                court.Add(at, Figure.PetitionsReceived, 1);
                break;
            case EventData.PetitionAnswered:
                court.Add(at, Figure.PetitionsAnswered, 1);
                break;
            default:
                break; // Nodes, controls and handlers enter no figure of a window.
        }
    }

    // The first 执恢 case takes its parent out of the terminal stock; a parent outside the city was never in it.
    private void Reinstate(CourtTruth court, DateTimeOffset at, EventData.CaseFiled child)
    {
        if (child.Parent is { } parent && _cases.ContainsKey(parent))
        {
            ref var @case = ref Case(parent);
            if (@case is { Way: "ZB", IsReinstated: false })
            {
                @case.IsReinstated = true;
                court.Add(at > @case.ClosedAt ? at : @case.ClosedAt, Figure.Reinstated, 1);
            }
        }
    }

    private static void Close(CourtTruth court, ref CaseTruth @case, DateTimeOffset at, string way)
    {
        (@case.Way, @case.ClosedAt) = (way, at);
        court.Add(at, Figure.ClosedFirst + @case.Kind, 1);
        if (@case.IsMain)
        {
            court.Add(at, WayOf(way), 1);
        }
    }

    private static void Revoke(CourtTruth court, ref CaseTruth @case, DateTimeOffset at)
    {
        court.Add(at, Figure.ClosedFirst + @case.Kind, -1);
        if (@case.IsMain)
        {
            court.Add(at, WayOf(@case.Way!), -1);
            court.Add(at, Figure.Revoked, 1);
        }

        @case.Way = null;
    }

    private ref CaseTruth Case(string number)
    {
        ref var @case = ref CollectionsMarshal.GetValueRefOrNullRef(_cases, number);
        if (System.Runtime.CompilerServices.Unsafe.IsNullRef(ref @case))
        {
            throw new InvalidOperationException($"{number} does something before it was filed.");
        }

        return ref @case;
    }

    private static int KindOf(string kind) => kind switch
    {
        "执" => 0,
        "执恢" => 1,
        "执保" => 2,
        _ => throw new ArgumentException($"The city files no {kind}.", nameof(kind)),
    };

    private static Figure WayOf(string way) => Enum.Parse<Figure>(way);

    private record struct CaseTruth(int Kind)
    {
        public string? Way { get; set; }

        public DateTimeOffset ClosedAt { get; set; }

        public bool IsReinstated { get; set; }

        public readonly bool IsMain => Kind != 2;
    }
}
