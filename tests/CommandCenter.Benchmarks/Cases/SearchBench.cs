using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using CommandCenter.Benchmarks.Product;
using CommandCenter.Benchmarks.Reporting;
using CommandCenter.Benchmarks.Traffic;
using CommandCenter.Runtime.Partitions;
using CommandCenter.Testing;
using CommandCenter.Web.Grains;
using CommandCenter.Web.Search;

namespace CommandCenter.Benchmarks.Cases;

/// <summary>A million cases with names of their own: what a search of each kind takes over HTTP, one after the other, and what the index holds.</summary>
internal static class SearchBench
{
    private const int CaseCount = 1_000_000;
    private const int ConnectionCount = 16;
    private const int EventsPerRequest = 1_000;
    private const int RequestsPerRound = 10;
    private const double P99MsMost = 100;
    private const double BytesPerCaseMost = 70;

#pragma warning disable CA5394 // Repeatable, not secret.
    private static readonly (string What, Func<Random, string> Question)[] s_kinds =
    [
        ("a full number", static random => $"(2026){AnyCourt(random)}执{random.Next(1, CaseCount)}号"),
        ("a running number", static random => random.Next(1, CaseCount).ToString(CultureInfo.InvariantCulture)),
        ("the beginning of a number", static random => $"2026{AnyCourt(random)}执{random.Next(1, 99)}"),
        ("a person", SearchTraffic.Person),
        ("a company", SearchTraffic.Company),
        ("a piece of a company, rare", static random => SearchTraffic.Company(random).Substring(2, 3)),
        ("a piece of every third name", static _ => "有限公司"),
        ("one character", static random => SearchTraffic.Person(random)[..1]),
        ("initials of a company", static random => InitialsOf(SearchTraffic.Company(random))),
        ("initials of a person", static random => InitialsOf(SearchTraffic.Person(random))),
        ("initials of every third name", static _ => "yxgs"),
        ("one letter", static random => InitialsOf(SearchTraffic.Person(random))[..1]),
        ("a handler", static random => Invented.Handler(Invented.Courts[random.Next(Invented.Courts.Length)], random.Next(Invented.HandlersPerCourt))),
        ("nothing", static random => "龘" + SearchTraffic.Person(random)),
    ];

    public static async Task RunAsync(Report report, bool isQuick)
    {
        using var directory = new TemporaryDirectory();
        var data = Path.Combine(directory.Path, "data");
        var cases = isQuick ? CaseCount / 10 : CaseCount;
        await using (var server = await ServerProcess.StartAsync(data))
        {
            _ = await server.AccountsAsync(); // Only the first start of a directory prints the password that makes them.
            Fill(server, cases);
            await server.StopAsync();
        }

        var (bytes, making) = await IndexAsync(report, data, isQuick ? 20 : 100);
        report.Add(new Measurement("the index", "B/case", [bytes / (double)cases], Budget.AtMost(BytesPerCaseMost)));
        report.Add(new Measurement("making it at a start, all partitions together", "ms", [making.TotalMilliseconds]));
        await using (var server = await ServerProcess.StartAsync(data))
        {
            await MeasureAsync(report, server, isQuick ? 20 : 100, isQuick ? 1 : 3);
            await server.StopAsync();
        }
    }

    private static void Fill(ServerProcess server, int cases)
    {
        SearchTraffic[] streams = [.. Enumerable.Range(0, ConnectionCount).Select(source => new SearchTraffic(source, ConnectionCount, cases / ConnectionCount))];
        while (true)
        {
            Requests[] requests = [.. streams.Select(stream => Requests.Make(RequestsPerRound, EventsPerRequest, stream.Write, server))];
            if (requests.All(static one => one.Count == 0))
            {
                return;
            }

            _ = LoadRun.Closed(server, requests);
        }
    }

