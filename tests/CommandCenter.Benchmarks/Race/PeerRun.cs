using System.Diagnostics;
using CommandCenter.Benchmarks.Product;
using CommandCenter.Benchmarks.Reporting;
using Npgsql;

namespace CommandCenter.Benchmarks.Race;

/// <summary>What one round of batches over all connections to the peer came to; the counterpart of the product's <see cref="Product.LoadRun"/>.</summary>
/// <param name="Events">Events committed.</param>
/// <param name="Elapsed">From the first batch to the last answer.</param>
/// <param name="LatenciesMs">Of each batch, in ms; in an open loop from when it was due.</param>
/// <param name="ServerCores">Processor time of all server processes per second.</param>
internal sealed record PeerRun(long Events, TimeSpan Elapsed, Quantiles LatenciesMs, double ServerCores)
{
    public double EventsPerSecond => Events / Elapsed.TotalSeconds;

    public double ServerMicrosecondsPerEvent => ServerCores * Elapsed.TotalSeconds * 1e6 / Events;

    /// <summary>Sends batches over a connection each; at a fixed pace when one is given.</summary>
    public static async Task<PeerRun> RunAsync(Peer peer, CopyBatches[] perConnection, TimeSpan? between = null)
    {
        var connections = new List<NpgsqlConnection>();
        try
        {
            foreach (var _ in perConnection)
            {
                connections.Add(await peer.ConnectAsync());
            }

            GC.Collect(); // What made the batches must not be collected while the clock runs.
            var before = peer.ProcessorTime;
            var started = Stopwatch.GetTimestamp();
            var latencies = await Task.WhenAll(perConnection.Select((batches, connection) => Task.Factory.StartNew(
                () => Send(connections[connection], batches, i => between is { } pace
                    ? started + (long)((pace * (((long)i * perConnection.Length) + connection)).TotalSeconds * Stopwatch.Frequency)
                    : null),
                CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)));
            var elapsed = Stopwatch.GetElapsedTime(started);
            return new PeerRun(
                perConnection.Sum(static batches => batches.EventCount), elapsed, new Quantiles(latencies.SelectMany(static one => one)),
                (peer.ProcessorTime - before) / elapsed);
        }
        finally
        {
            foreach (var connection in connections)
            {
                await connection.DisposeAsync();
            }
        }
    }

    private static double[] Send(NpgsqlConnection connection, CopyBatches batches, Func<int, long?> dueAt) =>
        Pace.Keep(batches.Count, dueAt, i => Peer.Send(connection, batches[i]));
}
