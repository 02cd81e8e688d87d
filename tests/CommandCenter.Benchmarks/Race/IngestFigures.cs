using CommandCenter.Benchmarks.Product;
using CommandCenter.Benchmarks.Reporting;

namespace CommandCenter.Benchmarks.Race;

/// <summary>Prints what ingest came to at both.</summary>
internal static class IngestFigures
{
    /// <param name="report">Where figures go.</param>
    /// <param name="product">How the product got its events.</param>
    /// <param name="ours">The product's rounds.</param>
    /// <param name="theirs">The peer's rounds, each beside the product's.</param>
    /// <param name="ratioBudget">What the ratio has to reach.</param>
    public static void Add(Report report, string product, IReadOnlyList<LoadRun> ours, IReadOnlyList<PeerRun> theirs, Budget? ratioBudget = null)
    {
        report.Add(new Measurement($"ingest, {product}", "events/s", [.. ours.Select(static run => run.EventsPerSecond)]));
        report.Add(new Measurement($"ingest, peer, COPY of {Peer.EventsPerBatch:N0}", "events/s", [.. theirs.Select(static run => run.EventsPerSecond)]));
        report.Add(new Measurement("  product over peer", "×", [.. ours.Zip(theirs, static (a, b) => a.EventsPerSecond / b.EventsPerSecond)], ratioBudget));
        report.Add(new Measurement("  product, of one core", "µs/event", [.. ours.Select(static run => run.ServerMicrosecondsPerEvent)]));
        report.Add(new Measurement("  peer, of one core", "µs/event", [.. theirs.Select(static run => run.ServerMicrosecondsPerEvent)]));
    }
}
