using System.Text.Json;
using System.Text.Json.Nodes;
using CommandCenter.Domain.Courts;
using CommandCenter.EndToEnd.Tests.Product;
using CommandCenter.Testing;

namespace CommandCenter.EndToEnd.Tests.Simulation;

/// <summary>The file that the simulator wrote with <c>--expect</c>, to be held against the API.</summary>
internal sealed class ExpectedCity(JsonElement file)
{
    private static readonly string[] s_periodFields = ["received", "closed", "revoked", "fundsInFen", "fundsOutFen"];
    private static readonly string[] s_flowFields = ["received", "closed", "fundsInFen", "fundsOutFen"];

    private readonly Dictionary<string, JsonElement> _courts =
        file.GetProperty("courts").EnumerateArray().ToDictionary(court => court.GetProperty("mark").GetString()!);

    private readonly string[] _columns = [.. file.GetProperty("windowColumns").EnumerateArray().Select(column => column.GetString()!)];

    public JsonElement Answers => file.GetProperty("answers");

    public JsonElement Mischief => file.GetProperty("mischief");

    public static ExpectedCity Read(string path) => new(JsonElement.Parse(File.ReadAllBytes(path)));

    /// <summary>The same file with one fen more in the last window of a court, where there is one.</summary>
    public static ExpectedCity ReadWithOneFenMore(string path, string mark)
    {
        var file = JsonNode.Parse(File.ReadAllBytes(path))!;
        var court = file["courts"]!.AsArray().Single(court => (string)court!["mark"]! == mark)!;
        var row = court["windows"]!.AsArray()[^1]!;
        var column = file["windowColumns"]!.AsArray().Index().Single(column => (string)column.Item! == "fundsInFen").Index;
        row[column] = (long)row[column]! + 1;
        return new ExpectedCity(JsonElement.Parse(file.ToJsonString()));
    }

    /// <summary>Every difference between the file and the API, for a court and its inferior courts; empty when all is equal.</summary>
    /// <returns>The differences, and how many numbers were compared.</returns>
    public async Task<(IReadOnlyList<string> Differences, int Compared)> CompareAsync(ProductHost host, Court scope, CancellationToken cancellationToken)
    {
        var courts = scope.Scope.Select(court => _courts[court.Mark]).ToArray();
        var differences = new List<string>();
        var compared = 0;
        await CompareWindowsAsync();
        var days = courts.SelectMany(Days).Distinct().Order().ToArray();
        foreach (var date in days.Where((_, i) => i % 7 == 0 || i >= days.Length - 8))
        {
            await CompareDayAsync(date);
        }

        return (differences, compared);

        void Same(string what, long expected, long shown)
        {
            compared++;
            if (expected != shown)
            {
                differences.Add($"{scope.Mark} {what}: must be {expected}, is {shown}");
            }
        }

        async Task CompareWindowsAsync()
        {
            var windows = SumWindows(courts);
            if (windows.Count == 0)
            {
                return;
            }

            var (from, to) = (Utc(windows.Keys.First()), Utc(windows.Keys.Last() + 300));
            var series = await GetAsync(host, $"api/v1/rollups?scope={scope.Mark}&from={from:yyyy-MM-dd'T'HH:mm:ss'Z'}&to={to:yyyy-MM-dd'T'HH:mm:ss'Z'}&step=5m", cancellationToken);
            var points = series.GetProperty("points").EnumerateArray().ToDictionary(point => point.GetProperty("t").GetDateTimeOffset().ToUnixTimeSeconds());
            foreach (var (start, sums) in windows)
            {
                if (!points.Remove(start, out var point))
                {
                    differences.Add($"{scope.Mark} {Utc(start):u}: a window is missing");
                    continue;
                }

                foreach (var column in s_flowFields)
                {
                    Same($"{Utc(start):u} {column}", sums[column], Long(point, column));
                }

                Same($"{Utc(start):u} pending", sums["pending"], Long(point, "pending"));
                Same($"{Utc(start):u} terminalStock", sums["terminalStock"], Long(point, "terminalStock"));
            }

            // A window in which only irregular facts lie has no flow.
            foreach (var (start, point) in points)
            {
                foreach (var column in s_flowFields)
                {
                    Same($"{Utc(start):u} {column}", 0, Long(point, column));
                }
            }
        }

        async Task CompareDayAsync(string date)
        {
            var totals = await GetAsync(host, $"api/v1/totals?scope={scope.Mark}&date={date}", cancellationToken);
            Same($"{date} identity", 1, totals.GetProperty("identity").GetString() == "holds" ? 1 : 0);
            var shown = totals.GetProperty("day");
            var expected = courts.Select(court => (Day: DayOf(court, date), Stock: StockAt(court, date))).ToArray();
            foreach (var field in s_periodFields)
            {
                Same($"{date} {field}", Sum(day => Long(day, field)), Long(shown, field));
            }

            Same($"{date} pending", expected.Sum(court => Long(court.Stock, "pending")), Long(shown, "pending"));
            Same($"{date} terminalStock", expected.Sum(court => Long(court.Stock, "terminalStock")), Long(shown, "terminalStock"));
            foreach (var way in shown.GetProperty("closedByWay").EnumerateObject())
            {
                Same($"{date} {way.Name}", Sum(day => Long(day.GetProperty("closedByWay"), way.Name)), way.Value.GetInt64());
            }

            foreach (var kind in new[] { "执", "执恢", "执保" })
            {
                var column = shown.GetProperty("byKind").GetProperty(kind);
                Same($"{date} {kind} received", Sum(day => Long(day.GetProperty("byKind").GetProperty(kind), "received")), Long(column, "received"));
                Same($"{date} {kind} closed", Sum(day => Long(day.GetProperty("byKind").GetProperty(kind), "closed")), Long(column, "closed"));
                Same(
                    $"{date} {kind} pending",
                    expected.Sum(court => court.Stock.ValueKind == JsonValueKind.Undefined ? 0 : Long(court.Stock.GetProperty("byKind").GetProperty(kind), "pending")),
                    Long(column, "pending"));
            }

            long Sum(Func<JsonElement, long> read) => expected.Sum(court => court.Day.ValueKind == JsonValueKind.Undefined ? 0 : read(court.Day));
        }
    }

