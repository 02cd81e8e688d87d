using System.Diagnostics;
using CommandCenter.Benchmarks.Intake;
using CommandCenter.Benchmarks.Product;

namespace CommandCenter.Benchmarks.Wall;

/// <summary>Events that come in at a pace for as long as something else is measured.</summary>
internal sealed class SteadyTraffic : IAsyncDisposable
{
    private const int EventsPerRequest = 100;
    private const int SecondsAtOnce = 5;

    private readonly CancellationTokenSource _ending = new();
    private readonly Task _sending;
    private readonly long _started = Stopwatch.GetTimestamp();
    private long _events;

    private SteadyTraffic(ServerProcess server, IntakeLoad load, int eventsPerSecond) => _sending = Task.Factory.StartNew(
        () => Send(server, load, eventsPerSecond), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    /// <summary>What was taken so far, per second since the start.</summary>
    public double EventsPerSecond => Interlocked.Read(ref _events) / Stopwatch.GetElapsedTime(_started).TotalSeconds;

    public static SteadyTraffic Start(ServerProcess server, IntakeLoad load, int eventsPerSecond) => new(server, load, eventsPerSecond);

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await _sending;
        _ending.Dispose();
    }

    private void Send(ServerProcess server, IntakeLoad load, int eventsPerSecond)
    {
        Task<IReadOnlyList<Requests>>? making = null;
        while (!_ending.IsCancellationRequested)
        {
            var requests = making is null ? Make() : making.GetAwaiter().GetResult(); // A thread of its own: it may wait.
            making = Task.Run(Make); // While the others are sent: making them takes time, too.
            var run = LoadRun.Open(server, requests, TimeSpan.FromSeconds((double)EventsPerRequest / eventsPerSecond));
            _ = Interlocked.Add(ref _events, run.Events);
        }

        _ = making?.GetAwaiter().GetResult();

        IReadOnlyList<Requests> Make() => load.Make(eventsPerSecond * SecondsAtOnce, EventsPerRequest, IntakeLoad.ConnectionCount);
    }
}
