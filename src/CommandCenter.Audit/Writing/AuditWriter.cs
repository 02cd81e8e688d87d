using System.Buffers;
using System.Globalization;
using System.Text;
using CommandCenter.Audit.Format;

namespace CommandCenter.Audit.Writing;

/// <summary>Writes groups of records, one file an hour. Knows no threads: one caller at a time.</summary>
/// <remarks>A method that throws has changed nothing that counts; calling it again later is right.</remarks>
internal sealed class AuditWriter : IDisposable
{
    /// <summary>Most files that one hour removes. A clock that runs years ahead for an hour then costs a day of old records, not all of them.</summary>
    public const int RemovedAtOnceMax = 24;

    private readonly string _folder;
    private readonly TimeSpan _retention;
    private readonly AuditDisk _disk;
    private readonly TimeProvider _time;
    private readonly CheckpointChain _checkpoints;
    private readonly ArrayBufferWriter<byte> _lines = new(64 * 1024);
    private readonly byte[] _chain;
    private readonly byte[] _nextChain = new byte[AuditLine.HashChars];

    private volatile AuditHead _head;
    private int _nextNumber;
    private long _sequence;
    private GrowingFile? _file;
    private IAuditFile? _target;
    private bool _isTorn; // Behind the last counted line lies what a failed write left.

    public AuditWriter(string folder, TimeSpan retention, AuditRecovery.Recovered from, AuditDisk disk, TimeProvider time)
    {
        _folder = folder;
        _retention = retention;
        _disk = disk;
        _time = time;
        _checkpoints = from.Checkpoints;
        _nextNumber = from.NextNumber;
        _sequence = from.Sequence;
        _chain = from.Chain;
        _head = NewHead();
    }

    /// <summary>The last record on the disk. Any thread may ask.</summary>
    public AuditHead Head => _head;

    /// <summary>When the file that is open is to be sealed; <see langword="null"/> when none is open.</summary>
    public DateTimeOffset? SealDue => _file?.Stem.Hour.AddHours(1);

    /// <summary>A file was sealed since old ones were last looked for.</summary>
    public bool IsRemovalDue { get; private set; } = true;

    /// <summary>Whether a new key waits to be announced by a checkpoint.</summary>
    public bool IsKeyNew => _checkpoints.IsKeyNew;

    /// <summary>Writes records one after the other and flushes them: all of them are on the disk, or none is in the log.</summary>
    /// <exception cref="IOException">The disk is full or fails.</exception>
    public void Write(IReadOnlyList<ReadOnlyMemory<byte>> bodies)
    {
        var now = _time.GetUtcNow();
        _ = SealIfDue(now);
        Begin(now);
        Repair();

        _lines.ResetWrittenCount();
        _chain.CopyTo(_nextChain.AsSpan());
        var sequence = _sequence;
        foreach (var body in bodies)
        {
            AuditLine.Write(_lines, ++sequence, _nextChain, now, body.Span);
        }

        Flush();
        _file!.Add(_lines.WrittenSpan, sequence, now);
        _sequence = sequence;
        _nextChain.CopyTo(_chain.AsSpan());
        _head = NewHead();
    }

    /// <summary>Writes a record of the log itself.</summary>
    /// <exception cref="IOException">The disk is full or fails.</exception>
    public void WriteOwn(string action, params IEnumerable<(string Key, string? Value)> detail) => Write([EntryBody.Encode(new AuditEntry
    {
        Action = action,
        Actor = AuditActions.Actor,
        Detail = detail.Where(pair => pair.Value is not null).ToDictionary(pair => pair.Key, pair => pair.Value!, StringComparer.Ordinal),
    })]);

    /// <summary>Seals the open file when its hour has ended; whether it was so.</summary>
    /// <exception cref="IOException">The disk is full or fails.</exception>
    public bool SealIfDue(DateTimeOffset now) => SealDue <= now && Seal();

    /// <summary>Seals the open file, so that the next record begins another; false when there is nothing to seal.</summary>
    /// <exception cref="IOException">The disk is full or fails.</exception>
    public bool Seal()
    {
        if (_file is null)
        {
            return false;
        }

        Repair();
        var hasRecords = _file.Length > 0;
        if (hasRecords)
        {
            _checkpoints.Seal(_file, _head.Hash, torn: null);
            _nextNumber++;
            IsRemovalDue = true;
        }
        else
        {
            File.Delete(_file.Stem.In(_folder, FileStem.Records)); // The disk was full before its first record.
        }

        Close();
        return hasRecords;
    }

    /// <summary>Cuts off what a failed write left, so that a reader beside it does not see it for long.</summary>
    /// <exception cref="IOException">The disk fails; nothing is written before this has worked.</exception>
    public void Repair()
    {
        if (_isTorn)
        {
            _target!.Cut(_file!.Length);
            _target.Flush();
            _isTorn = false;
        }
    }

    /// <summary>Removes files whose youngest record is older than the retention, the oldest first; whether there were any. What goes is written down first.</summary>
    /// <exception cref="IOException">The disk fails.</exception>
    public bool RemoveOld()
    {
        IsRemovalDue = false;
        var before = _time.GetUtcNow() - _retention;
        var old = AuditFolder.List(_folder).Records.TakeWhile(stem => IsOlder(stem, before)).Take(RemovedAtOnceMax).ToList();
        if (old.Count == 0)
        {
            return false;
        }

        WriteOwn(
            AuditActions.Removed,
            ("from", old[0].Number.ToString(CultureInfo.InvariantCulture)),
            ("through", old[^1].Number.ToString(CultureInfo.InvariantCulture)),
            ("olderThanDays", _retention.TotalDays.ToString(CultureInfo.InvariantCulture)));
        foreach (var stem in old)
        {
            File.Delete(stem.In(_folder, FileStem.Torn));
            File.Delete(stem.In(_folder, FileStem.Records));
        }

        return true;
    }

    public void Dispose() => Close();

    private void Flush()
    {
        _isTorn = true;
        try
        {
            _target!.Write(_lines.WrittenSpan, _file!.Length);
            _target.Flush();
            _isTorn = false;
        }
        catch
        {
            TryRepair();
            throw;
        }
    }

    private void TryRepair()
    {
        try
        {
            Repair();
        }
        catch (IOException)
        {
            // The caller hears of the first failure; the next write begins with the repair.
        }
    }

    private bool IsOlder(FileStem stem, DateTimeOffset before)
    {
        var checkpoint = stem.In(_folder, FileStem.Checkpoint);
        return File.Exists(checkpoint) && SignedCheckpoint.Read(checkpoint)?.Content is { } content && (content.Latest ?? content.Sealed) < before;
    }

    private void Begin(DateTimeOffset now)
    {
        if (_file is null)
        {
            var stem = new FileStem(_nextNumber, FileStem.HourOf(now));
            _target = _disk.Create(stem.In(_folder, FileStem.Records));
            _file = new GrowingFile(stem, _sequence + 1);
        }
    }

    private void Close()
    {
        _target?.Dispose();
        _file?.Dispose();
        _target = null;
        _file = null;
        _isTorn = false;
    }

    private AuditHead NewHead() => new(_sequence, Encoding.ASCII.GetString(_chain));
}
