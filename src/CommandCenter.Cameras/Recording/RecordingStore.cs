namespace CommandCenter.Cameras.Recording;

/// <summary>All recordings of a folder: recovers them, records, keeps what is held, removes what is too old or too much.</summary>
/// <remarks>One process at a time; any number may read beside it with a <see cref="RecordingLibrary"/>. Any thread.</remarks>
public sealed class RecordingStore : IAsyncDisposable
{
    private const string LockName = "lock";
    private const int Full = 28, OverQuota = 122, WouldBlock = 11; // ENOSPC, EDQUOT, EWOULDBLOCK

    private readonly Lock _gate = new();
    private readonly FileStream _lock;
    private readonly TimeProvider _time;
    private readonly Dictionary<string, CameraFolder> _cameras = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Recorder> _recorders = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _damaged = new(StringComparer.Ordinal);
    private readonly RecordingRoom _room;

    private RecordingStore(RecordingOptions options, IRecordingObserver observer, TimeProvider time, RecordingDisk disk, FileStream @lock)
    {
        Options = options;
        Observer = observer;
        Disk = disk;
        _time = time;
        _lock = @lock;
        _room = new RecordingRoom(options, observer, time, disk);
    }

    /// <summary>Bytes of all segments.</summary>
    public long UsedBytes => _room.UsedBytes;

    /// <summary>Cameras that have recordings, or had some.</summary>
    public IReadOnlyList<string> Cameras
    {
        get
        {
            lock (_gate)
            {
                return [.. _cameras.Keys.Order(StringComparer.Ordinal)];
            }
        }
    }

    /// <summary>Cameras that were set aside because what lies in their folders cannot be read (<c>recording.damaged</c>), and what is wrong, for people.</summary>
    /// <remarks>Nothing of theirs is changed or removed. Each comes back by itself with the first call that finds its folder mended.</remarks>
    public IReadOnlyDictionary<string, string> Damaged
    {
        get
        {
            lock (_gate)
            {
                return new Dictionary<string, string>(_damaged, StringComparer.Ordinal);
            }
        }
    }

    internal RecordingOptions Options { get; }

    internal IRecordingObserver Observer { get; }

    internal RecordingDisk Disk { get; }

    /// <summary>Opens a folder, making it where it is missing, and closes what a crash left open.</summary>
    /// <param name="options">Where, and how much.</param>
    /// <param name="observer">Hears of segments that are closed and removed, those that are recovered now included.</param>
    /// <param name="time">Decides what is old, and when to try again.</param>
    /// <exception cref="ArgumentException">The options are wrong; the message says all that is.</exception>
    /// <exception cref="RecordingException"><c>recording.in-use</c>. A damaged camera stops nobody else: see <see cref="Damaged"/>.</exception>
    /// <exception cref="IOException">The disk fails.</exception>
    public static RecordingStore Open(RecordingOptions options, IRecordingObserver observer, TimeProvider time) => Open(options, observer, time, new RecordingDisk());

    internal static RecordingStore Open(RecordingOptions options, IRecordingObserver observer, TimeProvider time, RecordingDisk disk)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(observer);
        ArgumentNullException.ThrowIfNull(time);
        var faults = options.Faults();
        if (faults.Count > 0)
        {
            throw new ArgumentException(string.Join(' ', faults), nameof(options));
        }

        options = options with { Root = Path.GetFullPath(options.Root) };
        _ = Directory.CreateDirectory(options.Root, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var @lock = Lock(options.Root);
        try
        {
            var store = new RecordingStore(options, observer, time, disk, @lock);
            foreach (var name in Directory.EnumerateDirectories(options.Root).Select(static path => Path.GetFileName(path)).Where(SegmentName.IsCamera))
            {
                store.OpenCamera(name);
            }

            return store;
        }
        catch
        {
            @lock.Dispose();
            throw;
        }
    }

    /// <summary>Begins to record a camera; dispose the recorder to end it.</summary>
    /// <param name="camera">1 to 64 letters, digits, dots, dashes and underscores of ASCII, not beginning with a dot.</param>
    /// <exception cref="ArgumentException">The name is none.</exception>
    /// <exception cref="RecordingException">It is recorded already (<c>recording.in-use</c>), or cannot be read (<c>recording.damaged</c>).</exception>
    /// <exception cref="IOException">The disk fails.</exception>
    public Recorder Record(string camera)
    {
        lock (_gate)
        {
            if (_recorders.ContainsKey(camera))
            {
                throw new RecordingException(RecordingException.InUse, $"{camera} is recorded already.", innerException: null);
            }

            var folder = Folder(camera);
            RecoverOrSetAside(folder); // What a recorder before could not close on a full disk.
            return _recorders[camera] = new Recorder(this, folder, _time);
        }
    }

    /// <summary>Holds a range of a camera, durably. The same hold twice is held once; another with the same id replaces it.</summary>
    /// <exception cref="ArgumentException">A text is empty or too long (id 64, by 128, why 1,000 characters), or the range ends before it begins.</exception>
    /// <exception cref="IOException">The disk is full or fails: it is not held for certain.</exception>
    public void Hold(LegalHold hold)
    {
        ArgumentNullException.ThrowIfNull(hold);
        if (hold.Id.Length is 0 or > 64 || hold.By.Length is 0 or > 128 || hold.Why.Length is 0 or > 1_000 || hold.Until < hold.From)
        {
            throw new ArgumentException("A hold needs an id, who and why, and a range.", nameof(hold));
        }

        _room.Hold(Folder(hold.Camera), hold);
    }

