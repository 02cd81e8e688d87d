using System.Runtime.InteropServices;
using CommandCenter.Domain;
using CommandCenter.Domain.Cases;
using CommandCenter.Domain.Courts;
using CommandCenter.Domain.Funds;
using CommandCenter.Web.Grains;

namespace CommandCenter.Web.Reading;

/// <summary>One movement of money, as it moved the figures.</summary>
/// <param name="Case">The case.</param>
/// <param name="Court">The court that booked it, by index.</param>
/// <param name="AtTicks">When, in UTC.</param>
/// <param name="Fen">How much; a reversal is below zero.</param>
/// <param name="Direction">In or out.</param>
/// <param name="Position">Its record in the journal of its partition.</param>
internal readonly record struct FundsMovement(CaseNumber Case, int Court, long AtTicks, long Fen, FundsDirection Direction, long Position);

/// <summary>
/// The movements of money of this year, read from the journals. Figures hold sums and cases hold totals; which payments a sum is made of, only
/// the journal knows.
/// </summary>
/// <remarks>
/// Facts are taken ten minutes ahead of time at most, so what happened this year was recorded no earlier than its first day: the journal
/// before it need not be read. One thread keeps; any thread asks.
/// </remarks>
internal sealed class FundsBook : IJournalKeeper
{
    /// <summary>The most movements kept, 40 bytes each. Beyond it the earliest days are given up, and an answer says so.</summary>
    public const int MovementsMax = 1_000_000;

    // No clock is so wrong that a record of this year is stamped before the last week of the last one.
    private static readonly TimeSpan s_clockMargin = TimeSpan.FromDays(7);

    private readonly CourtTree _courts;
    private readonly int _movementsMax;
    private readonly Volume[] _volumes;
    private readonly TextPool _marks = new();
    private readonly Lock _gate = new();
    private DateOnly _from;
    private int _count;

    public FundsBook(GrainHost grains, TimeProvider time, int movementsMax = MovementsMax)
    {
        _courts = grains.Courts;
        _movementsMax = movementsMax;
        _from = new DateOnly(ShanghaiTime.DayOf(time.GetUtcNow()).Year, 1, 1);
        _volumes = [.. Enumerable.Range(0, grains.PartitionCount).Select(static _ => new Volume())];
    }

    /// <summary>The first day whose movements are all here.</summary>
    public DateOnly From
    {
        get
        {
            lock (_gate)
            {
                return _from;
            }
        }
    }

    /// <inheritdoc/>
    public DateTimeOffset ReadFrom => ShanghaiTime.StartOf(From) - s_clockMargin;

    /// <summary>Since when the movements of a partition are up to date; <see langword="null"/> before the journal was read once.</summary>
    public DateTimeOffset? AsOf(int partition)
    {
        lock (_gate)
        {
            return _volumes[partition].AsOf;
        }
    }

    /// <summary>Goes through the movements of some courts in a range, day by day from the last, in no order within a day.</summary>
    /// <param name="courts">The courts by index.</param>
    /// <param name="range">When.</param>
    /// <param name="direction">In or out.</param>
    /// <param name="take">Is given the partition, and the movements of a day; called under a lock, so it must be quick.</param>
    public void Visit(bool[] courts, TimeRange range, FundsDirection direction, Action<int, int, IEnumerable<FundsMovement>> take)
    {
        lock (_gate)
        {
            foreach (var day in _volumes.SelectMany(volume => volume.Days.Keys).Distinct().OrderDescending().ToArray())
            {
                for (var partition = 0; partition < _volumes.Length; partition++)
                {
                    if (_volumes[partition].Days.TryGetValue(day, out var movements))
                    {
                        take(day, partition, movements
                            .Where(movement => movement.Direction == direction && movement.Court >= 0 && courts[movement.Court] && range.Contains(movement.AtTicks))
                            .Select(movement => movement.Show(_marks)));
                    }
                }
            }
        }
    }

    /// <inheritdoc/>
    public void Take(int partition, long position, GrainRecord record)
    {
        if (record is not GrainRecord.OfCase { Envelope: { } envelope } fact)
        {
            return;
        }

        var (fen, direction) = fact.Event switch
        {
            CaseEvent.FundsReceived e => (e.AmountFen, FundsDirection.In),
            CaseEvent.FundsDisbursed e => (e.AmountFen, FundsDirection.Out),
            CaseEvent.FundsReversed e => (-e.AmountFen, e.Direction),
            _ => (0L, (FundsDirection?)null),
        };
        if (direction is { } way)
        {
            // A source's fact comes from the court that holds the case: the one whose figure it moved.
            var court = _courts.TryFind(envelope.CourtMark, out var found) ? found.Index : -1;
            Keep(_volumes[partition], new FundsMovement(fact.Number, court, fact.Event.At.UtcTicks, fen, way, position));
        }
    }

    /// <inheritdoc/>
    public void Forget(int partition)
    {
        lock (_gate)
        {
            var volume = _volumes[partition];
            _count -= volume.Days.Values.Sum(static movements => movements.Count);
            volume.Days.Clear();
            volume.AsOf = null;
        }
    }

    /// <inheritdoc/>
    public void Reach(int partition, DateTimeOffset asOf)
    {
        lock (_gate)
        {
            _volumes[partition].AsOf = asOf;
        }
    }

    private void Keep(Volume volume, FundsMovement movement)
    {
        var day = ShanghaiTime.DayNumberOf(new DateTimeOffset(movement.AtTicks, TimeSpan.Zero));
        lock (_gate)
        {
            if (day < ShanghaiTime.DayNumberOf(_from))
            {
                return;
            }

            if (!volume.Days.TryGetValue(day, out var movements))
            {
                volume.Days.Add(day, movements = []);
            }

            movements.Add(new KeptMovement(movement, _marks));
            if (++_count > _movementsMax)
            {
                GiveUpFirstDay();
            }
        }
    }

    private void GiveUpFirstDay()
    {
        var first = _volumes.SelectMany(volume => volume.Days.Keys).Min();
        foreach (var volume in _volumes)
        {
            if (volume.Days.Remove(first, out var movements))
            {
                _count -= movements.Count;
            }
        }

        _from = new DateOnly(1970, 1, 1).AddDays(first + 1);
    }

    /// <summary>What is known of one partition. Read under the gate.</summary>
    private sealed class Volume
    {
        public Dictionary<int, List<KeptMovement>> Days { get; } = [];

        public DateTimeOffset? AsOf { get; set; }
    }

    /// <summary>A movement without a reference in it: the collector never looks into a million of them.</summary>
    [StructLayout(LayoutKind.Auto)]
    private readonly struct KeptMovement(FundsMovement movement, TextPool marks)
    {
        private readonly long _fen = movement.Fen;
        private readonly long _position = movement.Position;
        private readonly int _number = movement.Case.Number;
        private readonly int _mark = marks.NumberOf(movement.Case.CourtMark);
        private readonly ushort _year = (ushort)movement.Case.Year;
        private readonly short _court = (short)movement.Court;
        private readonly byte _type = (byte)movement.Case.Type.Index;
        private readonly byte _direction = (byte)movement.Direction;

        public long AtTicks { get; } = movement.AtTicks;

        public int Court => _court;

        public FundsDirection Direction => (FundsDirection)_direction;

        public FundsMovement Show(TextPool marks) => new(new CaseNumber(_year, marks[_mark], CaseType.All[_type], _number), Court, AtTicks, _fen, Direction, _position);
    }
}
