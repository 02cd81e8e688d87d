using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace CommandCenter.Runtime.Tests.Partitions;

public sealed class PartitionMetricsTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    [Fact]
    public async Task Each_partition_tells_its_commits_records_groups_queue_and_state()
    {
        var measured = new ConcurrentBag<(string Name, double Value)>();
        using var listener = new MeterListener
        {
            InstrumentPublished = static (instrument, listener) =>
            {
                if (instrument.Meter.Name == "CommandCenter.Runtime")
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
        listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Add(instrument, value, tags));
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(instrument, value, tags));
        listener.Start();
        // Other tests run meanwhile; none of them has a partition of this number.
        await using var ledger = await Ledger.OpenAsync(Ledger.In(_directory.Path) with { PartitionCount = 64 });
        var batch = new CommandCenter.Runtime.Partitions.PartitionBatch<Deposit, DepositReply>([new("a", "court", 1), new("b", "court", -1), new("c", "court", 1)]);

        Assert.True(ledger.Set[63].TryPost(batch));
        await batch.Completion.WaitAsync(TestContext.Current.CancellationToken);
        listener.RecordObservableInstruments();

        Assert.Contains(("commandcenter.partition.records", 2), measured);
        Assert.Contains(("commandcenter.partition.group.size", 3), measured);
        Assert.Contains(("commandcenter.partition.queue.length", 0), measured);
        Assert.Contains(("commandcenter.partition.state", 1), measured);
        Assert.Contains(("commandcenter.partition.position", 2), measured);
        Assert.Contains(measured, static one => one.Name == "commandcenter.partition.commit.duration" && one.Value > 0);
        Assert.Contains(measured, static one => one.Name == "commandcenter.partition.durable.duration.sum" && one.Value > 0);
        var buckets = measured.Where(static one => one.Name == "commandcenter.partition.durable.duration.bucket").Select(static one => one.Value).ToArray();
        Assert.Contains(1, buckets); // The batch took at most so long.
        Assert.All(buckets, static count => Assert.InRange(count, 0, 1));

        void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            foreach (var tag in tags)
            {
                if (tag is { Key: "partition", Value: 63 })
                {
                    measured.Add((instrument.Name, value));
                }
            }
        }
    }

    public void Dispose() => _directory.Dispose();
}
