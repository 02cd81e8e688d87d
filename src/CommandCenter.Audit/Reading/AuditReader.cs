using System.Collections.Concurrent;
using System.Text.Json;
using CommandCenter.Audit.Format;

namespace CommandCenter.Audit.Reading;

/// <summary>Searches a folder of the log, also while it is written. Any number of threads may use one.</summary>
/// <param name="folder">The folder.</param>
/// <remarks>
/// Whole files are left out by what their checkpoints say and, once <see cref="IndexAsync"/> has read them, by the values that they hold;
/// lines by their bytes before they are parsed. The index is in memory alone, and a search without it finds the same.
/// </remarks>
public sealed class AuditReader(string folder)
{
    private readonly ConcurrentDictionary<int, Bounds> _bounds = new(); // One a sealed file; those of removed files are dropped.

    private readonly ConcurrentDictionary<int, FileValues> _values = new(); // The same, of those that were read whole.
    private long _valuesBytes;
    private int _filesRead;

    internal long PageBytesMax { get; init; } = 64 * 1024 * 1024;

    internal long ValuesBytesMax { get; init; } = 64 * 1024 * 1024;

    /// <summary>Files that searches have opened.</summary>
    internal int FilesRead => Volatile.Read(ref _filesRead);

    /// <summary>Sealed files that a search can leave out without reading them.</summary>
    public int IndexedCount => _values.Count;

