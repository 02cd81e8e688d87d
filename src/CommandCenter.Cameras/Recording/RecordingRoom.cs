namespace CommandCenter.Cameras.Recording;

/// <summary>Keeps recordings within their age, their quota and the disk: the oldest that are not held go first.</summary>
/// <remarks>A removal is in the chain of its camera before anything is deleted. A small reserve on the disk makes that possible when the disk is full.</remarks>
internal sealed class RecordingRoom(RecordingOptions options, IRecordingObserver observer, TimeProvider time, RecordingDisk disk)
{
    private const string ReserveName = "reserve";
    private const int ReserveBytes = 256 * 1024;
    private const int RemovedOldMax = 3_000;
    private const string Age = "age", Room = "room";

    private readonly Lock _gate = new();
    private readonly string _reserve = Path.Combine(options.Root, ReserveName);
    private long _used;

    /// <summary>Bytes of all segments.</summary>
    public long UsedBytes => Interlocked.Read(ref _used);

    /// <summary>Bytes of the segments in a folder of a camera.</summary>
    public static long SizeOf(string folder) =>
        SegmentName.Days(folder).SelectMany(day => new DirectoryInfo(Path.Combine(folder, day)).EnumerateFiles()).Sum(static file => file.Length);

    /// <summary>Bytes of one segment, as far as it is there.</summary>
    public static long SizeOf(string folder, string name) =>
        new[] { name, SegmentName.ManifestOf(name) }.Select(file => new FileInfo(Path.Combine(folder, file))).Where(static file => file.Exists).Sum(static file => file.Length);

    /// <summary>Counts what was written.</summary>
    public void AddUsed(long bytes) => Interlocked.Add(ref _used, bytes);

    /// <summary>Removes what has to go so that something can be written; false when there is no room all the same.</summary>
    /// <param name="cameras">Asked only when something has to go.</param>
    /// <param name="isFull">The disk refused a write, whatever it says of itself.</param>
    /// <exception cref="IOException">The disk fails in another way than by being full.</exception>
    public bool Make(Func<IReadOnlyList<CameraFolder>> cameras, bool isFull)
    {
        if (!isFull && HasRoom(1, 1) && File.Exists(_reserve))
        {
            return true;
        }

        lock (_gate)
        {
            if (isFull || !HasRoom(1, 1))
            {
                File.Delete(_reserve); // What says that something was removed needs room itself.
                RemoveOldest(cameras(), isFull ? 1 : 0);
            }

            return HasRoom(1, 1) && TryReserve();
        }
    }

    /// <summary>Holds a range while nothing is removed: what is there when this returns stays.</summary>
    /// <exception cref="IOException">The disk is full or fails.</exception>
    public void Hold(CameraFolder camera, LegalHold hold)
    {
        lock (_gate)
        {
            camera.Hold(hold);
        }
    }

    /// <summary>Removes what is too old and not held; returns how many segments.</summary>
    /// <exception cref="IOException">The disk fails.</exception>
    public int RemoveOld(IReadOnlyList<CameraFolder> cameras, CancellationToken cancellationToken)
    {
        var removed = 0;
        var oldest = time.GetUtcNow().AddDays(-options.RetentionDays);
        foreach (var camera in cameras)
        {
            var left = RemovedOldMax;
            // By the name alone first: most of what is there is young, and need not be opened.
            foreach (var name in SegmentName.List(camera.Folder).TakeWhile(name => SegmentName.BeginOf(name) < oldest))
            {
                cancellationToken.ThrowIfCancellationRequested();
                lock (_gate)
                {
                    if (left > 0 && UntilOf(camera, name) < oldest && TryRemove(camera, name, Age))
                    {
                        left--;
                        removed++;
                    }
                }
            }
        }

        return removed;
    }

    private bool HasRoom(double quotaRatio, int freeTimes) =>
        UsedBytes <= options.QuotaBytes * quotaRatio && disk.FreeBytes(options.Root) >= options.FreeBytesMin * freeTimes;

    private bool TryReserve()
    {
        try
        {
            if (!File.Exists(_reserve))
            {
                disk.Put(_reserve, new byte[ReserveBytes]);
            }

            return true;
        }
        catch (IOException exception) when (RecordingStore.IsFull(exception))
        {
            return false;
        }
    }

    private void RemoveOldest(IReadOnlyList<CameraFolder> cameras, int atLeast)
    {
        var next = new PriorityQueue<(CameraFolder Camera, IEnumerator<string> Names), DateTimeOffset>();
        foreach (var camera in cameras)
        {
            Advance(camera, SegmentName.List(camera.Folder).GetEnumerator());
        }

        while ((atLeast > 0 || !HasRoom(options.LowWater, 2)) && next.TryDequeue(out var oldest, out _))
        {
            atLeast -= TryRemove(oldest.Camera, oldest.Names.Current, Room) ? 1 : 0;
            Advance(oldest.Camera, oldest.Names);
        }

        void Advance(CameraFolder camera, IEnumerator<string> names)
        {
            if (names.MoveNext())
            {
                next.Enqueue((camera, names), SegmentName.BeginOf(names.Current)!.Value);
            }
        }
    }

    private bool TryRemove(CameraFolder camera, string name, string why)
    {
        var begun = SegmentName.BeginOf(name);
        var holds = camera.Holds;
        if (camera.Chain.Open?.File == name || (holds.Count > 0 && UntilOf(camera, name) is var until && holds.Any(hold => hold.From <= until && begun <= hold.Until)))
        {
            return false;
        }

        var bytes = SizeOf(camera.Folder, name);
        var said = camera.Chain.Append(new RecordLine { Prev = "", Kind = RecordLine.Removed, At = time.GetUtcNow(), File = name, Bytes = bytes, Why = why });
        // The video last: while it is there, a removal that was broken off is found and done again.
        var video = Path.Combine(camera.Folder, name);
        File.Delete(SegmentName.ManifestOf(video));
        File.Delete(video);
        // Never the folder of today: a recorder may be about to put a segment into it.
        if (begun < time.GetUtcNow().AddDays(-2) && !Directory.EnumerateFileSystemEntries(Path.GetDirectoryName(video)!).Any())
        {
            Directory.Delete(Path.GetDirectoryName(video)!);
        }

        AddUsed(-bytes);
        observer.Removed(new RemovedSegment(camera.Name, name, bytes, why, said.Hash));
        return true;
    }

    private static DateTimeOffset UntilOf(CameraFolder camera, string name)
    {
        var manifest = Path.Combine(camera.Folder, SegmentName.ManifestOf(name));
        var lines = File.Exists(manifest) ? RecordLine.DecodeAll(File.ReadAllBytes(manifest), out _) : [];
        // Without a manifest the file itself has to say until when it grew.
        return lines.Count > 0 && lines[^1].Kind == RecordLine.End ? lines[^1].Until ?? lines[^1].At : File.GetLastWriteTimeUtc(Path.Combine(camera.Folder, name));
    }
}
