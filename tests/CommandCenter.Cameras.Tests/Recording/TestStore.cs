using System.Collections.Concurrent;
using CommandCenter.Audit.Evidence;
using CommandCenter.Cameras.Media;
using CommandCenter.Cameras.Recording;
using CommandCenter.Testing;

namespace CommandCenter.Cameras.Tests.Recording;

/// <summary>A folder of recordings of one test, in memory where there is such a place: thousands of flushes, of which none is what is tested.</summary>
internal sealed class TestStore : IRecordingObserver, IDisposable
{
    public const string Camera = "gate-1";

    private const string Memory = "/dev/shm";

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly string _directory = Directory.Exists(Memory)
        ? Directory.CreateDirectory(Path.Combine(Memory, $"recording-{Guid.NewGuid():N}")).FullName : Directory.CreateTempSubdirectory("recording-").FullName;

    public TestStore() => Options = new RecordingOptions { Root = Path.Combine(_directory, "recordings"), SegmentLength = TimeSpan.FromSeconds(4), FreeBytesMin = 1 << 20, QueueLengthMax = 1_024 };

    public RecordingOptions Options { get; set; }

    public FaultyDisk Disk { get; } = new();

    public SetTime Time { get; } = new(TestVideo.Start);

    public ConcurrentQueue<ClosedSegment> ClosedSegments { get; } = new();

    public ConcurrentQueue<RemovedSegment> RemovedSegments { get; } = new();

    public RecordingLibrary Library => new(Options.Root);

    public string Folder => Path.Combine(Options.Root, Camera);

    public string[] Videos => Directory.Exists(Folder) ? [.. Directory.EnumerateFiles(Folder, "*.mp4", SearchOption.AllDirectories).Order(StringComparer.Ordinal)] : [];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public RecordingStore Open() => RecordingStore.Open(Options, this, Time, Disk);

    /// <summary>Records and closes.</summary>
    public async Task RecordAsync(IEnumerable<AccessUnit> pictures, string camera = Camera)
    {
        await using var store = Open();
        await using var recorder = store.Record(camera);
        await OfferAsync(recorder, pictures);
    }

    /// <summary>Offers pictures no faster than they are written: nothing is dropped.</summary>
    public static async Task OfferAsync(Recorder recorder, IEnumerable<AccessUnit> pictures)
    {
        foreach (var batch in pictures.Chunk(500))
        {
            foreach (var picture in batch)
            {
                Assert.True(recorder.Offer(picture), "The queue is full.");
            }

            await IdleAsync(recorder);
        }
    }

    public static Task IdleAsync(Recorder recorder) =>
        Eventually.TrueAsync("the queue to be empty", s_patience, _ => Task.FromResult(recorder.IsIdle), Cancelled);

    public static Task UntilAsync(string what, Func<bool> condition) => Eventually.TrueAsync(what, s_patience, _ => Task.FromResult(condition()), Cancelled);

    public byte[] Copy(DateTimeOffset from, DateTimeOffset until)
    {
        using var output = new MemoryStream();

        // Blocks on purpose: it writes into memory, there is no context to come back to, and tests compare its bytes within one expression.
        Assert.Null(Library.CopyAsync(Camera, from, until, output, Cancelled).GetAwaiter().GetResult());
        return output.ToArray();
    }

    public IReadOnlyList<EvidenceFinding> Verify(string camera = Camera) => CameraVerifier.Verify(Path.Combine(Options.Root, camera), Cancelled).Findings;

    /// <summary>The folder as a kill -9 at this moment leaves it.</summary>
    public TestStore Crashed()
    {
        var other = new TestStore { Options = Options };
        other.Options = Options with { Root = Path.Combine(other._directory, "recordings") };
        foreach (var file in Directory.EnumerateFiles(Options.Root, "*", SearchOption.AllDirectories).Where(static file => Path.GetFileName(file) is not ("lock" or "reserve")))
        {
            var to = Path.Combine(other.Options.Root, Path.GetRelativePath(Options.Root, file));
            _ = Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.Copy(file, to);
        }

        other.Time.Add(Time.GetUtcNow() - other.Time.GetUtcNow());
        return other;
    }

    public void Closed(ClosedSegment segment) => ClosedSegments.Enqueue(segment);

    public void Removed(RemovedSegment segment) => RemovedSegments.Enqueue(segment);

    public void Dispose() => Directory.Delete(_directory, recursive: true);
}