    private static async Task<JsonElement> GetAsync(ProductHost host, string path, CancellationToken cancellationToken) =>
        JsonElement.Parse(await host.Client.GetByteArrayAsync(new Uri(path, UriKind.Relative), cancellationToken));

    private static IEnumerable<string> Days(JsonElement court) =>
        court.GetProperty("days").EnumerateArray().Select(day => day.GetProperty("date").GetString()!);

    private static JsonElement DayOf(JsonElement court, string date) =>
        court.GetProperty("days").EnumerateArray().FirstOrDefault(day => day.GetProperty("date").GetString() == date);

    private static JsonElement StockAt(JsonElement court, string date) =>
        court.GetProperty("days").EnumerateArray().LastOrDefault(day => string.CompareOrdinal(day.GetProperty("date").GetString(), date) <= 0);

    private static long Long(JsonElement element, string name) => element.ValueKind == JsonValueKind.Undefined ? 0 : element.GetProperty(name).GetInt64();

    private static DateTimeOffset Utc(long seconds) => DateTimeOffset.FromUnixTimeSeconds(seconds);

    // Flows of a window are summed; a stock is that of each court's last window so far.
    private SortedDictionary<long, Dictionary<string, long>> SumWindows(JsonElement[] courts)
    {
        var sums = new SortedDictionary<long, Dictionary<string, long>>();
        var rows = courts.SelectMany((court, index) => court.GetProperty("windows").EnumerateArray().Select(row => (Court: index, Row: row)))
            .OrderBy(row => row.Row[0].GetInt64());
        var stocks = new (long Pending, long Terminal)[courts.Length];
        foreach (var window in rows.GroupBy(row => row.Row[0].GetInt64()))
        {
            var sum = _columns.ToDictionary(column => column, _ => 0L);
            foreach (var (court, row) in window)
            {
                for (var i = 1; i < _columns.Length; i++)
                {
                    sum[_columns[i]] += row[i].GetInt64();
                }

                stocks[court] = (row[Array.IndexOf(_columns, "pending")].GetInt64(), row[Array.IndexOf(_columns, "terminalStock")].GetInt64());
            }

            (sum["pending"], sum["terminalStock"]) = (stocks.Sum(stock => stock.Pending), stocks.Sum(stock => stock.Terminal));
            sums.Add(window.Key, sum);
        }

        return sums;
    }
}