    /// <summary>Lets go of a range; false when there is no such hold.</summary>
    /// <exception cref="IOException">The disk is full or fails: it is still held.</exception>
    public bool Release(string camera, string id, string by, string why)
    {
        ArgumentException.ThrowIfNullOrEmpty(by);
        ArgumentException.ThrowIfNullOrEmpty(why);
        var isReleased = Folder(camera).Release(id, by, why, _time.GetUtcNow());
        Recorder[] recorders;
        lock (_gate)
        {
            recorders = [.. _recorders.Values];
        }

        foreach (var recorder in recorders)
        {
            recorder.Retry(); // There may be something to remove now.
        }

        return isReleased;
    }

    /// <summary>Hash of the last line of the chain of a camera, 64 digits: holds everything before it. 64 zeros while there is none.</summary>
    /// <exception cref="ArgumentException">The name is none.</exception>
    /// <exception cref="RecordingException">It cannot be read: <c>recording.damaged</c>.</exception>
    public string ChainHead(string camera) => Folder(camera).Chain.Head;

    /// <summary>Whether the chain of a camera has a line with this hash: whether what was anchored once is still there. Reads all of the chain, newest file first.</summary>
    /// <exception cref="ArgumentException">The name is none.</exception>
    /// <exception cref="RecordingException">It cannot be read: <c>recording.damaged</c>.</exception>
    /// <exception cref="IOException">The disk fails.</exception>
    public bool HasLine(string camera, string hash) => Folder(camera).Chain.Has(hash);

    /// <summary>What is held of a camera.</summary>
    /// <exception cref="RecordingException">It cannot be read: <c>recording.damaged</c>.</exception>
    public IReadOnlyList<LegalHold> Holds(string camera) => Folder(camera).Holds;

    /// <summary>Removes segments that are older than the retention and not held; for a host that calls it once an hour. Returns how many.</summary>
    /// <remarks>At most 3,000 segments of a camera at once, two days of minutes: an hour of a wrong clock does not cost everything.</remarks>
    /// <exception cref="IOException">The disk fails.</exception>
    public int RemoveOld(CancellationToken cancellationToken) => _room.RemoveOld(Folders(), cancellationToken);

    /// <summary>Ends all recorders and lets go of the folder.</summary>
    public async ValueTask DisposeAsync()
    {
        Recorder[] recorders;
        lock (_gate)
        {
            recorders = [.. _recorders.Values];
        }

        foreach (var recorder in recorders)
        {
            await recorder.DisposeAsync();
        }

        await _lock.DisposeAsync();
    }

    internal static bool IsFull(Exception exception) => exception is IOException { HResult: Full or OverQuota };

    internal void Forget(Recorder recorder)
    {
        lock (_gate)
        {
            _ = _recorders.Remove(recorder.Camera);
        }
    }

    internal void AddUsed(long bytes) => _room.AddUsed(bytes);

    internal bool MakeRoom(bool isFull) => _room.Make(Folders, isFull);

    private CameraFolder Folder(string camera)
    {
        if (!SegmentName.IsCamera(camera))
        {
            throw new ArgumentException($"'{camera}' cannot name a camera.", nameof(camera));
        }

        lock (_gate)
        {
            if (!_cameras.TryGetValue(camera, out var folder))
            {
                try
                {
                    folder = new CameraFolder(Options.Root, camera, Disk);
                }
                catch (RecordingException exception)
                {
                    SetAside(camera, exception);
                    throw;
                }

                _cameras.Add(camera, folder);
                if (!_damaged.Remove(camera))
                {
                    _room.AddUsed(RecordingRoom.SizeOf(folder.Folder));
                }
            }

            return folder;
        }
    }

    private void OpenCamera(string name)
    {
        try
        {
            RecoverOrSetAside(Folder(name));
        }
        catch (RecordingException exception) when (exception.Code == RecordingException.Damaged)
        {
            // One camera whose files a person has to look at; the others record on.
        }
    }

    private void RecoverOrSetAside(CameraFolder folder)
    {
        try
        {
            _ = Recover(folder);
        }
        catch (RecordingException exception) when (exception.Code == RecordingException.Damaged)
        {
            lock (_gate)
            {
                _ = _cameras.Remove(folder.Name); // So that its folder is read anew, and nothing of it is removed until then.
                SetAside(folder.Name, exception, isCounted: true);
            }

            throw;
        }
    }

    // Its bytes count: they lie on the disk, and nothing takes them away.
    private void SetAside(string camera, RecordingException exception, bool isCounted = false)
    {
        if (!_damaged.ContainsKey(camera) && !isCounted)
        {
            _room.AddUsed(RecordingRoom.SizeOf(Path.Combine(Options.Root, camera)));
        }

        _damaged[camera] = exception.Message;
    }

    private IReadOnlyList<CameraFolder> Folders()
    {
        lock (_gate)
        {
            return [.. _cameras.Values];
        }
    }

    internal ClosedSegment? Recover(CameraFolder folder)
    {
        if (folder.Chain.Open?.File is not { } name)
        {
            return null;
        }

        AddUsed(-RecordingRoom.SizeOf(folder.Folder, name));
        try
        {
            if (SegmentRecovery.CloseOpen(folder.Chain, folder.Folder, Disk) is not { } closed)
            {
                return null;
            }

            Observer.Closed(closed);
            return closed;
        }
        finally
        {
            AddUsed(RecordingRoom.SizeOf(folder.Folder, name));
        }
    }

    private static FileStream Lock(string root)
    {
        try
        {
            // An advisory flock: the kernel lets go of it when the process dies.
            return new FileStream(Path.Combine(root, LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException exception) when (exception.HResult == WouldBlock)
        {
            throw new RecordingException(RecordingException.InUse, $"Another process records to {root}.", exception);
        }
    }
}
