using CommandCenter.Benchmarks.Product;
using CommandCenter.Benchmarks.Reporting;
using CommandCenter.Benchmarks.Traffic;

namespace CommandCenter.Benchmarks.Intake;

/// <summary>A server in the middle of its day: 22 courts, cases at every step, and sources that go on from there.</summary>
internal sealed class IntakeLoad
{
    public const int ConnectionCount = 48;
    private const int OpeningEventsPerRequest = 1_000;
    private const int OpeningRequestsPerRound = 20;
    private const double OpeningEventsPerCase = 9.5; // Every case goes to one of its first eighteen steps.

    private static readonly TimeSpan s_openingSpan = TimeSpan.FromHours(24);

    private readonly ServerProcess _server;
    private readonly CaseStream[] _streams;

    private IntakeLoad(ServerProcess server, int caseCount)
    {
        _server = server;
        _streams = [.. Enumerable.Range(0, ConnectionCount).Select(source => CaseStream.WholeLives(source, ConnectionCount, caseCount / ConnectionCount))];
    }

    /// <summary>Brings every case under way to a step of its own; what follows comes at the pace of the clock, so that figures of today and of 24 hours move.</summary>
    /// <param name="server">Where to.</param>
    /// <param name="caseCount">How many cases.</param>
    /// <param name="eventsPerSecond">How many events a second will follow.</param>
    /// <param name="report">Told when it is done.</param>
    public static IntakeLoad BeginToday(ServerProcess server, int caseCount, int eventsPerSecond, Report report)
    {
        var pace = TimeSpan.FromSeconds((double)ConnectionCount / eventsPerSecond);
        var load = new IntakeLoad(server, caseCount);
        load.GoOn(TimeProvider.System.GetUtcNow() - s_openingSpan, s_openingSpan * ConnectionCount / ((double)caseCount * OpeningEventsPerCase));
        load.Open(caseCount, report);
        load.GoOn(TimeProvider.System.GetUtcNow(), pace);
        return load;
    }

    /// <summary>Brings every case under way to a step of its own.</summary>
    public static IntakeLoad Begin(ServerProcess server, int caseCount, Report report)
    {
        var load = new IntakeLoad(server, caseCount);
        load.Open(caseCount, report);
        return load;
    }

    private void GoOn(DateTimeOffset from, TimeSpan pace)
    {
        foreach (var stream in _streams)
        {
            stream.GoOn(from, pace);
        }
    }

    private void Open(int caseCount, Report report)
    {
        var events = 0L;
        while (true)
        {
            var requests = Make(static stream => stream.WriteOpening, OpeningRequestsPerRound, OpeningEventsPerRequest, ConnectionCount);
            if (requests.All(static one => one.Count == 0))
            {
                break;
            }

            events += LoadRun.Closed(_server, requests).Events;
        }

        report.Say($"  opening: {caseCount:N0} cases under way after {events:N0} events, {_server.ResidentBytes / 1048576:N0} MiB");
    }

    /// <summary>Requests for some of the connections.</summary>
    public IReadOnlyList<Requests> Make(int eventCount, int eventsPerRequest, int connections) => Make(
        static stream => to =>
        {
            stream.WriteNext(to);
            return true;
        },
        eventCount / eventsPerRequest / connections,
        eventsPerRequest,
        connections);

    private Requests[] Make(
        Func<CaseStream, Func<System.Buffers.IBufferWriter<byte>, bool>> writer, int requestsPerConnection, int eventsPerRequest, int connections) =>
        [.. _streams.Take(connections).Select(stream => Requests.Make(requestsPerConnection, eventsPerRequest, writer(stream), _server))];
}
