using System.Diagnostics;
using CommandCenter.Benchmarks.Product;
using CommandCenter.Benchmarks.Reporting;
using CommandCenter.Runtime.Partitions;
using CommandCenter.Testing;
using CommandCenter.Web.Access;
using CommandCenter.Web.Grains;
using CommandCenter.Web.Intake;

namespace CommandCenter.Benchmarks.Race;

/// <summary>
/// The product's grains without the web server before them: the commands are parsed, typed and sorted before the clock starts, as the peer's
/// events are. Journal, flush, rules, windows and published figures are the server's own.
/// </summary>
internal sealed class GrainFeed : IAsyncDisposable
{
    private const int InFlightMax = 8; // A partition commits what waits together: two full groups, one on its way to the disk and one behind it.

    private readonly GrainHost _grains;
    private readonly EventParser _parser;

    private GrainFeed(GrainHost grains)
    {
        _grains = grains;
        _parser = new EventParser(grains.Courts, grains.Nodes);
    }

    public static async Task<GrainFeed> OpenAsync(string dataDirectory) => new(await GrainHost.OpenAsync(
        new PartitionSetOptions { DataDirectory = dataDirectory }, ShippedConfig.Courts, ShippedConfig.Nodes, GrainLimits.Default, TimeProvider.System,
        new SilentObserver(), carries: true, CancellationToken.None));

    /// <summary>Batches in order for each partition, ready to be posted.</summary>
    public GrainCommand[][][] Make(IEnumerable<ReadOnlyMemory<byte>> lines, int eventsPerBatch)
    {
        var now = TimeProvider.System.GetUtcNow();
        var commands = Enumerable.Range(0, _grains.PartitionCount).Select(static _ => new List<GrainCommand>()).ToArray();
        foreach (var line in lines)
        {
            var fault = _parser.Parse(line.Span.TrimEnd((byte)'\n'), MachineKeys.IntakeSource, now, out var fact);
            if (fault is not null)
            {
                throw new InvalidOperationException($"The traffic has a line that is refused: {fault.Code}.");
            }

            commands[_grains.Map.PartitionOf(fact!.Court)].Add(fact);
        }

        return [.. commands.Select(one => one.Chunk(eventsPerBatch).ToArray())];
    }

    /// <summary>Posts every batch and waits until all are on disk, counted and published.</summary>
    public async Task<LoadRun> RunAsync(GrainCommand[][][] perPartition)
    {
        GC.Collect(); // What made the commands must not be collected while the clock runs.
        var before = Environment.CpuUsage.TotalTime;
        var started = Stopwatch.GetTimestamp();
        var latencies = await Task.WhenAll(perPartition.Select((batches, partition) => Task.Run(() => SendAsync(partition, batches))));
        var elapsed = Stopwatch.GetElapsedTime(started);
        var cores = (Environment.CpuUsage.TotalTime - before) / elapsed;
        return new LoadRun(
            perPartition.Sum(static batches => batches.Sum(static batch => (long)batch.Length)), elapsed,
            new Quantiles(latencies.SelectMany(static one => one)), ServerCores: cores, ClientCores: 0);
    }

    /// <summary>Takes snapshots and lets go of the directory.</summary>
    public async ValueTask DisposeAsync()
    {
        await _grains.DrainAsync(CancellationToken.None);
        await _grains.DisposeAsync();
    }

    private async Task<List<double>> SendAsync(int partition, GrainCommand[][] batches)
    {
        var latencies = new List<double>();
        var inFlight = new Queue<(PartitionBatch<GrainCommand, GrainReply> Batch, long Posted)>();
        foreach (var commands in batches)
        {
            if (inFlight.Count == InFlightMax)
            {
                latencies.Add(await EndAsync(inFlight.Dequeue()));
            }

            var batch = new PartitionBatch<GrainCommand, GrainReply>(commands);
            if (!_grains.TryPost(partition, batch))
            {
                throw new InvalidOperationException("The queue is longer than what is in flight.");
            }

            inFlight.Enqueue((batch, Stopwatch.GetTimestamp()));
        }

        while (inFlight.TryDequeue(out var last))
        {
            latencies.Add(await EndAsync(last));
        }

        return latencies;
    }

    private static async Task<double> EndAsync((PartitionBatch<GrainCommand, GrainReply> Batch, long Posted) sent)
    {
        await sent.Batch.Completion;
        if (!Array.TrueForAll(sent.Batch.Replies, static reply => reply.Outcome == Outcome.Accepted))
        {
            throw new InvalidOperationException($"An event was refused: {sent.Batch.Replies.First(static reply => reply.Outcome != Outcome.Accepted)}.");
        }

        return Stopwatch.GetElapsedTime(sent.Posted).TotalMilliseconds;
    }
}
