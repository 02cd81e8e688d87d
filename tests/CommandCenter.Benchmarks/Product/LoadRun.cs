using System.Diagnostics;
using CommandCenter.Benchmarks.Reporting;

namespace CommandCenter.Benchmarks.Product;

/// <summary>What one round of requests over all connections came to.</summary>
/// <param name="Events">Events accepted.</param>
/// <param name="Elapsed">From the first request to the last answer.</param>
/// <param name="LatenciesMs">Of each request, in ms; in an open loop from when it was due.</param>
/// <param name="ServerCores">Processor time of the server per second.</param>
/// <param name="ClientCores">Processor time of this program per second.</param>
internal sealed record LoadRun(long Events, TimeSpan Elapsed, Quantiles LatenciesMs, double ServerCores, double ClientCores)
{
    public double EventsPerSecond => Events / Elapsed.TotalSeconds;

    /// <summary>What one event costs the server, in µs of one core.</summary>
    public double ServerMicrosecondsPerEvent => ServerCores * Elapsed.TotalSeconds * 1e6 / Events;

    /// <summary>Each connection sends its next request as soon as it has the answer.</summary>
    public static LoadRun Closed(ServerProcess server, IReadOnlyList<Requests> perConnection) => Run(server, perConnection, between: null);

    /// <summary>Requests go out at a fixed pace, whatever the answers do; a late one counts from when it was due.</summary>
    public static LoadRun Open(ServerProcess server, IReadOnlyList<Requests> perConnection, TimeSpan between) => Run(server, perConnection, between);

    private static LoadRun Run(ServerProcess server, IReadOnlyList<Requests> perConnection, TimeSpan? between)
    {
        var count = perConnection.Count;
        var senders = perConnection.Select(_ => new IntakeConnection(server.Address)).ToArray();
        var sending = new Task<double[]>[count];
        using var together = new Barrier(count + 1);
        var started = 0L;
        for (var i = 0; i < count; i++)
        {
            var connection = i;
            sending[i] = Task.Factory.StartNew(
                () =>
                {
                    together.SignalAndWait();
                    return Send(senders[connection], perConnection[connection], request => between is { } pace
                        ? started + ToTimestamp(pace * (((long)request * count) + connection))
                        : null);
                },
                CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        }

        GC.Collect(); // What made the requests must not be collected while the clock runs.
        var serverBefore = server.ProcessorTime;
        var clientBefore = Environment.CpuUsage.TotalTime;
        started = Stopwatch.GetTimestamp();
        together.SignalAndWait();
        Task.WaitAll(sending);
        var elapsed = Stopwatch.GetElapsedTime(started);
        var serverCores = (server.ProcessorTime - serverBefore) / elapsed;
        var clientCores = (Environment.CpuUsage.TotalTime - clientBefore) / elapsed;
        foreach (var sender in senders)
        {
            sender.Dispose();
        }

        return new LoadRun(
            perConnection.Sum(static requests => requests.EventCount), elapsed, new Quantiles(sending.SelectMany(static one => one.Result)), serverCores, clientCores);
    }

    private static double[] Send(IntakeConnection sender, Requests requests, Func<int, long?> dueAt) =>
        Pace.Keep(requests.Count, dueAt, i => sender.Post(requests[i], requests.EventsOf(i)));

    private static long ToTimestamp(TimeSpan time) => (long)(time.TotalSeconds * Stopwatch.Frequency);
}
