using CommandCenter.Runtime.Partitions;

namespace CommandCenter.Runtime.Journal;

/// <summary>Reads records through a small cache of rows, the running group first.</summary>
internal sealed class JournalReader(JournalDatabase database, RecordWriter? running) : IJournalReader
{
    // A timeline touches a handful of rows over and over; rows are up to some MiB, so the cache stays small.
    private const int CachedRowsMax = 8;

    // A long scan takes this much at once, in a transaction that ends with it.
    private const int RowsAtOnce = 64;
    private const int BytesAtOnce = 1024 * 1024;

    private readonly LinkedList<CachedRow> _cache = [];

    public byte[] Read(long position)
    {
        if (running is not null && running.TryRead(position, out var pending))
        {
            return pending.ToArray();
        }

        var row = FindRow(position)
            ?? throw new ArgumentOutOfRangeException(nameof(position), position, "There is no record at this position.");
        return row.ReadAt(position).ToArray();
    }

    public IEnumerable<(long Position, ReadOnlyMemory<byte> Record)> Scan(long from)
    {
        var next = Math.Max(from, 1);
        while (LoadRowFrom(next) is { } row)
        {
            for (var position = Math.Max(next, row.First); position <= row.Last; position++)
            {
                yield return (position, row.ReadAt(position));
            }

            next = row.Last + 1;
        }

        while (running is not null && running.TryRead(next, out var pending))
        {
            yield return (next, pending.ToArray());
            next++;
        }
    }

    /// <summary>What a replay applies: like <see cref="Scan"/>, without the records and rows that somebody has skipped. A record is valid until the next.</summary>
    public IEnumerable<(long Position, ReadOnlyMemory<byte> Record)> ScanApplied(long from, IReadOnlyList<Skip> skips)
    {
        var records = skips.Where(static skip => skip.Kind == SkipKind.Record).Select(static skip => skip.Position).ToHashSet();
        var rows = skips.Where(static skip => skip.Kind == SkipKind.Row).Select(static skip => skip.Position).ToHashSet();
        var start = Math.Max(from, 1);
        using var some = new RowBlock();
        for (var next = database.FirstOfRowAt(start); next is { } first;)
        {
            next = LoadSome(first, rows, some);
            foreach (var record in some.Records())
            {
                if (record.Position >= start && (records.Count == 0 || !records.Contains(record.Position)))
                {
                    yield return record;
                }
            }
        }
    }

    private CachedRow? FindRow(long position)
    {
        for (var node = _cache.First; node is not null; node = node.Next)
        {
            if (node.Value.First <= position && position <= node.Value.Last)
            {
                _cache.Remove(node);
                _cache.AddFirst(node);
                return node.Value;
            }
        }

        CachedRow? found = null;
        if (database.ReadRowAt(position, row => (found = new CachedRow(row)) is not null) && found is not null)
        {
            _ = _cache.AddFirst(found);
            if (_cache.Count > CachedRowsMax)
            {
                _cache.RemoveLast();
            }
        }

        return found;
    }

    /// <summary>Loads a few rows by one statement, so that small groups do not cost a look-up each; where the next ones begin, null at the end.</summary>
    private long? LoadSome(long first, HashSet<long?> skipped, RowBlock rows)
    {
        long? next = null;
        rows.Clear();
        database.ReadRowsFrom(first, row =>
        {
            if (rows.Count == RowsAtOnce || rows.Bytes > BytesAtOnce)
            {
                next = row.First;
                return false;
            }

            if (!skipped.Contains(row.First))
            {
                rows.Add(row); // A damaged row may not even be framed, so one that is skipped is not looked at.
            }

            return true;
        });
        return next;
    }

    private CachedRow? LoadRowFrom(long position)
    {
        CachedRow? found = null;
        if (database.FirstOfRowAt(position) is { } first)
        {
            _ = database.ReadRowAt(first, row => (found = new CachedRow(row)) is not null);
        }

        return found;
    }

    private sealed class CachedRow(JournalRow row)
    {
        private readonly byte[] _body = row.Body.ToArray();
        private readonly int[] _offsets = RowBody.Offsets(row.Body, row.Count);

        public long First { get; } = row.First;

        public long Last => First + _offsets.Length - 1;

        public ReadOnlyMemory<byte> ReadAt(long position)
        {
            var record = RowBody.ReadAt(_body, _offsets[position - First], out var next);
            return _body.AsMemory(next - record.Length, record.Length);
        }
    }
}