    /// <summary>Reads every sealed file that is not indexed yet, the newest first, and takes as long a rest after each as it took: nobody waits for it.</summary>
    /// <remarks>About 2 s of work for a million records, 1.5 MB of memory; at most 64 MiB, beyond which the oldest are searched by reading.</remarks>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    public async Task IndexAsync(TimeProvider time, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(time);
        foreach (var stem in FilesOf(new AuditQuery()).Where(stem => !_values.ContainsKey(stem.Number) && BoundsOf(stem) is not null))
        {
            if (Interlocked.Read(ref _valuesBytes) >= ValuesBytesMax || TryOpen(stem) is not { } handle)
            {
                continue;
            }

            var begun = time.GetTimestamp();
            using (handle)
            {
                if (FileValues.Read(handle, cancellationToken) is { } values && _values.TryAdd(stem.Number, values))
                {
                    _ = Interlocked.Add(ref _valuesBytes, values.SizeBytes);
                }
            }

            await Task.Delay(time.GetElapsedTime(begun), time, cancellationToken);
        }
    }

    /// <summary>One page. Reads at most 64 MiB: a page can be short, or empty, and still have a next one.</summary>
    /// <param name="query">Which records.</param>
    /// <param name="lastSequence">The last record that may be seen; <see cref="long.MaxValue"/> beside another process.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <exception cref="ArgumentOutOfRangeException">The size of the page is not 1 to 500.</exception>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    public AuditPage Search(AuditQuery query, long lastSequence, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Size, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(query.Size, AuditQuery.SizeMax);
        var records = new List<AuditRecord>();
        var bytes = 0L;
        var unreadable = 0;
        foreach (var line in Walk(query, lastSequence, cancellationToken))
        {
            bytes += line.Length;
            unreadable += line.IsUnreadable ? 1 : 0;
            if (line.Match is { } match)
            {
                records.Add(match);
            }

            if (records.Count == query.Size || (bytes >= PageBytesMax && !line.IsUnreadable))
            {
                return new AuditPage(records, line.Sequence, unreadable);
            }
        }

        return new AuditPage(records, Next: null, unreadable);
    }

    /// <summary>All that match, one after the other, with bounded memory. Damaged lines are left out; the verifier names them.</summary>
    /// <inheritdoc cref="Search"/>
    public IEnumerable<AuditRecord> Read(AuditQuery query, long lastSequence, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        return Walk(query, lastSequence, cancellationToken).Where(line => line.Match is not null).Select(line => line.Match!);
    }

    private IEnumerable<Line> Walk(AuditQuery query, long lastSequence, CancellationToken cancellationToken)
    {
        var filter = new RecordFilter(query);
        foreach (var stem in FilesOf(query))
        {
            if (!Touches(query, stem, lastSequence) || (_values.TryGetValue(stem.Number, out var values) && !filter.MayMatch(values)) || TryOpen(stem) is not { } handle)
            {
                continue;
            }

            _ = Interlocked.Increment(ref _filesRead);

            using (handle)
            {
                foreach (var line in query.IsOldestFirst ? FileLines.Forward(handle) : FileLines.Backward(handle))
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    if (line.Span[^1] != (byte)'\n')
                    {
                        continue; // Being written just now.
                    }

                    if (!AuditLine.TryRead(line.Span, out var frame))
                    {
                        yield return new Line(0, line.Length, Match: null, IsUnreadable: true);
                    }
                    else if (frame.Sequence <= lastSequence && IsBehind(query, frame.Sequence))
                    {
                        yield return Check(filter, line, frame.Sequence, frame.At);
                    }
                }
            }
        }
    }

    private static bool IsBehind(AuditQuery query, long sequence) =>
        query.After is not { } after || (query.IsOldestFirst ? sequence > after : sequence < after);

    private static Line Check(RecordFilter filter, ReadOnlyMemory<byte> line, long sequence, DateTimeOffset at)
    {
        if (!filter.MayMatch(at, line.Span))
        {
            return new Line(sequence, line.Length, Match: null, IsUnreadable: false);
        }

        try
        {
            var record = EntryBody.Read(line);
            return new Line(sequence, line.Length, filter.Matches(record) ? record : null, IsUnreadable: false);
        }
        catch (JsonException)
        {
            return new Line(sequence, line.Length, Match: null, IsUnreadable: true);
        }
    }

    private IEnumerable<FileStem> FilesOf(AuditQuery query)
    {
        var stems = AuditFolder.List(folder).Records;
        foreach (var gone in _bounds.Keys.Where(number => stems.Count == 0 || number < stems[0].Number))
        {
            _ = _bounds.TryRemove(gone, out _);
            if (_values.TryRemove(gone, out var values))
            {
                _ = Interlocked.Add(ref _valuesBytes, -values.SizeBytes);
            }
        }

        return query.IsOldestFirst ? stems : stems.Reverse();
    }

    private bool Touches(AuditQuery query, FileStem stem, long lastSequence)
    {
        // By its name alone: no record is younger than the hour of its file.
        if (query.From >= stem.Hour.AddHours(1))
        {
            return false;
        }

        return BoundsOf(stem) is not { } bounds
            || (!(query.From > bounds.Latest) && !(query.To <= bounds.Earliest) && bounds.First <= lastSequence
                && !(query.IsOldestFirst ? bounds.Last <= query.After : bounds.First >= query.After));
    }

    private Bounds? BoundsOf(FileStem stem)
    {
        if (_bounds.TryGetValue(stem.Number, out var known))
        {
            return known;
        }

        var path = stem.In(folder, FileStem.Checkpoint);
        if (!File.Exists(path) || SignedCheckpoint.Read(path)?.Content is not { } content)
        {
            return null; // Open, or damaged: it has to be read.
        }

        return _bounds[stem.Number] = new Bounds(content.First, content.Last, content.Earliest, content.Latest);
    }

    private Microsoft.Win32.SafeHandles.SafeFileHandle? TryOpen(FileStem stem)
    {
        try
        {
            return FileLines.Open(stem.In(folder, FileStem.Records));
        }
        catch (FileNotFoundException)
        {
            return null; // Removed by the retention since the folder was listed.
        }
    }

    private readonly record struct Line(long Sequence, int Length, AuditRecord? Match, bool IsUnreadable);

    private sealed record Bounds(long First, long Last, DateTimeOffset? Earliest, DateTimeOffset? Latest);
}
