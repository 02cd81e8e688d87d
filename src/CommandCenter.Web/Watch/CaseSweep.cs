using CommandCenter.Domain.Cases;

namespace CommandCenter.Web.Watch;

/// <summary>What one pass through the cases of a partition found.</summary>
/// <param name="Since">When the pass began: no case was looked at earlier.</param>
/// <param name="Lapsing">The controls of open cases that lapse first.</param>
/// <param name="Waiting">Cases in which money waits, at most <see cref="CaseSweep.WaitingMax"/>.</param>
/// <param name="Beyond">Cases beyond that number, and their fen: in the sums, but without an age.</param>
internal sealed record CountedCases(
    DateTimeOffset Since, IReadOnlyList<LapsingControl> Lapsing,
    IReadOnlyDictionary<CaseNumber, WaitingCase> Waiting, (long Cases, long Fen) Beyond);

/// <summary>
/// Goes through the cases of one partition, some of them each turn: which control lapses first and which receipt waits lies in the states of the cases, which are many, so a
/// list is as old as its pass is long. It is known once all cases were looked at, and stays known while the next pass is under way.
/// </summary>
internal sealed class CaseSweep
{
    /// <summary>Cases of a partition of which single receipts are kept.</summary>
    public const int WaitingMax = 20_000;

    private IReadOnlyList<LapsingControl> _lapsing = [];
    private Dictionary<CaseNumber, WaitingCase> _waiting = [];
    private (long Cases, long Fen) _beyond;
    private DateTimeOffset _since;

    /// <summary>Where the next look begins.</summary>
    public int Next { get; private set; }

    /// <summary>The day on which the running pass began.</summary>
    public DateOnly Day { get; private set; }

    /// <summary>The last whole pass; <see langword="null"/> before the first one.</summary>
    public CountedCases? Known { get; private set; }

    /// <summary>Cases whose receipts still have no date, of the running pass and of the last one.</summary>
    public IEnumerable<WaitingCase> Undated =>
        _waiting.Values.Concat(Known?.Waiting.Values ?? []).Where(static one => !one.SearchFrom.IsNone);

    /// <summary>Begins a pass, unless one is under way.</summary>
    public void Begin(DateTimeOffset now, DateOnly today)
    {
        if (Next == 0)
        {
            Clear();
            _since = now;
            Day = today;
        }
    }

    /// <summary>Takes a look in.</summary>
    public void Take(CaseLook look)
    {
        _lapsing = CaseLook.First(_lapsing.Concat(look.Lapsing));
        foreach (var one in look.Waiting)
        {
            if (_waiting.Count == WaitingMax)
            {
                _beyond = (_beyond.Cases + 1, checked(_beyond.Fen + one.Fen));
                continue;
            }

            if (Known?.Waiting.TryGetValue(one.Number, out var before) == true)
            {
                one.TakeDates(before);
            }

            _waiting[one.Number] = one;
        }

        Next = look.Next;
        if (Next == 0)
        {
            Known = new CountedCases(_since, _lapsing, _waiting, _beyond);
            Clear();
        }
    }

    /// <summary>Begins again: the partition was loaded anew, and its cases may lie in other places.</summary>
    public void Restart()
    {
        Next = 0;
        Clear();
    }

    // The last pass keeps the collections that it was given.
    private void Clear() => (_lapsing, _waiting, _beyond) = ([], [], default);
}
