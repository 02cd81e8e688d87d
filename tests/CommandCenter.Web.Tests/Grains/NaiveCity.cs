using CommandCenter.Domain.Cases;
using CommandCenter.Domain.Funds;
using CommandCenter.Web.Grains;
using static CommandCenter.Domain.Cases.CaseCommand;

namespace CommandCenter.Web.Tests.Grains;

/// <summary>
/// Counts accepted facts the slow and obvious way: a list of what happened when in which court, summed anew for every question. It
/// shares no counting code with the product; it only believes the product's answer "accepted".
/// </summary>
internal sealed class NaiveCity
{
    private readonly Dictionary<CaseNumber, NaiveCase> _cases = [];
    private readonly List<Happening> _happenings = [];

    public IReadOnlyList<Happening> Happenings => _happenings;

    /// <summary>The court that holds a case, or <see langword="null"/> before it is filed.</summary>
    public string? HolderOf(CaseNumber number) => _cases.TryGetValue(number, out var found) ? found.Court : null;

    /// <summary>Cases that stand closed as terminal, reinstated ones included.</summary>
    public IReadOnlyList<CaseNumber> Terminal => [.. _cases.Where(c => c.Value.Way == CloseWay.Terminal).Select(c => c.Key)];

    /// <summary>Open cases of a court by class.</summary>
    public long OpenIn(string court, CaseClass @class) =>
        _cases.Values.LongCount(c => c.Court == court && c.Class == @class && c.Way is null);

    /// <summary>Terminal cases of a court for which no reinstated case was filed.</summary>
    public long TerminalIn(string court) =>
        _cases.Values.LongCount(c => c.Court == court && c.IsMain && c.Way == CloseWay.Terminal && !c.IsReinstated);

    /// <summary>Takes a fact that was accepted.</summary>
    public void Take(GrainCommand.Fact fact)
    {
        if (fact is GrainCommand.CaseFact { Number: var number, Command: var command })
        {
            Take(number, command);
        }
    }

    /// <summary>What a scope counts from one moment to another, <c>[from, to)</c>.</summary>
    public NaiveTotals Sum(IReadOnlyCollection<string> courts, DateTimeOffset from, DateTimeOffset to)
    {
        var all = _happenings.Where(h => courts.Contains(h.Court) && h.At < to).ToArray();
        var period = all.Where(h => h.At >= from).ToArray();
        return new NaiveTotals(period, all);
    }

    private void Take(CaseNumber number, CaseCommand command)
    {
        if (command is FileCase filing)
        {
            _cases.Add(number, new NaiveCase { Court = number.CourtMark, Class = number.Type.Class });
            Note(number, command, What.Received);
            if (number.Type == CaseType.Reinstated && filing.Parent is { } parent
                && _cases.TryGetValue(parent, out var original) && original is { Way: CloseWay.Terminal, IsReinstated: false })
            {
                // It cannot have left the terminal stock before it came into it, however late the closing was dated.
                original.IsReinstated = true;
                Note(parent, command with { At = command.At < original.ClosedAt ? original.ClosedAt : command.At }, What.Reinstated);
            }

            return;
        }

        var found = _cases[number];
        switch (command)
        {
            case CloseCase c:
                (found.Way, found.ClosedAt) = (c.Way, c.At);
                Note(number, command, What.Closed, way: c.Way);
                break;
            case RevokeClosing:
                Note(number, command, What.Revoked, way: found.Way);
                found.Way = null;
                break;
            case TransferCase c:
                Note(number, command, What.Out);
                found.Court = c.ToCourt;
                Note(number, command, What.In);
                break;
            case ReceiveFunds c:
                found.Serials.Add((c.Serial, FundsDirection.In));
                Note(number, command, What.FundsIn, c.AmountFen);
                break;
            case DisburseFunds c:
                found.Serials.Add((c.Serial, FundsDirection.Out));
                Note(number, command, What.FundsOut, c.AmountFen);
                break;
            case ReverseFunds c:
                var what = found.Serials.Contains((c.Original, FundsDirection.In)) ? What.FundsIn : What.FundsOut;
                Note(number, command, what, -c.AmountFen);
                break;
            default:
                break; // Moves no figure.
        }
    }

    private void Note(CaseNumber number, CaseCommand command, What what, long amount = 1, CloseWay? way = null)
    {
        var found = _cases[number];
        _happenings.Add(new Happening(command.At, found.Court, found.Class, what, amount, way));
    }

    private sealed class NaiveCase
    {
        public required string Court { get; set; }

        public required CaseClass Class { get; init; }

        public CloseWay? Way { get; set; }

        public DateTimeOffset ClosedAt { get; set; }

        public bool IsReinstated { get; set; }

        public HashSet<(string, FundsDirection)> Serials { get; } = [];

        public bool IsMain => Class is CaseClass.First or CaseClass.Reinstated;
    }
}

/// <summary>What is counted.</summary>
internal enum What
{
    Received,
    Closed,
    Revoked,
    In,
    Out,
    Reinstated,
    FundsIn,
    FundsOut,
}

/// <summary>One thing that moved a figure.</summary>
internal sealed record Happening(DateTimeOffset At, string Court, CaseClass Class, What What, long Amount, CloseWay? Way)
{
    public bool IsMain => Class is CaseClass.First or CaseClass.Reinstated;
}

/// <summary>The figures of some courts over some time, by going through the list once for each.</summary>
internal sealed class NaiveTotals(Happening[] period, Happening[] all)
{
    public long Received => Count(period, What.Received);

    public long Revoked => Count(period, What.Revoked);

    public long Closed => Count(period, What.Closed) - Revoked;

    public long TransferredIn => Count(period, What.In);

    public long TransferredOut => Count(period, What.Out);

    public long Pending => Stock(all);

    public long PendingBefore => Stock(all) - Stock(period);

    public long TerminalStock => ByWay(all, CloseWay.Terminal) - Count(all, What.Reinstated);

    public long FundsInFen => Money(What.FundsIn);

    public long FundsOutFen => Money(What.FundsOut);

    public long ClosedBy(CloseWay way) => ByWay(period, way);

    public long ReceivedOf(CaseClass @class) => period.LongCount(h => h.Class == @class && h.What == What.Received);

    public long ClosedOf(CaseClass @class) =>
        period.LongCount(h => h.Class == @class && h.What == What.Closed) - period.LongCount(h => h.Class == @class && h.What == What.Revoked);

    public long PendingOf(CaseClass @class) => all.Where(h => h.Class == @class).Sum(Step);

    private static long Count(Happening[] from, What what) => from.LongCount(h => h.IsMain && h.What == what);

    private static long ByWay(Happening[] from, CloseWay way) =>
        from.LongCount(h => h.IsMain && h.What == What.Closed && h.Way == way) - from.LongCount(h => h.IsMain && h.What == What.Revoked && h.Way == way);

    private static long Stock(Happening[] from) => from.Where(h => h.IsMain).Sum(Step);

    private static long Step(Happening h) => h.What switch
    {
        What.Received or What.In or What.Revoked => 1,
        What.Closed or What.Out => -1,
        _ => 0,
    };

    private long Money(What what) => period.Where(h => h.What == what).Sum(h => h.Amount);
}
