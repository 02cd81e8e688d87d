using CommandCenter.Benchmarks.Product;
using CommandCenter.Benchmarks.Reporting;

namespace CommandCenter.Benchmarks.Race;

/// <summary>The discipline in which neither has a web server: what the grains and their journal do against what the peer's tables and their log do.</summary>
internal sealed class GrainRace(Report report, GrainFeed grains, Peer peer, RaceTraffic traffic, int rounds)
{
    /// <summary>Events that both have.</summary>
    public long Accepted { get; private set; }

    /// <summary>Brings every case under way to a step of its own, at both.</summary>
    public async Task OpenAsync(int eventsPerSource)
    {
        for (var events = traffic.Opening(eventsPerSource); events.Count > 0; events = traffic.Opening(eventsPerSource))
        {
            _ = await TurnAsync(events);
        }

        report.Say($"  opening: {Accepted:N0} events at both");
    }

    /// <summary>Events per second on disk and counted, both by batches of the same size.</summary>
    public async Task IngestAsync(int eventCount, Budget ratioBudget, MachineSpeed speed)
    {
        var ours = new List<LoadRun>();
        var theirs = new List<PeerRun>();
        for (var round = 0; round < rounds; round++)
        {
            speed.Sample();
            var (our, their) = await TurnAsync(traffic.Next(eventCount));
            ours.Add(our);
            theirs.Add(their);
        }

        IngestFigures.Add(report, $"product, no web server, batches of {Peer.EventsPerBatch:N0}", ours, theirs, ratioBudget);
    }

    private async Task<(LoadRun Ours, PeerRun Theirs)> TurnAsync(RaceEvents events)
    {
        var ours = await grains.RunAsync(grains.Make(events.Mixed(), Peer.EventsPerBatch));
        var theirs = await PeerRun.RunAsync(peer, CopyBatches.Make(events.Mixed(), Peer.EventsPerBatch, Peer.ConnectionCount));
        Accepted += events.Count;
        return (ours, theirs);
    }
}
