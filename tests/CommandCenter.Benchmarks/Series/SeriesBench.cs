using System.Diagnostics;
using CommandCenter.Benchmarks.Reporting;
using CommandCenter.Testing;
using CommandCenter.TimeSeries;
using CommandCenter.TimeSeries.Embedded;
using CommandCenter.TimeSeries.Influx;
using CommandCenter.Web.Series;

namespace CommandCenter.Benchmarks.Series;

/// <summary>22 courts × 2 years of five-minute history: how long to write, how much on disk, how fast the slowest charts are; the same in InfluxDB where it is installed.</summary>
internal static class SeriesBench
{
    private const int CourtCount = 22;
    private const int QueryCount = 300;
    private const double MiB = 1024 * 1024;

    public static async Task RunAsync(Report report, bool isQuick)
    {
        var dayCount = isQuick ? 60 : 730;
        using var directory = new TemporaryDirectory();
        var today = (int)((TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() + (8 * 3600)) / 86_400);
        using var store = SeriesStore.Open(new SeriesOptions().StoreIn(directory.Path), TimeProvider.System);
        var history = new MadeUpHistory(CourtCount);
        var writing = TimeSpan.Zero;
        for (var day = today - dayCount + 1; day <= today; day++)
        {
            var rows = history.Day(day);
            var started = Stopwatch.GetTimestamp();
            _ = store.Write(day, rows);
            writing += Stopwatch.GetElapsedTime(started);
        }

        store.Maintain();
        var points = store.ReadStatistics().Points;
        report.Add(new Measurement($"embedded: {CourtCount} courts × {dayCount} days, written", "points/s", [points / writing.TotalSeconds]));
        report.Add(new Measurement("  on disk", "MiB", [store.ReadStatistics().SizeBytes / MiB]));
        report.Add(new Measurement("  bytes a point, hours and days included", "B", [store.ReadStatistics().SizeBytes / (double)points]));
        await MeasureAsync(report, "embedded", store, today, dayCount, QueryCount);
        await DeliverAsync(report, store, today, dayCount, points);
    }

    private static async Task DeliverAsync(Report report, SeriesStore store, int today, int dayCount, long points)
    {
        await using var server = await InfluxProcess.TryStartAsync();
        if (server is null)
        {
            report.Say("  InfluxDB is not installed (package influxdb): only the embedded store was measured.");
            return;
        }

        using var http = new HttpClient();
        var client = new InfluxClient(http, server.Options, store.Schema, TimeProvider.System);
        var shipper = new InfluxShipper(store, client, server.Options, TimeProvider.System, Random.Shared);
        var started = Stopwatch.GetTimestamp();
        while (await shipper.ShipAsync(CancellationToken.None) == TimeSpan.Zero)
        {
        }

        var state = shipper.ReadState();
        if (state.LagPoints > 0)
        {
            throw new InvalidOperationException($"InfluxDB does not take the lines: {state.LastError}");
        }

        report.Add(new Measurement("InfluxDB: delivered by the cursor", "lines/s", [state.PointsDelivered / Stopwatch.GetElapsedTime(started).TotalSeconds]));
        var sums = await client.SumAsync(SeriesStep.FiveMinutes, "funds_in_fen", CancellationToken.None);
        var expected = store.ReadScopeNames().ToDictionary(
            static scope => scope, scope => store.Read(SeriesStep.Hour, scope, 0, long.MaxValue).Sum(static point => point.Values[KpiFields.Schema.IndexOf("funds_in_fen")]));
        if (sums.Values.Sum(static sum => sum.Count) != points || sums.Any(sum => sum.Value.Sum != expected[sum.Key]))
        {
            throw new InvalidOperationException("InfluxDB holds other points or another sum than the embedded store.");
        }

        report.Add(new Measurement("  points lost", "points", [points - sums.Values.Sum(static sum => sum.Count)], Budget.AtMost(0)));
        await server.StopAsync();
        report.Add(new Measurement("  on disk", "MiB", [server.SizeBytes / MiB]));
        await server.StartAsync();
        await MeasureAsync(report, "InfluxDB", client, today, dayCount, QueryCount / 10);
    }

    private static async Task MeasureAsync(Report report, string name, ISeriesReader reader, int today, int dayCount, int count)
    {
#pragma warning disable CA5394 // Repeatable, not secret.
        var random = new Random(1);
        var days = new List<double>();
        var years = new List<double>();
        for (var i = 0; i < count; i++)
        {
            var day = today - random.Next(dayCount);
            var (since, until) = (KpiCalendar.StartOf(KpiCalendar.FirstWindowOf(day)), KpiCalendar.StartOf(KpiCalendar.FirstWindowOf(day + 1)));
            var started = Stopwatch.GetTimestamp();
            var points = await reader.ReadAsync(SeriesStep.FiveMinutes, MadeUpHistory.ScopeOf(random.Next(CourtCount)), since, until, CancellationToken.None);
            days.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            Check(points.Count, 288);

            var year = Math.Min(365, dayCount);
            var first = KpiCalendar.StartOf(KpiCalendar.FirstWindowOf(today - year + 1));
            var end = KpiCalendar.StartOf(KpiCalendar.FirstWindowOf(today + 1));
            started = Stopwatch.GetTimestamp();
            var total = 0;
            for (var court = 0; court < CourtCount; court++)
            {
                total += (await reader.ReadAsync(SeriesStep.Day, MadeUpHistory.ScopeOf(court), first, end, CancellationToken.None)).Count;
            }

            years.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            Check(total, CourtCount * year);
        }
#pragma warning restore CA5394

        foreach (var (what, run) in new[] { ("a court's day by 5 min", new Quantiles(days)), ("all courts, a year by day", new Quantiles(years)) })
        {
            report.Add(new Measurement($"{name}: {what}, p50", "ms", [run.At(0.50)]));
            report.Add(new Measurement("  p99", "ms", [run.At(0.99)]));
        }
    }

    private static void Check(int count, int expected)
    {
        if (count != expected)
        {
            throw new InvalidOperationException($"A query gave {count} points instead of {expected}.");
        }
    }
}
