using System.Globalization;
using CommandCenter.Audit.Format;
using CommandCenter.Audit.Reading;
using CommandCenter.Audit.Writing;

namespace CommandCenter.Audit;

/// <summary>
/// The trace of who did what: records in a chain of hashes, one file an hour, each sealed by a signed checkpoint. It only grows.
/// </summary>
/// <remarks>
/// An append that returned is on the disk; one that threw is not in the log, and the act that it stands for must not happen. After kill -9 the log
/// holds every record that was acknowledged, and perhaps whole records that were under way. Many callers share one flush.
/// One process writes to a folder; any number may read and verify beside it.
/// </remarks>
public sealed class AuditLog : IAsyncDisposable
{
    private static readonly TimeSpan s_retryAfter = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_timerMax = TimeSpan.FromMinutes(5); // Timers do not see a clock that is set; looking again costs nothing.

    private readonly FileStream _lock;
    private readonly AuditKey _key;
    private readonly AuditWriter _writer;
    private readonly TimeProvider _time;
    private readonly AuditReader _reader;
    private readonly AppendQueue _queue = new();
    private readonly ITimer _timer;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile AuditException? _fault;
    private int _isDisposed;

    private AuditLog(FileStream @lock, AuditKey key, AuditWriter writer, string folder, TimeProvider time)
    {
        _lock = @lock;
        _key = key;
        _writer = writer;
        _time = time;
        _reader = new AuditReader(folder);
        _timer = time.CreateTimer(static queue => ((AppendQueue)queue!).Nudge(), _queue, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        new Thread(Run) { Name = "audit", IsBackground = true }.Start();
        _queue.Nudge(); // Looks for old files and sets the timer.
    }

    /// <summary>The last record on the disk, with its hash. Worth keeping elsewhere now and then: nothing before it can be cut off unseen.</summary>
    public AuditHead Head => _writer.Head;

    /// <summary>
    /// The head that was noted beside the key and was not in the folder when the log was opened; <see langword="null"/> when all was there.
    /// A restored backup lacks it, and so does a log whose end somebody cut off or wrote anew. Which of the two it was, a person has to say.
    /// </summary>
    public AuditHead? LostHead { get; private init; }

    /// <summary>Why the latest write or seal failed; <see langword="null"/> while all is well.</summary>
    public AuditException? Fault => _fault;

    /// <summary>Opens a log, making folder and key where they are missing, closes what a crash left open, and records the start.</summary>
    /// <exception cref="ArgumentException">The options are wrong; the message says all that is.</exception>
    /// <exception cref="AuditException">The folder is in use or damaged, the key cannot be used, or nothing can be written.</exception>
    public static AuditLog Open(AuditLogOptions options, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        return Open(options, time, new AuditDisk());
    }

    internal static AuditLog Open(AuditLogOptions options, TimeProvider time, AuditDisk disk)
    {
        var faults = options.Faults();
        if (faults.Count > 0)
        {
            throw new ArgumentException(string.Join(' ', faults), nameof(options));
        }

        var folder = Path.GetFullPath(options.Folder);
        FileStream? @lock = null;
        AuditKey? key = null;
        AuditWriter? writer = null;
        try
        {
            _ = Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            @lock = Lock(folder);
            var keyFile = Path.GetFullPath(options.KeyFile);
            key = AuditKey.OpenOrMake(keyFile, disk);
            key.PutPublic(Path.Combine(folder, AuditFolder.CopyOf(key.Public)), disk);
            var noted = AuditHead.ReadNoted(keyFile); // Before the recovery seals, and notes its own.
            var recovered = AuditRecovery.Recover(folder, key, keyFile, disk, time);
            writer = new AuditWriter(folder, TimeSpan.FromDays(options.RetentionDays), recovered, disk, time);
            var lost = LostHeadOf(recovered, noted);
            RecordStart(writer, recovered, key, lost);
            return new AuditLog(@lock, key, writer, folder, time) { LostHead = lost };
        }
        catch (Exception exception)
        {
            writer?.Dispose();
            key?.Dispose();
            @lock?.Dispose();
            if (exception is IOException or UnauthorizedAccessException)
            {
                throw NotWritten(exception);
            }

            throw;
        }
    }

    /// <summary>Adds a record and returns its sequence once it is on the disk. Waits while 1,024 others wait.</summary>
    /// <param name="entry">What happened.</param>
    /// <param name="cancellationToken">Gives up waiting. Once the record is in the queue it may be written all the same.</param>
    /// <exception cref="AuditException">It is not in the log: the disk is full or fails, or the log was closed. Refuse the act.</exception>
    /// <exception cref="ArgumentException">The entry has no action.</exception>
    public Task<long> AppendAsync(AuditEntry entry, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return QueueAsync(new Append(EntryBody.Encode(entry)), cancellationToken);
    }

    /// <summary>Seals what was written so far into a signed checkpoint, before a backup for example.</summary>
    /// <exception cref="AuditException">The disk is full or fails, or the log was closed.</exception>
    public Task SealAsync(CancellationToken cancellationToken) => QueueAsync(new Append(default), cancellationToken);

    /// <summary>Fingerprint of the key that signs: SHA-256 of its SubjectPublicKeyInfo, 64 lower-case digits.</summary>
    public string KeyFingerprint => _key.Public.Fingerprint;

    /// <summary>Signs the manifest of a pack of evidence with the key of the log: ECDSA on P-256 with SHA-256, DER.</summary>
    /// <param name="manifest">It has to begin as such a manifest does: the key signs checkpoints too, and nothing handed in here may become one.</param>
    /// <exception cref="ArgumentException">It is no manifest of a pack.</exception>
    /// <exception cref="ObjectDisposedException">The log was closed.</exception>
    public byte[] SignEvidence(byte[] manifest)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        var isManifest = manifest.AsSpan() is [(byte)'{', .. var rest] && rest.TrimStart(" \n"u8).StartsWith("\"evidence\":"u8);
        return isManifest ? _key.Sign(manifest) : throw new ArgumentException("It is no manifest of a pack of evidence.", nameof(manifest));
    }

