using System.Diagnostics;
using System.Globalization;
using CommandCenter.Benchmarks.Product;
using CommandCenter.Benchmarks.Reporting;
using CommandCenter.Benchmarks.Traffic;

namespace CommandCenter.Benchmarks.Race;

/// <summary>The disciplines over HTTP, each in rounds of product, peer, product, peer.</summary>
/// <param name="report">Where figures go.</param>
/// <param name="server">The product.</param>
/// <param name="peer">The peer.</param>
/// <param name="traffic">What both get.</param>
/// <param name="rounds">How often.</param>
/// <param name="opened">Events that both have already.</param>
internal sealed class RaceRun(Report report, ServerProcess server, Peer peer, RaceTraffic traffic, int rounds, long opened)
{
    private const double ListP99MsMost = 50;

    private readonly Equality _equality = new(server, peer, report);
    private RaceEvents _last = new([]);
    private long _accepted = opened;
    private int _probes;

    /// <summary>A round that is not timed: a server that has just started has compiled nothing for speed yet, and proves all that it found.</summary>
    public async Task WarmAsync(int eventCount)
    {
        _ = await TurnAsync(eventCount, eventsPerRequest: 1_000, connections: 16);
    }

    /// <summary>Events per second on disk; the peer always by its best batch.</summary>
    public async Task IngestAsync(int eventCount, int eventsPerRequest, int connections, MachineSpeed speed)
    {
        var ours = new List<LoadRun>();
        var theirs = new List<PeerRun>();
        for (var round = 0; round < rounds; round++)
        {
            speed.Sample();
            var (our, their) = await TurnAsync(eventCount, eventsPerRequest, connections);
            ours.Add(our);
            theirs.Add(their);
        }

        IngestFigures.Add(report, $"product, requests of {eventsPerRequest:N0}", ours, theirs);
    }

    /// <summary>From an event sent to the figure that counts it, at 10,000 events/s of others.</summary>
    public async Task FreshAsync(int eventsPerRequest, int connections, int eventsPerCopy, int freshRounds)
    {
        var ours = new List<Quantiles>();
        var theirs = new List<Quantiles>();
        for (var round = 0; round < Math.Min(rounds, freshRounds); round++)
        {
            _last = traffic.Next(Freshness.TrafficCount);
            ours.Add(await Freshness.OfProductAsync(server, _last.ToRequests(server, eventsPerRequest, connections), eventsPerRequest, _probes));
            theirs.Add(await Freshness.OfPeerAsync(peer, CopyBatches.Make(_last.Mixed(), eventsPerCopy, Peer.ConnectionCount), eventsPerCopy, _probes));
            _accepted += _last.Count + Freshness.ProbeCount;
            _probes += Freshness.ProbeCount;
        }

        Compare($"sent → totals, peer by COPY of {eventsPerCopy:N0}:", ours, theirs, Budget.AtMost(Freshness.P99MsMost));
    }

    /// <summary>The newest cases of a court.</summary>
    public async Task ListsAsync(int count)
    {
        await peer.SettleAsync();
        using var client = await server.SignInAsync();
        await using var connection = await peer.ConnectAsync();
        await using var lists = new PeerLists(connection);
        var (ours, theirs, pages) = (new List<Quantiles>(), new List<Quantiles>(), new List<Quantiles>());
        for (var round = 0; round <= rounds; round++)
        {
            var questions = ListQuestion.Make(count, round);
            var (our, their) = (new List<byte[]>(), new List<ListAnswer>());
            var ourMs = await TimeAsync(questions, async question => our.Add(await client.GetByteArrayAsync(question.Url)));
            var theirMs = await TimeAsync(questions, async question => their.Add(await lists.ReadAsync(question, withTotal: true)));
            var pageMs = await TimeAsync(questions, question => lists.ReadAsync(question, withTotal: false));
            for (var i = 0; i < count; i++)
            {
                _equality.Require($"list {questions[i].Url}", ProductLists.Parse(our[i]), their[i]);
            }

            if (round > 0)
            {
                ours.Add(ourMs);
                theirs.Add(theirMs);
                pages.Add(pageMs);
            }
        }

        Compare("list of a court, total included:", ours, theirs, Budget.AtMost(ListP99MsMost));
        Compare("list of a court, peer without the total:", ours, pages, isProductNew: false);
    }

