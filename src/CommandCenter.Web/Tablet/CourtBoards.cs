using CommandCenter.Domain;
using CommandCenter.Domain.Cases;
using CommandCenter.Domain.Courts;
using CommandCenter.Runtime.Partitions;
using CommandCenter.Web.Grains;
using CommandCenter.Web.Watch;

namespace CommandCenter.Web.Tablet;

/// <summary>
/// The boards of the courts that somebody looks at. A court's cases are gone through at most once in twenty seconds, some of them each question,
/// however many tablets look; a court that nobody looks at costs nothing.
/// </summary>
internal sealed class CourtBoards(GrainHost grains, CaseWatch watch, TimeProvider time)
{
    // A thousand states take about a millisecond to read, and no event waits longer than that.
    private const int StatesMax = 1_000;
    private const int RowsMax = 20_000;
    private static readonly TimeSpan s_freshFor = TimeSpan.FromSeconds(20);

    private readonly Entry[] _entries = [.. grains.Courts.Courts.Select(static _ => new Entry())];

    /// <summary>The board of a court; <see langword="null"/> when its partition is stopped and nothing is known of it.</summary>
    public Task<CourtBoard?> ReadAsync(Court court)
    {
        var entry = _entries[court.Index];
        lock (entry)
        {
            if (entry.Latest is { } latest && time.GetUtcNow() - latest.CountedAt < s_freshFor)
            {
                return Task.FromResult<CourtBoard?>(latest);
            }

            // Who comes while it is counted waits for that count: it belongs to nobody's request.
            return entry.Running is { IsCompleted: false } running ? running : entry.Running = CountAsync(court, entry);
        }
    }

    private async Task<CourtBoard?> CountAsync(Court court, Entry entry)
    {
        await Task.Yield(); // Not within the lock.
        try
        {
            for (; ; )
            {
                if (await TryCountAsync(court) is { } board)
                {
                    lock (entry)
                    {
                        entry.Latest = board;
                    }

                    return board;
                }
            }
        }
        catch (PartitionUnavailableException)
        {
            lock (entry)
            {
                return entry.Latest; // With the time at which it was counted.
            }
        }
    }

    // Nothing when the partition was loaded anew meanwhile: its cases lie in other places then.
    private async Task<CourtBoard?> TryCountAsync(Court court)
    {
        var now = time.GetUtcNow();
        var count = new BoardCount(court.Index, now, watch.WaitingByCase);
        var partition = grains.Map.PartitionOf(court);
        var (first, places) = await grains.AskAsync(partition, model => (model, model.Cases.PlacesOf(court.Index).ToArray()), CancellationToken.None);
        for (var next = 0; next < places.Length;)
        {
            var from = next;
            next = await grains.AskAsync(partition, model => ReferenceEquals(model, first) ? count.Take(model, places, from, StatesMax, RowsMax) : -1, CancellationToken.None);
            if (next < 0)
            {
                return null;
            }
        }

        return count.ToBoard();
    }

    private sealed class Entry
    {
        public CourtBoard? Latest { get; set; }

        public Task<CourtBoard?>? Running { get; set; }
    }
}

/// <summary>Goes through the cases of one court. One thread at a time: that of the partition.</summary>
/// <param name="court">Its index.</param>
/// <param name="now">When the count began.</param>
/// <param name="waiting">Since when money waits, as far as that is known.</param>
internal sealed class BoardCount(int court, DateTimeOffset now, IReadOnlyDictionary<CaseNumber, WaitingItem> waiting)
{
    private static readonly int s_aheadMax = BoardDays.Ahead[^1];

    private readonly DateOnly _today = ShanghaiTime.DayOf(now);
    private readonly Dictionary<int, HandlerBoard> _handlers = [];

    /// <summary>Looks at some cases.</summary>
    /// <returns>Where the next look begins.</returns>
    public int Take(GrainModel model, int[] places, int from, int statesMax, int rowsMax)
    {
        var states = 0;
        var i = from;
        for (; i < places.Length && states < statesMax && i - from < rowsMax; i++)
        {
            ref readonly var row = ref model.Cases[places[i]];
            if (row.Court != court || row.Status == CaseStatus.Moved)
            {
                continue; // It moved on while the count went on.
            }

            var isOpen = row.Status is CaseStatus.Open or CaseStatus.Suspended;
            var isWaiting = row.FundsInFen > row.FundsOutFen;
            if (!isOpen && !isWaiting)
            {
                continue;
            }

            var board = BoardOf(model, row.Handler);
            var number = row.Number;
            if (isWaiting)
            {
                var fen = row.FundsInFen - row.FundsOutFen;
                board.Add(new MoneyItem(
                    court, number, board.Handler, model.Cases.PartiesAt(in row) is [var payee, ..] ? payee : "", fen, waiting.TryGetValue(number, out var known) ? known.Days : null));
            }

            if (!isOpen)
            {
                continue;
            }

            board.Pending += row.IsMain ? 1 : 0;
            if (row.IsMain && row.Status == CaseStatus.Open)
            {
                // While it is suspended its clock stands still.
                var days = DaysTo(new DateTimeOffset(row.DueAt, TimeSpan.Zero), row.IsOverdue(now));
                if (days <= s_aheadMax)
                {
                    board.Add(new LimitItem(court, number, board.Handler, days));
                }
            }

            states++;
            foreach (var property in model.Look(number)!.FileOrNull!.Properties)
            {
                var days = property.Until.DayNumber - _today.DayNumber;
                if (days <= s_aheadMax)
                {
                    board.Add(new ControlItem(court, number, board.Handler, property.Id, property.Class, property.Act, days));
                }
            }
        }

        return i;
    }

    public CourtBoard ToBoard() => new(court, now, _today, [.. _handlers.Values.OrderBy(static board => board.Handler, StringComparer.Ordinal)]);

    // The limit is the moment after its last day. Where suspended time moved it into a day, that day still counts as left until the moment comes.
    private int DaysTo(DateTimeOffset due, bool isOverdue)
    {
        var days = ShanghaiTime.DayOf(due.AddTicks(-1)).DayNumber - _today.DayNumber;
        return isOverdue ? Math.Min(days, -1) : Math.Max(days, 0);
    }

    private HandlerBoard BoardOf(GrainModel model, int handler)
    {
        if (!_handlers.TryGetValue(handler, out var board))
        {
            _handlers.Add(handler, board = new HandlerBoard(handler < 0 ? null : model.Texts[handler]));
        }

        return board;
    }
}
