using System.Globalization;
using CommandCenter.Domain.Cases;
using CommandCenter.Domain.Funds;
using CommandCenter.Domain.Officers;

namespace CommandCenter.Web.Recount;

/// <summary>
/// Counts the events of one partition a second time, as one would with a pencil: a register of what is known of each case, and a sum for
/// each court, five minutes and figure.
/// </summary>
/// <remarks>
/// It shares nothing with the rollups but the types of the events: a common helper would let both be wrong in the same way. An architecture
/// test guards that. When it and the figures disagree, neither is right until a person has looked.
/// </remarks>
/// <param name="filedNode">The node that a case reaches by being filed.</param>
/// <param name="assignedNode">The node that it reaches by getting a handler.</param>
internal sealed class NaiveCount(int filedNode, int assignedNode)
{
    private readonly NaiveRegister<KnownCase> _cases = new();
    private readonly Dictionary<CaseNumber, Standstill> _standstills = [];
    private readonly Dictionary<CaseNumber, (string Id, DateOnly LastDay)[]> _controls = [];
    private readonly Dictionary<(string Court, string Officer), (DateTime At, bool IsOn)> _duties = [];
    private readonly Dictionary<string, NaiveCourt> _courts = new(StringComparer.Ordinal);

    /// <summary>The last record of the journal that is counted.</summary>
    public long Position { get; set; }

    /// <summary>Cases known.</summary>
    public int CaseCount => _cases.Count;

    /// <summary>The cells of a court. A court of which nothing was heard has none.</summary>
    public NaiveCourt CourtOf(string mark)
    {
        if (!_courts.TryGetValue(mark, out var court))
        {
            court = new NaiveCourt(mark);
            _courts.Add(mark, court);
        }

        return court;
    }

    /// <summary>Counts one event.</summary>
    public void Take(CaseNumber number, CaseEvent @event)
    {
        var known = _cases[number];
        known = @event switch
        {
            CaseEvent.CaseFiled e => new KnownCase(CourtOf(e.CourtMark), e.At.UtcDateTime, Standing.Open) { Node = filedNode, NodeAt = e.At.UtcDateTime },
            CaseEvent.CaseAdmitted e => AdmittedOf(e),
            // The grains would never have taken it. It is counted where its number says, and so it will show.
            _ when known.Court is null => new KnownCase(CourtOf(number.CourtMark), @event.At.UtcDateTime, Standing.Open),
            CaseEvent.CaseClosed e => known with { Standing = e.Way == CloseWay.Terminal ? Standing.Terminal : Standing.Closed, ClosedAt = e.At.UtcDateTime },
            CaseEvent.ClosingRevoked => known with { Standing = Standing.Open },
            CaseEvent.ReinstatementNoted => known with { Standing = Standing.Closed },
            CaseEvent.CaseTransferred => known with { Standing = Standing.Gone },
            CaseEvent.CaseAssigned e when e.At.UtcDateTime >= known.HandlerAt =>
                known.At(assignedNode, e.At.UtcDateTime) with { Handler = e.Handler, HandlerAt = e.At.UtcDateTime },
            CaseEvent.NodeReached e => known.At(e.Node, e.At.UtcDateTime),
            CaseEvent.FundsReceived e => known with { HeldFen = checked(known.HeldFen + e.AmountFen) },
            CaseEvent.FundsDisbursed e => known with { HeldFen = checked(known.HeldFen - e.AmountFen) },
            CaseEvent.FundsReversed e => known with { HeldFen = checked(known.HeldFen + (e.Direction == FundsDirection.In ? -e.AmountFen : e.AmountFen)) },
            _ => known,
        };
        _cases[number] = known;
        TakeStandstill(number, known, @event);
        TakeControls(number, @event);
        TakeFlows(number, known.Court, @event);
    }

    /// <summary>Counts one event of an officer: of two reports about his duty the one of the later moment holds, of the same moment the later report.</summary>
    public void Take(string court, string officer, OfficerEvent @event)
    {
        if (@event is OfficerEvent.DutyChanged duty && !(_duties.TryGetValue((court, officer), out var known) && known.At > duty.At.UtcDateTime))
        {
            _duties[(court, officer)] = (duty.At.UtcDateTime, duty.IsOn);
            _ = CourtOf(court);
        }
    }

