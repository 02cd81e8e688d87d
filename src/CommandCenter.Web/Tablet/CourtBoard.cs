using CommandCenter.Domain.Cases;
using CommandCenter.Domain.Properties;

namespace CommandCenter.Web.Tablet;

/// <summary>What lapses, waits and is late in one court, handler by handler.</summary>
/// <param name="Court">The index of the court.</param>
/// <param name="CountedAt">No case was looked at earlier.</param>
/// <param name="Today">The day in Shanghai from which days are counted.</param>
/// <param name="Handlers">One for each handler, and one for the cases that have none.</param>
internal sealed record CourtBoard(int Court, DateTimeOffset CountedAt, DateOnly Today, IReadOnlyList<HandlerBoard> Handlers);

/// <summary>The cases of one handler in one court: exact counts of all of them, and the most urgent of each kind.</summary>
internal sealed class HandlerBoard(string? handler)
{
    /// <summary>As many of a kind as a tablet shows at most.</summary>
    public const int FirstMax = 12;

    private readonly SortedSet<LimitItem> _limits = new(Comparer<LimitItem>.Create(static (a, b) => Order(a.Days, b.Days, a.Number, b.Number, "", "")));
    private readonly SortedSet<ControlItem> _controls = new(Comparer<ControlItem>.Create(static (a, b) => Order(a.Days, b.Days, a.Number, b.Number, a.PropertyId, b.PropertyId)));
    private readonly SortedSet<MoneyItem> _money = new(Comparer<MoneyItem>.Create(static (a, b) => Order(-(a.Days ?? -1), -(b.Days ?? -1), a.Number, b.Number, "", "")));
    private readonly long[] _limitsWithin = new long[BoardDays.Ahead.Count];
    private readonly long[] _controlsWithin = new long[BoardDays.Ahead.Count];

    /// <summary>承办人; <see langword="null"/> for cases without one.</summary>
    public string? Handler => handler;

    /// <summary>存案: 执 and 执恢 that are not closed.</summary>
    public long Pending { get; set; }

    /// <summary>超期未结.</summary>
    public long Overdue { get; private set; }

    /// <summary>Controls of open cases whose last day is past.</summary>
    public long Lapsed { get; private set; }

    /// <summary>Cases in which money waits, and how much, in fen.</summary>
    public (long Cases, long Fen) Waiting { get; private set; }

    /// <summary>Of those, the ones whose oldest money came more than 30 days ago.</summary>
    public (long Cases, long Fen) WaitingLong { get; private set; }

    /// <summary>Of those, the ones whose money has no date yet: how long it waits is not known.</summary>
    public long WaitingUndated { get; private set; }

    /// <summary>Limits that end within each of <see cref="BoardDays.Ahead"/>, today included.</summary>
    public IReadOnlyList<long> LimitsWithin => _limitsWithin;

    /// <summary>Controls that lapse within each of <see cref="BoardDays.Ahead"/>, today included.</summary>
    public IReadOnlyList<long> ControlsWithin => _controlsWithin;

    /// <summary>The limits that ended longest ago or end first, at most <see cref="FirstMax"/>.</summary>
    public IReadOnlyCollection<LimitItem> Limits => _limits;

    /// <summary>The controls that lapse first, at most <see cref="FirstMax"/>.</summary>
    public IReadOnlyCollection<ControlItem> Controls => _controls;

    /// <summary>The money that waits longest, at most <see cref="FirstMax"/>.</summary>
    public IReadOnlyCollection<MoneyItem> Money => _money;

    public void Add(LimitItem item)
    {
        Overdue += item.Days < 0 ? 1 : 0;
        Count(_limitsWithin, item.Days);
        Keep(_limits, item);
    }

    public void Add(ControlItem item)
    {
        if (item.Days < 0)
        {
            Lapsed++; // Gone: nobody can renew it any more, so it is counted and not among what is to be done.
            return;
        }

        Count(_controlsWithin, item.Days);
        Keep(_controls, item);
    }

    public void Add(MoneyItem item)
    {
        Waiting = (Waiting.Cases + 1, checked(Waiting.Fen + item.Fen));
        WaitingUndated += item.Days is null ? 1 : 0;
        if (item.Days > BoardDays.MoneyMax)
        {
            WaitingLong = (WaitingLong.Cases + 1, checked(WaitingLong.Fen + item.Fen));
        }

        Keep(_money, item);
    }

    private static void Count(long[] within, int days)
    {
        for (var i = 0; i < within.Length; i++)
        {
            within[i] += days >= 0 && days <= BoardDays.Ahead[i] ? 1 : 0;
        }
    }

    private static void Keep<T>(SortedSet<T> first, T item)
    {
        _ = first.Add(item);
        if (first.Count > FirstMax)
        {
            _ = first.Remove(first.Max!);
        }
    }

    // The number breaks ties, so that equal items do not dance.
    private static int Order(int days, int otherDays, in CaseNumber number, in CaseNumber otherNumber, string id, string otherId)
    {
        var order = days.CompareTo(otherDays);
        order = order != 0 ? order : number.Year.CompareTo(otherNumber.Year);
        order = order != 0 ? order : string.CompareOrdinal(number.CourtMark, otherNumber.CourtMark);
        order = order != 0 ? order : number.Type.Index.CompareTo(otherNumber.Type.Index);
        order = order != 0 ? order : number.Number.CompareTo(otherNumber.Number);
        return order != 0 ? order : string.CompareOrdinal(id, otherId);
    }
}

/// <summary>The days ahead in which a tablet warns.</summary>
internal static class BoardDays
{
    /// <summary>到期前 1、7、15、30 日.</summary>
    public static readonly IReadOnlyList<int> Ahead = [1, 7, 15, 30];

    /// <summary>Days within which money is to be paid out (法发〔2017〕6号).</summary>
    public const int MoneyMax = 30;
}

/// <summary>The six months of a case.</summary>
/// <param name="Court">The index of its court.</param>
/// <param name="Number">The case.</param>
/// <param name="Handler">承办人.</param>
/// <param name="Days">Days left after today; below zero when it is overdue.</param>
internal sealed record LimitItem(int Court, CaseNumber Number, string? Handler, int Days);

/// <summary>A control of an open case.</summary>
/// <param name="Court">The index of the court.</param>
/// <param name="Number">The case.</param>
/// <param name="Handler">承办人.</param>
/// <param name="PropertyId">Tells two controls of a case apart.</param>
/// <param name="Class">Of the property.</param>
/// <param name="Act">冻结、查封、扣押.</param>
/// <param name="Days">Days left after today; below zero when it has lapsed.</param>
internal sealed record ControlItem(int Court, CaseNumber Number, string? Handler, string PropertyId, PropertyClass Class, ControlAct Act, int Days);

/// <summary>Money that waits in a case.</summary>
/// <param name="Court">The index of the court.</param>
/// <param name="Number">The case.</param>
/// <param name="Handler">承办人.</param>
/// <param name="Payee">Whose it is: the first applicant, as the case names him. Masked before anybody sees it.</param>
/// <param name="Fen">How much.</param>
/// <param name="Days">Days since the oldest of it came; <see langword="null"/> while its date is being looked up.</param>
internal sealed record MoneyItem(int Court, CaseNumber Number, string? Handler, string Payee, long Fen, int? Days);
