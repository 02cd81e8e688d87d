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

    private readonly ServerProcess _server;
    private readonly CaseStream[] _streams;

    private IntakeLoad(ServerProcess server, int caseCount)
    {
        _server = server;
        _streams = [.. Enumerable.Range(0, ConnectionCount).Select(source => CaseStream.WholeLives(source, ConnectionCount, caseCount / ConnectionCount))];
    }

    /// <summary>Brings every case under way to a step of its own.</summary>
    public static IntakeLoad Begin(ServerProcess server, int caseCount, Report report)
    {
        var load = new IntakeLoad(server, caseCount);
        var events = 0L;
        while (true)
        {
            var requests = load.Make(static stream => stream.WriteOpening, OpeningRequestsPerRound, OpeningEventsPerRequest, ConnectionCount);
            if (requests.All(static one => one.Count == 0))
            {
                break;
            }

            events += LoadRun.Closed(server, requests).Events;
        }

        report.Say($"  opening: {caseCount:N0} cases under way after {events:N0} events, {server.ResidentBytes / 1048576:N0} MiB");
        return load;
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
