using System.Text.Json;
using CommandCenter.EndToEnd.Tests.Product;
using CommandCenter.Testing;
using CommandCenter.Testing.Logs;

namespace CommandCenter.EndToEnd.Tests.Import;

/// <summary>The real log of 2000 to 2006 through the real process, which is killed ten times on the way in a long run.</summary>
public sealed class KilledImportTests
{
    private const string Log = "data/eventlogs/traffic_fines_2000_2006.csv.gz";
    private const string AllWindows = "from=2000-01-01T00:00:00%2B08:00&to=2021-01-01T00:00:00%2B08:00&step=5m";
    private const int DoneWithRejects = 1;

    private static readonly int s_kills = LongRun.IsOn ? 10 : 0;
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(3);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_import_killed_on_the_way_and_repeated_counts_every_row_once()
    {
        var path = RepositoryRoot.FindShared(Log);
        Assert.SkipWhen(path is null, $"The shared data set is not beside the repository: {Log}.");
        var count = FinesCount.Read(path);
        using var directory = new TemporaryDirectory();
        var data = Path.Combine(directory.Path, "data");

        var random = new Random(2_026);
        var last = count.Rows * 9 / 10; // Later, it might be done before the kill.
        foreach (var rows in Enumerable.Range(0, s_kills).Select(_ => random.NextInt64(last)).Order().ToArray())
        {
            await KillAtAsync(path, data, rows);
        }

        Assert.Equal(DoneWithRejects, await ImportAsync(path, data));
        Assert.False(File.Exists(ProgressOf(data)), "The place of a finished import is still there.");
        await AssertRefusedAsync(path, data, count);
        var first = await FiguresAsync(data, count);

        Assert.Equal(DoneWithRejects, await ImportAsync(path, data));
        await AssertRefusedAsync(path, data, count);
        Assert.Equal(first, await FiguresAsync(data, count));
    }

    // Killed when its kept place has passed so many rows, which is somewhere in the batches after that.
    private static async Task KillAtAsync(string path, string data, long rows)
    {
        await using var import = Start(path, data);
        await Eventually.TrueAsync(
            $"the import to pass row {rows}",
            s_patience,
            async token => import.HasExited
                ? throw new InvalidOperationException($"The import ended by itself with exit code {import.ExitCode}. It printed:\n{import.Output}")
                : await PlaceAsync(data, token) >= rows,
            Cancellation);

        await import.KillAsync(Cancellation);
    }

    private static async Task<long> PlaceAsync(string data, CancellationToken cancellationToken)
    {
        if (ProgressOf(data) is not { } file)
        {
            return -1;
        }

        using var progress = JsonDocument.Parse(await File.ReadAllBytesAsync(file, cancellationToken));
        return progress.RootElement.EnumerateObject().Single(property => property.Name.Equals("rows", StringComparison.OrdinalIgnoreCase)).Value.GetInt64();
    }

    private static string? ProgressOf(string data) => Directory.Exists(Path.Combine(data, "imports"))
        ? Directory.EnumerateFiles(Path.Combine(data, "imports"), "*.progress").SingleOrDefault()
        : null;

    private static async Task<int> ImportAsync(string path, string data)
    {
        await using var import = Start(path, data);
        return await import.WaitForExitAsync(s_patience, Cancellation);
    }

    private static ChildProcess Start(string path, string data) => ChildProcess.Start(
        ProductFiles.Dotnet,
        [ProductFiles.Web, "import", path, "--map", "traffic-fines", "--data", data, "--config", RepositoryRoot.Combine("wallboard-config")],
        Path.GetTempPath());

    private static async Task AssertRefusedAsync(string path, string data, FinesCount count)
    {
        var quarantine = await File.ReadAllLinesAsync(Path.Combine(data, "imports", Path.GetFileName(path) + ".quarantine.csv"), Cancellation);

        Assert.Equal(count.Refused.Count + 1, quarantine.Length);
        Assert.All(count.Refused.Zip(quarantine.Skip(1)), pair =>
        {
            Assert.Contains(pair.First.Replace(':', ','), pair.Second, StringComparison.Ordinal);
            Assert.Contains("case.already-closed", pair.Second, StringComparison.Ordinal);
        });
    }

    /// <summary>Every figure of the closing note, from the totals, from the windows and from the list, against the naive count.</summary>
    private static async Task<string> FiguresAsync(string data, FinesCount count)
    {
        await using var host = await ProductHost.StartOnAsync(data, Cancellation);
        var totals = await GetAsync(host, "totals?scope=沪&date=2020-12-31");
        var all = totals.GetProperty("all");
        Assert.Equal("holds", totals.GetProperty("identity").GetString());
        Assert.Equal((count.Cases, count.MoneyInFen), (Number(all, "received"), Number(all, "fundsInFen")));
        Assert.Equal((count.Open, count.Revoked), (Number(all, "pending"), Number(all, "revoked")));
        Assert.Equal((count.Collected, count.Performed + count.Collected), (Number(all, "terminalStock"), Number(all, "closed")));
        Assert.Equal(
            (count.Performed, count.Collected),
            (Number(all.GetProperty("closedByWay"), "WB"), Number(all.GetProperty("closedByWay"), "ZB")));
        foreach (var (year, filed) in count.FiledByYear)
        {
            Assert.Equal((year, filed), (year, Number((await GetAsync(host, $"totals?scope=沪&date={year}-12-31")).GetProperty("year"), "received")));
        }

        Figures expected = new(count.Cases, count.Performed + count.Collected, count.Open, count.MoneyInFen);
        Assert.Equal(expected, await SumOfWindowsAsync(host, "沪"));
        var areas = (await GetAsync(host, "courts")).EnumerateArray().Where(court => court.GetProperty("superior").GetString() == "沪");
        var sum = new Figures(0, 0, 0, 0);
        foreach (var area in areas)
        {
            sum += await SumOfWindowsAsync(host, area.GetProperty("mark").GetString()!);
        }

        Assert.Equal(expected, sum);
        Assert.Equal(count.Cases, Number(await GetAsync(host, "cases?scope=沪&size=1"), "total"));
        Assert.Equal(count.Open, Number(await GetAsync(host, "cases?scope=沪&status=open&size=1"), "total"));
        Assert.Equal(0, await host.StopGracefullyAsync(Cancellation));
        return all.GetRawText();
    }

    private static async Task<Figures> SumOfWindowsAsync(ProductHost host, string scope)
    {
        var series = await GetAsync(host, $"rollups?scope={scope}&{AllWindows}");
        Assert.Equal("holds", series.GetProperty("identity").GetString());
        var points = series.GetProperty("points").EnumerateArray().ToArray();
        return new Figures(
            points.Sum(point => Number(point, "received")), points.Sum(point => Number(point, "closed")),
            Number(points[^1], "pending"), points.Sum(point => Number(point, "fundsInFen")));
    }

    private static async Task<JsonElement> GetAsync(ProductHost host, string query)
    {
        using var json = JsonDocument.Parse(await host.Client.GetStringAsync(new Uri("api/v1/" + query, UriKind.Relative), Cancellation));
        return json.RootElement.Clone();
    }

    private static long Number(JsonElement element, string name) => element.GetProperty(name).GetInt64();

    private sealed record Figures(long Received, long Closed, long Pending, long FundsInFen)
    {
        public static Figures operator +(Figures a, Figures b) =>
            new(a.Received + b.Received, a.Closed + b.Closed, a.Pending + b.Pending, a.FundsInFen + b.FundsInFen);
    }
}
