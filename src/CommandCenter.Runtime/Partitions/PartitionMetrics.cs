using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace CommandCenter.Runtime.Partitions;

/// <summary>The meter of one set of partitions. Each instrument carries the tag <c>partition</c>.</summary>
internal sealed class PartitionMetrics : IDisposable
{
    public const string MeterName = "CommandCenter.Runtime";

    private readonly Meter _meter = new(MeterName);
    private readonly Histogram<double> _commitDuration;
    private readonly Histogram<int> _groupSize;
    private readonly Counter<long> _records;
    private readonly Counter<long> _journalFailures;

    private readonly DurableTimes[] _durable;

    /// <param name="count">How many partitions there are.</param>
    /// <param name="read">What they show of themselves.</param>
    public PartitionMetrics(int count, Func<IReadOnlyList<PartitionStatus>> read)
    {
        _durable = [.. Enumerable.Range(0, count).Select(static _ => new DurableTimes())];
        _commitDuration = _meter.CreateHistogram<double>("commandcenter.partition.commit.duration", "s", "Time of one group commit with its flush.");
        _groupSize = _meter.CreateHistogram<int>("commandcenter.partition.group.size", "{command}", "Commands decided before one commit.");
        _records = _meter.CreateCounter<long>("commandcenter.partition.records", "{record}", "Records committed.");
        _journalFailures = _meter.CreateCounter<long>("commandcenter.partition.journal.failures", "{failure}", "Times the journal could not be written or read.");
        _ = _meter.CreateObservableCounter(
            "commandcenter.partition.durable.duration.bucket", () => _durable.SelectMany(static (times, partition) => times.Buckets(partition)), "{batch}",
            "Batches by the time from their queue to their flush; le in seconds.");
        _ = _meter.CreateObservableCounter(
            "commandcenter.partition.durable.duration.sum",
            () => _durable.Select(static (times, partition) => new Measurement<double>(times.SumSeconds, new KeyValuePair<string, object?>("partition", partition))), "s",
            "All these times together.");
        _ = _meter.CreateObservableGauge(
            "commandcenter.partition.queue.length", () => Measure(read, static status => status.QueuedCommands), "{command}", "Commands waiting.");
        _ = _meter.CreateObservableGauge(
            "commandcenter.partition.state", () => Measure(read, static status => (int)status.State), description: "0 recovering, 1 running, 2 stopped, 3 draining, 4 closed.");
        _ = _meter.CreateObservableGauge(
            "commandcenter.partition.position", () => Measure(read, static status => status.Position), "{record}", "Last committed record.");
    }

    public void Committed(in TagList partition, TimeSpan duration, int records)
    {
        _commitDuration.Record(duration.TotalSeconds, partition);
        _records.Add(records, partition);
    }

    /// <summary>The partition's own thread.</summary>
    public void Durable(int partition, TimeSpan sinceQueued) => _durable[partition].Add(sinceQueued);

    public void Decided(in TagList partition, int commands) => _groupSize.Record(commands, partition);

    public void JournalFailed(in TagList partition) => _journalFailures.Add(1, partition);

    public void Dispose() => _meter.Dispose();

    private static IEnumerable<Measurement<long>> Measure(Func<IReadOnlyList<PartitionStatus>> read, Func<PartitionStatus, long> value) =>
        read().Select(status => new Measurement<long>(value(status), new KeyValuePair<string, object?>("partition", status.Index)));
}
