using CommandCenter.Benchmarks.Product;
using CommandCenter.Benchmarks.Reporting;
using CommandCenter.Testing;

namespace CommandCenter.Benchmarks.Race;

/// <summary>
/// The product against what a good team builds on PostgreSQL 15: the same events in the same order, turn by turn because a machine drifts,
/// the same questions, and at the end every figure of one held against the other's.
/// </summary>
internal static class RaceBench
{
    private const int CaseCount = 96_000;
    private const int OpeningEventsPerSource = 2_000;
    private const int QuestionCount = 400;
    private const int ProductConnections = 48;
    private const double IngestRatioLeast = 8;

    private const int FreshEventsPerRequest = 100;
    private const int FreshRounds = 3;

    // Small copies wait for less, large ones cost less: which is fresher at the peer depends on the machine, so both run.
    private static readonly int[] s_freshEventsPerCopy = [100, Peer.EventsPerBatch];

    public static async Task RunAsync(Report report, bool isQuick)
    {
        if (!PostgresCluster.IsInstalled)
        {
            report.Say("  left out: PostgreSQL 15 is not installed (package postgresql-15)");
            return;
        }

        await using var cluster = await PostgresCluster.StartAsync();
        report.Say($"  peer: PostgreSQL 15, {string.Join(", ", PostgresCluster.Settings)}");
        var counting = await BestCountingAsync(cluster, report, isQuick);
        var peer = await Peer.CreateAsync(cluster, "race", counting);
        var traffic = new RaceTraffic(isQuick ? CaseCount / 20 : CaseCount);
        var (rounds, eventCount) = isQuick ? (1, 24_000) : (5, 240_000);
        var speed = new MachineSpeed();
        using var directory = new TemporaryDirectory();
        var data = Path.Combine(directory.Path, "data");
        long opened;
        await using (var grains = await GrainFeed.OpenAsync(data))
        {
            var inner = new GrainRace(report, grains, peer, traffic, rounds);
            await inner.OpenAsync(OpeningEventsPerSource);
            await inner.IngestAsync(eventCount, Budget.AtLeast(IngestRatioLeast), speed);
            opened = inner.Accepted;
        }

        // The server goes on with the directory that the grains have filled: what is compared at the end is theirs, too.
        await using var server = await ServerProcess.StartAsync(data);
        var race = new RaceRun(report, server, peer, traffic, rounds, opened);
        await race.WarmAsync(eventCount);
        await race.IngestAsync(eventCount, eventsPerRequest: 100, ProductConnections, speed);
        await race.IngestAsync(eventCount, eventsPerRequest: 1_000, connections: 16, speed);
        foreach (var eventsPerCopy in s_freshEventsPerCopy)
        {
            await race.FreshAsync(FreshEventsPerRequest, ProductConnections, eventsPerCopy, FreshRounds);
        }

        await race.ListsAsync(isQuick ? QuestionCount / 4 : QuestionCount);
        await race.TotalsAsync(isQuick ? QuestionCount / 4 : QuestionCount);
        await race.CompareAsync();
        await race.DiskAsync();
        speed.AddTo(report);
    }

    // All get the same start and the same load; the fastest that has the indexes of the lists races.
    private static async Task<PeerCounting> BestCountingAsync(PostgresCluster cluster, Report report, bool isQuick)
    {
        var fastest = (Counting: PeerCounting.Sets, EventsPerSecond: 0.0);
        foreach (var counting in Enum.GetValues<PeerCounting>())
        {
            var traffic = new RaceTraffic(isQuick ? 960 : 9_600);
            var peer = await Peer.CreateAsync(cluster, $"trial_{(int)counting}", counting);
            for (var events = traffic.Opening(OpeningEventsPerSource); events.Count > 0; events = traffic.Opening(OpeningEventsPerSource))
            {
                _ = await PeerRun.RunAsync(peer, CopyBatches.Make(events.Mixed(), Peer.EventsPerBatch, Peer.ConnectionCount));
            }

            var runs = new List<double>();
            for (var round = 0; round < (isQuick ? 1 : 3); round++)
            {
                var batches = CopyBatches.Make(traffic.Next(isQuick ? 9_600 : 48_000).Mixed(), Peer.EventsPerBatch, Peer.ConnectionCount);
                runs.Add((await PeerRun.RunAsync(peer, batches)).EventsPerSecond);
            }

            var measured = new Measurement($"peer, COPY of {Peer.EventsPerBatch:N0}, {Words(counting)}", "events/s", runs);
            report.Add(measured);
            if (counting != PeerCounting.SetsOneIndex && measured.Median > fastest.EventsPerSecond)
            {
                fastest = (counting, measured.Median);
            }
        }

        report.Say($"  the peer that races: {Words(fastest.Counting)}");
        return fastest.Counting;
    }

    private static string Words(PeerCounting counting) => counting switch
    {
        PeerCounting.Rows => "row trigger",
        PeerCounting.Sets => "statement trigger",
        _ => "the same, one list index",
    };
}