    private static async Task MeasureAsync(Report report, ServerProcess server, int count, int rounds)
    {
        using var client = await server.SignInAsync();
        foreach (var (_, question) in s_kinds)
        {
            _ = await AskAsync(client, question, count / 2, seed: 0); // The server has just started, and compiles what is asked often.
        }

        foreach (var (what, question) in s_kinds)
        {
            var runs = new List<Quantiles>();
            var total = 0L;
            for (var round = 1; round <= rounds; round++)
            {
                var (latencies, found) = await AskAsync(client, question, count, round);
                runs.Add(latencies);
                total += found;
            }

            report.Say(string.Create(CultureInfo.InvariantCulture, $"  {what}: {total / (double)(rounds * count):N1} cases found on average"));
            report.Add(new Measurement($"search for {what}, p50", "ms", [.. runs.Select(static run => run.At(0.50))]));
            report.Add(new Measurement($"search for {what}, p99", "ms", [.. runs.Select(static run => run.At(0.99))], Budget.AtMost(P99MsMost)));
        }
    }

    private static async Task<(Quantiles Latencies, long Found)> AskAsync(HttpClient client, Func<Random, string> question, int count, int seed)
    {
        var random = new Random(seed);
        var latencies = new List<double>();
        var found = 0L;
        for (var i = 0; i < count; i++)
        {
            var url = new Uri("api/v1/search?q=" + Uri.EscapeDataString(question(random)), UriKind.Relative);
            var started = Stopwatch.GetTimestamp();
            var answer = await client.GetByteArrayAsync(url);
            latencies.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            using var json = JsonDocument.Parse(answer);
            found += json.RootElement.GetProperty("total").GetInt64();
        }

        return (new Quantiles(latencies), found);
    }

    // Opened in this process, where the index can be asked, and made once more on the partition's thread as a start makes it.
    private static async Task<(long Bytes, TimeSpan Making)> IndexAsync(Report report, string data, int count)
    {
        await using var grains = await GrainHost.OpenAsync(
            new PartitionSetOptions { DataDirectory = data }, ShippedConfig.Courts, ShippedConfig.Nodes, GrainLimits.Default, TimeProvider.System,
            new SilentObserver(), carries: false, CancellationToken.None);
        foreach (var (what, question) in s_kinds)
        {
            report.Add(new Measurement($"search for {what}, processor, p99", "ms", [(await ProcessorAsync(grains, question, count)).At(0.99)]));
        }

        var bytes = 0L;
        var making = TimeSpan.Zero;
        for (var partition = 0; partition < grains.PartitionCount; partition++)
        {
            var (held, took) = await grains.AskAsync(partition, MakeAgain, CancellationToken.None);
            bytes += held;
            making += took;
        }

        return (bytes, making);
    }

    // What a question costs this process, which does nothing else: the same however busy the machine is. A scan takes one core at a time.
    private static async Task<Quantiles> ProcessorAsync(GrainHost grains, Func<Random, string> question, int count)
    {
        var search = new CaseSearch(grains, TimeProvider.System);
        var random = new Random(1);
        var costs = new List<double>();
        for (var i = -count / 2; i < count; i++)
        {
            var asked = new SearchParameters { Query = question(random) };
            var before = Environment.CpuUsage.TotalTime;
            _ = await search.FindAsync(asked, limit: null, CancellationToken.None);
            if (i >= 0)
            {
                costs.Add((Environment.CpuUsage.TotalTime - before).TotalMilliseconds);
            }
        }

        return new Quantiles(costs);
    }

    private static (long Bytes, TimeSpan Took) MakeAgain(GrainModel model)
    {
        var started = Stopwatch.GetTimestamp();
        var index = new SearchIndex();
        for (var place = 0; place < model.Cases.Count; place++)
        {
            ref readonly var row = ref model.Cases[place];
            index.Put(place, in row, row.Handler < 0 ? null : model.Texts[row.Handler], model.Cases.TextAt(in row));
        }

        return (model.Search.SizeBytes, Stopwatch.GetElapsedTime(started));
    }

    private static string AnyCourt(Random random) => Invented.Courts[random.Next(Invented.Courts.Length)].Mark;

    private static string InitialsOf(string name) => string.Concat(name.Select(static one => PinyinInitials.Of(one) is { Length: > 0 } letters ? letters[..1] : ""));
#pragma warning restore CA5394
}