    /// <summary>What stands in each court now, by counting all cases, controls and officers. In the order of <see cref="CountedStock"/>.</summary>
    /// <param name="now">Decides what is overdue and what lapses.</param>
    public Dictionary<string, long[]> Stocks(DateTimeOffset now)
    {
        var stocks = _courts.Keys.ToDictionary(mark => mark, _ => new long[(int)CountedStock.OfficersOnDuty + 1], StringComparer.Ordinal);
        foreach (var (number, known) in _cases.All)
        {
            var stock = stocks[known.Court.Mark];
            var isMain = number.Type.Class is CaseClass.First or CaseClass.Reinstated;
            if (known.Standing == Standing.Open)
            {
                stock[(int)CountedStock.Pending + (int)number.Type.Class]++;
                stock[(int)CountedStock.Overdue] += isMain && IsOverdue(number, known, now) ? 1 : 0;
            }
            else if (known.Standing == Standing.Terminal && isMain)
            {
                stock[(int)CountedStock.Terminal]++;
            }
        }

        CountControls(stocks, DateOnly.FromDateTime(now.UtcDateTime + NaiveCourt.Shanghai));
        foreach (var ((court, _), duty) in _duties)
        {
            stocks[court][(int)CountedStock.OfficersOnDuty] += duty.IsOn ? 1 : 0;
        }

        return stocks;
    }

    /// <summary>What the cases of each court come to by node and by handler now; nothing is zero. A handler has a case at the court where it lies.</summary>
    /// <param name="now">Decides what is overdue, and which day, month and year is meant.</param>
    public Dictionary<string, Dictionary<PartKey, long>> Parts(DateTimeOffset now)
    {
        var parts = _courts.Keys.ToDictionary(static mark => mark, static _ => new Dictionary<PartKey, long>(), StringComparer.Ordinal);
        foreach (var (number, known) in _cases.All.Where(static one => one.Number.Type.Class is CaseClass.First or CaseClass.Reinstated))
        {
            var of = known.Handler ?? "";
            if (parts.TryGetValue(number.CourtMark, out var filed))
            {
                AddPeriods(filed, CountedPart.ReceivedToday, of, known.FiledAt, now);
            }

            if (known.Standing == Standing.Gone)
            {
                continue;
            }

            var here = parts[known.Court.Mark];
            Add(here, CountedPart.Held, of, known.HeldFen);
            if (known.Standing != Standing.Open)
            {
                Add(here, CountedPart.Terminal, of, known.Standing == Standing.Terminal ? 1 : 0);
                AddPeriods(here, CountedPart.ClosedToday, of, known.ClosedAt, now);
                continue;
            }

            var node = known.Node.ToString(CultureInfo.InvariantCulture);
            var overdue = IsOverdue(number, known, now) ? 1 : 0;
            Add(here, CountedPart.Standing, node, 1);
            Add(here, CountedPart.StandingOverdue, node, overdue);
            Add(here, CountedPart.Pending, of, 1);
            Add(here, CountedPart.Suspended, of, _standstills.GetValueOrDefault(number) is { Grounds.Length: > 0 } ? 1 : 0);
            Add(here, CountedPart.Overdue, of, overdue);
        }

        return parts;
    }

    // Today, this month, this year by the clock of Shanghai; nothing of a later day.
    private static void AddPeriods(Dictionary<PartKey, long> parts, CountedPart today, string of, DateTime at, DateTimeOffset now)
    {
        var (day, current) = ((at + NaiveCourt.Shanghai).Date, (now.UtcDateTime + NaiveCourt.Shanghai).Date);
        if (day <= current && day.Year == current.Year)
        {
            Add(parts, today + 2, of, 1);
            Add(parts, today + 1, of, day.Month == current.Month ? 1 : 0);
            Add(parts, today, of, day == current ? 1 : 0);
        }
    }

