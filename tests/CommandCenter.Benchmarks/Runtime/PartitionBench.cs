using System.Diagnostics;
using System.Security.Cryptography;
using CommandCenter.Benchmarks.Product;
using CommandCenter.Benchmarks.Reporting;
using CommandCenter.Runtime.Partitions;
using CommandCenter.Testing;

namespace CommandCenter.Benchmarks.Runtime;

/// <summary>What the host alone costs: a model that only appends, one partition, every commit flushed to disk.</summary>
internal static class PartitionBench
{
    private const int RecordBytes = 100;
    private const int InFlightMax = 4;

    private static readonly TimeSpan s_duration = TimeSpan.FromSeconds(3);

    /// <summary>Records per second and the time from post to answer, for groups of 64 and 1,024 commands, one and four in flight.</summary>
    public static async Task RunAsync(Report report, bool isQuick)
    {
        foreach (var groupSize in (int[])[64, 1_024])
        {
            foreach (var inFlight in (int[])[1, InFlightMax])
            {
                var runs = new List<Quantiles>();
                for (var round = 0; round < (isQuick ? 1 : 3); round++)
                {
                    runs.Add(await MeasureAsync(groupSize, inFlight));
                }

                report.Add(new Measurement(
                    $"one partition, groups of {groupSize:N0}, {inFlight} in flight", "records/s",
                    [.. runs.Select(run => run.Count * groupSize / s_duration.TotalSeconds)]));
                report.Add(new Measurement("  post → answer p50", "ms", [.. runs.Select(static run => run.At(0.50))]));
                report.Add(new Measurement("  post → answer p99", "ms", [.. runs.Select(static run => run.At(0.99))]));
                report.Add(new Measurement(
                    "  of which hashing", "cores", [.. runs.Select(run => HashSeconds(groupSize * RecordBytes) * run.Count / s_duration.TotalSeconds)]));
            }
        }
    }

    private static async Task<Quantiles> MeasureAsync(int groupSize, int inFlightMax)
    {
        using var directory = new TemporaryDirectory();
        var options = new PartitionSetOptions
        {
            DataDirectory = Path.Combine(directory.Path, "data"),
            PartitionCount = 1,
            GroupSizeMax = groupSize,
            SnapshotEvery = long.MaxValue,
        };
        await using var set = await PartitionSet<AppendOnly, int, long>.OpenAsync(
            options, static _ => new AppendOnly(), static _ => "", static _ => 0, TimeProvider.System, new SilentObserver(), CancellationToken.None);
        return new Quantiles(await DriveAsync(set[0], groupSize, inFlightMax));
    }

    private static async Task<List<double>> DriveAsync(Partition<AppendOnly, int, long> partition, int groupSize, int inFlightMax)
    {
        var latencies = new List<double>();
        var inFlight = new Queue<(PartitionBatch<int, long> Batch, Task<long> Answered, long Posted)>();
        var started = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(started) < s_duration)
        {
            var batch = new PartitionBatch<int, long>(new int[groupSize]);
            var posted = Stopwatch.GetTimestamp();
            if (!partition.TryPost(batch))
            {
                throw new InvalidOperationException("The queue is longer than what is in flight.");
            }

            inFlight.Enqueue((batch, StampAsync(batch), posted));
            if (inFlight.Count >= inFlightMax)
            {
                var oldest = inFlight.Dequeue();
                latencies.Add(Stopwatch.GetElapsedTime(oldest.Posted, await oldest.Answered).TotalMilliseconds);
            }
        }

        await Task.WhenAll(inFlight.Select(static one => one.Answered));
        return latencies;
    }

    private static async Task<long> StampAsync(PartitionBatch<int, long> batch)
    {
        await batch.Completion;
        return Stopwatch.GetTimestamp();
    }

    private static double HashSeconds(int sizeBytes)
    {
        const int Rounds = 1_000;
        var bytes = new byte[sizeBytes];
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        var started = Stopwatch.GetTimestamp();
        for (var round = 0; round < Rounds; round++)
        {
            _ = SHA256.HashData(bytes, hash);
        }

        return Stopwatch.GetElapsedTime(started).TotalSeconds / Rounds;
    }

    private sealed class AppendOnly : IPartitionModel<int, long>
    {
        private readonly byte[] _record = new byte[RecordBytes];

        public long Decide(int command, RecordWriter records) => records.Append(_record);

        public void Replay(long position, ReadOnlySpan<byte> record)
        {
        }

        public void Publish(long position)
        {
        }

        public ISnapshot Capture() => throw new NotSupportedException("This benchmark takes no snapshot.");

        public void Restore(Stream snapshot) => throw new NotSupportedException("This benchmark takes no snapshot.");
    }
}