    /// <summary>One page of the records that are on the disk. Reads at most 64 MiB, on the caller's thread.</summary>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    public AuditPage Search(AuditQuery query, CancellationToken cancellationToken) => _reader.Search(query, Head.Sequence, cancellationToken);

    /// <summary>Reads what is sealed and not indexed yet, so that searches can leave files out. Resting as long as it works; for a thread that nobody waits for.</summary>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    public Task IndexAsync(CancellationToken cancellationToken) => _reader.IndexAsync(TimeProvider.System, cancellationToken);

    /// <summary>Sealed files that a search can leave out without reading them.</summary>
    public int IndexedCount => _reader.IndexedCount;

    /// <summary>All records that match, one after the other, with bounded memory: for exports.</summary>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    public IEnumerable<AuditRecord> Read(AuditQuery query, CancellationToken cancellationToken) => _reader.Read(query, Head.Sequence, cancellationToken);

    /// <summary>The names of the files of a folder in the order in which a copy has to take them beside the writer: what is sealed never before its seal.</summary>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    public static IReadOnlyList<string> FilesToCopy(string folder)
    {
        // Listed before anything is copied: a file that is begun meanwhile is left out, and what it follows may then be unsealed, as after a crash.
        var names = AuditFolder.List(folder);
        return
        [
            .. names.PublicKeys,
            .. names.Torn.Select(static stem => stem + FileStem.Torn),
            .. names.Checkpoints.Select(static stem => stem + FileStem.Checkpoint),
            .. names.Records.Select(static stem => stem + FileStem.Records),
        ];
    }

    /// <summary>Writes what waits, records the stop, seals, and lets go of the folder.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) == 0)
        {
            _queue.Close();
        }

