using System.Diagnostics;
using CommandCenter.Cameras.Recording;
using CommandCenter.Testing;

namespace CommandCenter.Cameras.Tests.Recording;

/// <summary>What recording costs: sixteen streams of fifteen pictures a second, two megabits each, hashed and flushed every second, on a real disk.</summary>
[Collection(nameof(RecordingLoad)), CollectionDefinition(nameof(RecordingLoad), DisableParallelization = true)]
public sealed class RecordingLoad(ITestOutputHelper output)
{
    private const int Streams = 16, Seconds = 60, Rate = 15;

    /// <summary>Guards the budget: one percent of a core for each stream. Alone and in a long run only: the work of other tests would be counted too.</summary>
    [Fact]
    public async Task A_stream_costs_less_than_a_hundredth_of_a_core()
    {
        Assert.SkipUnless(LongRun.IsOn, "It measures; a long run has the time for it.");
        using var directory = new TemporaryDirectory();
        using var observer = new TestStore();
        var options = new RecordingOptions { Root = directory.Path, FreeBytesMin = 1 << 20, QueueLengthMax = 1_024 };
        var streams = Enumerable.Range(0, Streams).Select(number => new TestVideo(number) { KeyBytes = 60_000, OtherBytes = 13_500 }.Seconds(Seconds).ToArray()).ToArray();
        var bytes = streams.Sum(static pictures => pictures.Sum(static picture => (long)picture.Data.Length));
        await using var store = RecordingStore.Open(options, observer, TimeProvider.System);
        var recorders = Enumerable.Range(0, Streams).Select(number => store.Record($"gate-{number}")).ToArray();
        var before = Environment.CpuUsage.TotalTime;
        var watch = Stopwatch.StartNew();
        for (var second = 0; second < Seconds; second++)
        {
            for (var stream = 0; stream < Streams; stream++)
            {
                foreach (var picture in streams[stream].AsSpan(second * Rate, Rate))
                {
                    Assert.True(recorders[stream].Offer(picture));
                }
            }

            await Task.WhenAll(recorders.Select(TestStore.IdleAsync));
        }

        foreach (var recorder in recorders)
        {
            await recorder.DisposeAsync();
        }

        var cpu = Environment.CpuUsage.TotalTime - before;
        var percent = cpu.TotalSeconds / (Streams * Seconds) * 100;
        output.WriteLine($"{Streams} streams of {Seconds} s, {bytes / 1e6:0.0} MB: {cpu.TotalSeconds:0.00} s of CPU, {watch.Elapsed.TotalSeconds:0.00} s; {percent:0.000} % of a core a stream.");
        Assert.Equal(Streams * Seconds * Rate, recorders.Sum(static recorder => recorder.Status.Written));
        Assert.InRange(percent, 0, 1);
    }
}
