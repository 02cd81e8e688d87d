using System.Globalization;
using CommandCenter.Cameras.Recording;

namespace CommandCenter.Cameras.Tests.Recording;

/// <summary>A process that records sixteen streams as fast as it can and prints what of each is on the disk, until it is killed.</summary>
internal static class KilledRecorder
{
    public const string Verb = "record-until-killed";
    public const int Streams = 16;

    public static RecordingOptions OptionsOf(string root) => new() { Root = root, SegmentLength = TimeSpan.FromSeconds(5), FreeBytesMin = 1 << 20 };

    public static async Task<int> RunAsync(string root, int minutes)
    {
        await using var store = RecordingStore.Open(OptionsOf(root), new Nobody(), TimeProvider.System);
        await using var output = TextWriter.Synchronized(new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true });
        await Task.WhenAll(Enumerable.Range(0, Streams).Select(number => RecordAsync(store, $"gate-{number}", minutes, number, output)));
        return 0;
    }

    private static async Task RecordAsync(RecordingStore store, string camera, int minutes, int seed, TextWriter output)
    {
        var video = new TestVideo(seed, TestVideo.Start.AddMinutes(minutes)) { SaysCaptured = seed % 2 == 0, HasBFrames = seed % 3 == 0 };
        await using var recorder = store.Record(camera);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(2));
        while (true)
        {
            foreach (var picture in video.Pictures(5))
            {
                _ = recorder.Offer(picture);
            }

            while (!recorder.IsIdle)
            {
                _ = await timer.WaitForNextTickAsync();
            }

            if (recorder.Status.FlushedUntil is { } until)
            {
                await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{camera} {until.UtcTicks:D19}."));
            }
        }
    }

    private sealed class Nobody : IRecordingObserver
    {
        public void Closed(ClosedSegment segment)
        {
        }

        public void Removed(RemovedSegment segment)
        {
        }
    }
}