        await _ended.Task;
    }

    // The note is never ahead of the checkpoints: what it names was sealed. So it must still be there, and with this hash.
    private static AuditHead? LostHeadOf(AuditRecovery.Recovered recovered, AuditHead? noted)
    {
        var last = recovered.SealedHead;
        return noted is not null && (last is null || noted.Sequence > last.Sequence || (noted.Sequence == last.Sequence && noted != last)) ? noted : null;
    }

    private static void RecordStart(AuditWriter writer, AuditRecovery.Recovered recovered, AuditKey key, AuditHead? lost)
    {
        writer.WriteOwn(
            AuditActions.Started,
            ("key", key.Public.Fingerprint),
            ("closedFile", recovered.ClosedFile),
            ("tornBytes", recovered.Torn?.Bytes.ToString(CultureInfo.InvariantCulture)),
            ("tornSha256", recovered.Torn?.Sha256),
            ("lostHead", lost?.ToString()));
        if (writer.IsKeyNew)
        {
            _ = writer.Seal(); // At once: the old key that has to vouch for the new one may be gone in an hour.
        }
    }

    private static FileStream Lock(string folder)
    {
        const int WouldBlock = 11;
        try
        {
            // An advisory flock: the kernel lets go of it when the process dies.
            return new FileStream(Path.Combine(folder, AuditFolder.LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException exception) when (exception.HResult == WouldBlock)
        {
            throw new AuditException(AuditException.InUse, $"Another process writes to {folder}.", exception);
        }
    }

    private static AuditException NotWritten(Exception cause) =>
        new(AuditException.NotWritten, $"The audit log cannot be written: {cause.Message}", cause);

    private async Task<long> QueueAsync(Append append, CancellationToken cancellationToken)
    {
        await _queue.AddAsync(append, cancellationToken);
        return await append.Answer.WaitAsync(cancellationToken);
    }

    private void Run()
    {
        var group = new List<Append>();
        var bodies = new List<ReadOnlyMemory<byte>>();
        while (_queue.Take(group))
        {
            bodies.Clear();
            bodies.AddRange(group.Where(append => !append.IsSeal).Select(append => append.Body));
            var isDone = Attempt(() => Step(bodies, isSeal: group is [{ IsSeal: true }]));
            var sequence = _writer.Head.Sequence - group.Count;
            foreach (var append in group)
            {
                if (isDone)
                {
                    append.Done(append.IsSeal ? _writer.Head.Sequence : ++sequence);
                }
                else
                {
                    append.Fail(_fault!);
                }
            }

            if (isDone && _writer.IsRemovalDue)
            {
                _ = Attempt(_writer.RemoveOld);
            }

            SetTimer();
        }

        End();
    }

    private bool Step(List<ReadOnlyMemory<byte>> bodies, bool isSeal)
    {
        if (bodies.Count > 0)
        {
            _writer.Write(bodies);
            return true;
        }

        if (isSeal)
        {
            return _writer.Seal();
        }

        _writer.Repair();
        return _writer.SealIfDue(_time.GetUtcNow());
    }

    // Top of the loop: whatever goes wrong, those who wait hear of it, and the next try starts clean.
    private bool Attempt(Func<bool> step)
    {
        try
        {
            if (step())
            {
                _fault = null; // Something reached the disk. That there was nothing to do proves nothing.
            }

            return true;
        }
        catch (Exception exception)
        {
            _fault = NotWritten(exception);
            return false;
        }
    }

    private void SetTimer()
    {
        if (_fault is not null)
        {
            _ = _timer.Change(s_retryAfter, Timeout.InfiniteTimeSpan);
        }
        else if (_writer.SealDue is { } due)
        {
            var wait = due - _time.GetUtcNow();
            _ = _timer.Change(wait < TimeSpan.Zero ? TimeSpan.Zero : wait > s_timerMax ? s_timerMax : wait, Timeout.InfiniteTimeSpan);
        }
    }

    private void End()
    {
        // A disk that is full now leaves the file open; the next start seals it.
        _ = Attempt(() =>
        {
            _writer.WriteOwn(AuditActions.Stopped);
            return _writer.Seal();
        });
        _timer.Dispose();
        _writer.Dispose();
        _key.Dispose();
        _lock.Dispose();
        _ended.SetResult();
    }
}