    private static void Add(Dictionary<PartKey, long> parts, CountedPart figure, string of, long amount)
    {
        if (amount != 0)
        {
            var key = new PartKey(figure, of);
            parts[key] = checked(parts.GetValueOrDefault(key) + amount);
        }
    }

    // A control of an open case lapses at the end of its last day; today is day zero.
    private void CountControls(Dictionary<string, long[]> stocks, DateOnly today)
    {
        int[] columns = [1, 3, 7, 15, 30, 60];
        foreach (var (number, controls) in _controls)
        {
            if (_cases[number] is not { Standing: Standing.Open, Court: var court })
            {
                continue;
            }

            foreach (var left in controls.Select(control => control.LastDay.DayNumber - today.DayNumber))
            {
                stocks[court.Mark][(int)CountedStock.ControlsLapsed] += left < 0 ? 1 : 0;
                for (var i = 0; i < columns.Length && left >= 0; i++)
                {
                    stocks[court.Mark][(int)CountedStock.ControlsWithin + i] += left <= columns[i] ? 1 : 0;
                }
            }
        }
    }

    private static void TakeFlows(CaseNumber number, NaiveCourt court, CaseEvent @event)
    {
        var @class = (int)number.Type.Class;
        var isMain = number.Type.Class is CaseClass.First or CaseClass.Reinstated;
        var at = @event.At;
        switch (@event)
        {
            case CaseEvent.CaseFiled:
                court.Add(at, (int)Counted.Received + @class, 1);
                break;
            case CaseEvent.CaseAdmitted:
                court.Add(at, (int)Counted.TransferredIn + @class, 1);
                break;
            case CaseEvent.CaseTransferred:
                court.Add(at, (int)Counted.TransferredOut + @class, 1);
                break;
            case CaseEvent.CaseClosed e:
                court.Add(at, (int)Counted.Closed + @class, 1);
                court.Add(at, (int)Counted.ClosedBy + (int)e.Way, isMain ? 1 : 0);
                break;
            case CaseEvent.ClosingRevoked e:
                court.Add(at, (int)Counted.Revoked + @class, 1);
                court.Add(at, (int)Counted.RevokedBy + (int)e.Way, isMain ? 1 : 0);
                break;
            case CaseEvent.ReinstatementNoted:
                court.Add(at, (int)Counted.Reinstated, isMain ? 1 : 0);
                break;
            case CaseEvent.FundsReceived e:
                court.Add(at, (int)Counted.FundsIn, e.AmountFen);
                break;
            case CaseEvent.FundsDisbursed e:
                court.Add(at, (int)Counted.FundsOut, e.AmountFen);
                break;
            case CaseEvent.FundsReversed { Direction: FundsDirection.In } e:
                court.Add(at, (int)Counted.FundsInReversed, e.AmountFen);
                break;
            case CaseEvent.FundsReversed e:
                court.Add(at, (int)Counted.FundsOutReversed, e.AmountFen);
                break;
            case CaseEvent.PetitionReceived:
                court.Add(at, (int)Counted.PetitionsReceived, 1);
                break;
            case CaseEvent.PetitionAnswered:
                court.Add(at, (int)Counted.PetitionsAnswered, 1);
                break;
            default:
                break; // Every other event moves no figure.
        }

        court.Add(at, (int)Counted.Irregular, @event.Irregular == Irregularities.None ? 0 : 1);
    }

    // Few cases are ever suspended, so what is known of that lies apart.
    private void TakeStandstill(CaseNumber number, KnownCase known, CaseEvent @event)
    {
        switch (@event)
        {
            case CaseEvent.CaseAdmitted { File: var file } when file.Suspensions.Count > 0 || file.SuspendedFor > TimeSpan.Zero:
                _standstills[number] = new Standstill(
                    [.. file.Suspensions.Select(one => (one.Ground, one.Since.UtcDateTime))], file.SuspendedFor, file.SuspendedUntil.UtcDateTime);
                break;
            case CaseEvent.CaseAdmitted:
                _ = _standstills.Remove(number);
                break;
            case CaseEvent.CaseSuspended e:
                var grown = _standstills.GetValueOrDefault(number) ?? new Standstill([], TimeSpan.Zero, DateTime.UnixEpoch);
                _standstills[number] = grown with { Grounds = [.. grown.Grounds, (e.Ground, e.At.UtcDateTime)] };
                break;
            case CaseEvent.CaseResumed e when _standstills.TryGetValue(number, out var standstill):
                _standstills[number] = standstill.After(e.Ground, e.At.UtcDateTime, known.FiledAt);
                break;
            default:
                break;
        }
    }