    /// <summary>Day, month and year of a court, an area or the city.</summary>
    public async Task TotalsAsync(int count)
    {
        using var client = await server.SignInAsync();
        await using var connection = await peer.ConnectAsync();
        await using var totals = new PeerTotals(connection);
        var (ours, theirs) = (new List<Quantiles>(), new List<Quantiles>());
        for (var round = 0; round <= rounds; round++)
        {
#pragma warning disable CA5394 // Repeatable, not secret.
            var random = new Random(round);
            var questions = Enumerable.Range(0, count).Select(_ =>
                (Court: Invented.Courts[random.Next(Invented.Courts.Length)], Day: new DateOnly(2026, 1, 5).AddDays(random.Next(5)))).ToArray();
#pragma warning restore CA5394
            var ourMs = await TimeAsync(questions, question => client.GetByteArrayAsync(new Uri(
                string.Create(CultureInfo.InvariantCulture, $"api/v1/totals?scope={Uri.EscapeDataString(question.Court.Mark)}&date={question.Day:yyyy-MM-dd}"),
                UriKind.Relative)));
            var theirMs = await TimeAsync(questions, question => totals.ReadAsync(question.Court, question.Day));
            if (round > 0)
            {
                ours.Add(ourMs);
                theirs.Add(theirMs);
            }
        }

        Compare("totals of a court:", ours, theirs);
    }

    /// <summary>What must be refused is refused by both, and then every figure is the same.</summary>
    public async Task CompareAsync()
    {
        var lines = Mischief.Make(_last, _probes + 1);
        var ours = await Mischief.SendAsync(server, lines);
        Taken theirs;
        await using (var connection = await peer.ConnectAsync())
        {
            theirs = await Peer.SendAnyAsync(connection, CopyBatches.Make(lines, lines.Count, connections: 1)[0].Single, lines.Count);
        }

        _equality.Require("mischief accepted", ours.Accepted, theirs.Accepted);
        _equality.Require("mischief, duplicates", ours.Duplicates, theirs.Duplicates);
        _equality.Require("mischief rejected", ours.Rejected, theirs.Rejected);
        report.Say($"  mischief: of {lines.Count} events {ours.Accepted} accepted, {ours.Duplicates} duplicates, {ours.Rejected} rejected");
        _accepted += ours.Accepted;
        await _equality.CompareAsync(_accepted);
    }

    /// <summary>Bytes on disk after everything; ends the product.</summary>
    public async Task DiskAsync()
    {
        await peer.SettleAsync();
        await server.StopAsync();
        var ours = new DirectoryInfo(server.DataDirectory).EnumerateFiles("*", SearchOption.AllDirectories).Sum(static file => file.Length);
        var theirs = await peer.DatabaseBytesAsync();
        report.Add(new Measurement("disk, product: journal and snapshots", "B/event", [(double)ours / _accepted]));
        report.Add(new Measurement("disk, peer: tables and indexes", "B/event", [(double)theirs / _accepted]));
        report.Add(new Measurement("  peer over product", "×", [(double)theirs / ours]));
        report.Add(new Measurement("  peer, write-ahead log beside them", "MiB", [peer.WalBytes / 1048576.0]));
    }

    private async Task<(LoadRun Ours, PeerRun Theirs)> TurnAsync(int eventCount, int eventsPerRequest, int connections)
    {
        _last = traffic.Next(eventCount);
        var ours = LoadRun.Closed(server, _last.ToRequests(server, eventsPerRequest, connections));
        var theirs = await PeerRun.RunAsync(peer, CopyBatches.Make(_last.Mixed(), Peer.EventsPerBatch, Peer.ConnectionCount));
        _accepted += _last.Count;
        return (ours, theirs);
    }

    private static async Task<Quantiles> TimeAsync<T>(IEnumerable<T> questions, Func<T, Task> askAsync)
    {
        var latencies = new List<double>();
        foreach (var question in questions)
        {
            var started = Stopwatch.GetTimestamp();
            await askAsync(question);
            latencies.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        return new Quantiles(latencies);
    }

    private void Compare(string what, List<Quantiles> ours, List<Quantiles> theirs, Budget? p99Budget = null, bool isProductNew = true)
    {
        foreach (var (name, share) in ((string, double)[])[("p50", 0.50), ("p99", 0.99)])
        {
            if (isProductNew)
            {
                report.Add(new Measurement($"{what} product {name}", "ms", [.. ours.Select(run => run.At(share))], name == "p99" ? p99Budget : null));
            }

            report.Add(new Measurement($"{what} peer {name}", "ms", [.. theirs.Select(run => run.At(share))]));
            report.Add(new Measurement($"  peer over product {name}", "×", [.. ours.Zip(theirs, (a, b) => b.At(share) / a.At(share))]));
        }
    }
}