    private void TakeControls(CaseNumber number, CaseEvent @event)
    {
        var known = _controls.GetValueOrDefault(number) ?? [];
        (string Id, DateOnly LastDay)[]? now = @event switch
        {
            CaseEvent.PropertyControlled e => [.. known, (e.Property.Id, e.Property.Until)],
            CaseEvent.PropertyRenewed e => [.. known.Select(one => one.Id == e.PropertyId ? (one.Id, e.Until) : one)],
            CaseEvent.PropertyReleased e => [.. known.Where(one => one.Id != e.PropertyId)],
            CaseEvent.CaseAdmitted e => [.. e.File.Properties.Select(property => (property.Id, property.Until))],
            CaseEvent.CaseTransferred => [],
            _ => null,
        };
        if (now is { Length: 0 })
        {
            _ = _controls.Remove(number);
        }
        else if (now is not null)
        {
            _controls[number] = now;
        }
    }

    // Six months from the day of filing in Shanghai, the last of them included, and as long again as the case stood still.
    private bool IsOverdue(CaseNumber number, KnownCase known, DateTimeOffset now)
    {
        const int LimitMonths = 6;
        var standstill = _standstills.GetValueOrDefault(number);
        var lastDay = (known.FiledAt + NaiveCourt.Shanghai).Date.AddMonths(LimitMonths);
        var due = lastDay.AddDays(1) - NaiveCourt.Shanghai + (standstill?.Ended ?? TimeSpan.Zero);
        return standstill is not { Grounds.Length: > 0 } && now.UtcDateTime > due;
    }

    private enum Standing : byte
    {
        Open,
        Closed,
        Terminal,
        Gone,
    }

    // It brings along what it was in the court from which it comes.
    private KnownCase AdmittedOf(CaseEvent.CaseAdmitted e) => new(CourtOf(e.CourtMark), e.File.FiledAt.UtcDateTime, Standing.Open)
    {
        Handler = e.File.Handler,
        HandlerAt = e.File.HandlerAt.UtcDateTime,
        Node = e.File.Flow.Latest,
        NodeAt = e.File.Flow.LatestAt.UtcDateTime,
        HeldFen = checked(e.File.Funds.InFen - e.File.Funds.OutFen),
    };

    private readonly record struct KnownCase(NaiveCourt Court, DateTime FiledAt, Standing Standing)
    {
        public string? Handler { get; init; }

        public DateTime HandlerAt { get; init; }

        public int Node { get; init; }

        public DateTime NodeAt { get; init; }

        public DateTime ClosedAt { get; init; }

        public long HeldFen { get; init; }

        // Of two nodes the later one holds, of the same moment the one that was reported later.
        public KnownCase At(int node, DateTime at) => at >= NodeAt ? this with { Node = node, NodeAt = at } : this;
    }

    // Time counts once: what ends adds what lies after all that was counted and before what still holds.
    private sealed record Standstill((string Ground, DateTime Since)[] Grounds, TimeSpan Ended, DateTime CountedUntil)
    {
        public Standstill After(string ground, DateTime at, DateTime filedAt)
        {
            var (_, since) = Grounds.First(one => one.Ground == ground);
            (string Ground, DateTime Since)[] left = [.. Grounds.Where(one => one.Ground != ground)];
            var until = left.Aggregate(at, (earliest, one) => one.Since < earliest ? one.Since : earliest);
            var from = new[] { since, filedAt, CountedUntil }.Max();
            return until > from ? new Standstill(left, Ended + (until - from), until) : this with { Grounds = left };
        }
    }
}
