using System.Diagnostics;
using CommandCenter.Audit;
using CommandCenter.Audit.Reading;
using CommandCenter.Audit.Verification;
using CommandCenter.Benchmarks.Reporting;
using CommandCenter.Testing;

namespace CommandCenter.Benchmarks.Audit;

/// <summary>The audit trail: what a record costs the caller who waits for it, and how fast a folder is proved and searched.</summary>
internal static class AuditBench
{
    private static readonly TimeSpan s_duration = TimeSpan.FromSeconds(5);

    /// <summary>One caller pays a flush each; 64 share it.</summary>
    public static async Task RunAsync(Report report, bool isQuick)
    {
        foreach (var callers in (int[])[1, 64])
        {
            using var directory = new TemporaryDirectory();
            var options = new AuditLogOptions
            {
                Folder = Path.Combine(directory.Path, "audit"),
                KeyFile = Path.Combine(directory.Path, "keys", "audit.key"),
            };
            await using (var log = AuditLog.Open(options, TimeProvider.System))
            {
                var runs = new List<Quantiles>();
                for (var round = 0; round < (isQuick ? 1 : 3); round++)
                {
                    runs.Add(await AppendAsync(log, callers));
                }

                report.Add(new Measurement($"{callers} callers, each record flushed", "records/s", [.. runs.Select(run => run.Count / s_duration.TotalSeconds)]));
                report.Add(new Measurement("  append → answer p50", "ms", [.. runs.Select(static run => run.At(0.50))]));
                report.Add(new Measurement("  append → answer p99", "ms", [.. runs.Select(static run => run.At(0.99))]));
            }

            Read(report, options, rounds: isQuick ? 1 : 3);
        }

        await SearchAsync(report, isQuick ? 200_000 : 2_000_000);
    }

    // As many hours as the trace is kept, each with its own file, and a search for one subject among all.
    private static async Task SearchAsync(Report report, int records)
    {
        const int Hours = 184 * 24;
        using var directory = new TemporaryDirectory();
        var time = new SteppedTime();
        await using var log = AuditLog.Open(new AuditLogOptions { Folder = Path.Combine(directory.Path, "audit"), KeyFile = Path.Combine(directory.Path, "keys", "audit.key") }, time);
        for (var hour = 0; hour < Hours; hour++)
        {
            await Task.WhenAll(Enumerable.Range(hour * (records / Hours), records / Hours).Select(number => log.AppendAsync(View(number), CancellationToken.None)));
            time.Now += TimeSpan.FromHours(1);
        }

        _ = await log.AppendAsync(View(-1), CancellationToken.None); // Seals the last hour.
        var rare = new AuditQuery { Subject = View(records / 3).Subject };
        report.Add(new Measurement($"  one subject in {records:N0} records, no index", "ms", [PageThrough(log, rare)]));
        var begun = Stopwatch.GetTimestamp();
        await log.IndexAsync(CancellationToken.None);
        report.Add(new Measurement("  indexing them in the background", "s", [Stopwatch.GetElapsedTime(begun).TotalSeconds]));
        _ = PageThrough(log, rare);
        report.Add(new Measurement("  one subject, indexed", "ms", [.. Enumerable.Range(0, 5).Select(_ => PageThrough(log, rare))]));
        report.Add(new Measurement("  a subject that is not there, indexed", "ms", [.. Enumerable.Range(0, 5).Select(_ => PageThrough(log, new AuditQuery { Subject = "nothing" }))]));
        report.Add(new Measurement("  the newest 50 of an actor, indexed", "ms", [.. Enumerable.Range(0, 5).Select(_ => PageThrough(log, new AuditQuery { Actor = View(3).Actor }, onePage: true))]));
    }

    private static double PageThrough(AuditLog log, AuditQuery query, bool onePage = false)
    {
        var begun = Stopwatch.GetTimestamp();
        AuditPage page;
        do
        {
            page = log.Search(query, CancellationToken.None);
            query = query with { After = page.Next };
        }
        while (page.Next is not null && !onePage);

        return Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
    }

    private sealed class SteppedTime : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = System.GetUtcNow().AddDays(-184);

        public override DateTimeOffset GetUtcNow() => Now;
    }

    private static async Task<Quantiles> AppendAsync(AuditLog log, int callers)
    {
        var started = Stopwatch.GetTimestamp();
        var waits = await Task.WhenAll(Enumerable.Range(0, callers).Select(async caller =>
        {
            var mine = new List<double>();
            while (Stopwatch.GetElapsedTime(started) < s_duration)
            {
                var asked = Stopwatch.GetTimestamp();
                _ = await log.AppendAsync(View((caller * 100_000) + mine.Count), CancellationToken.None);
                mine.Add(Stopwatch.GetElapsedTime(asked).TotalMilliseconds);
            }

            return mine;
        }));
        return new Quantiles([.. waits.SelectMany(static mine => mine)]);
    }

    private static void Read(Report report, AuditLogOptions options, int rounds)
    {
        var publicKey = File.ReadAllText(options.KeyFile + ".pub");
        var megabytes = 0.0;
        var verified = new List<double>();
        var searched = new List<double>();
        for (var round = 0; round < rounds; round++)
        {
            var started = Stopwatch.GetTimestamp();
            var result = AuditVerifier.Verify(options.Folder, publicKey, AuditHead.ReadNoted(options.KeyFile), CancellationToken.None);
            megabytes = result.ByteCount / 1e6;
            verified.Add(megabytes / Stopwatch.GetElapsedTime(started).TotalSeconds);
            if (!result.IsWhole)
            {
                report.Fail($"the log is damaged: {result.Findings[0]}");
            }

            started = Stopwatch.GetTimestamp();
            if (new AuditReader(options.Folder).Read(new AuditQuery { Subject = "nothing" }, long.MaxValue, CancellationToken.None).Any())
            {
                report.Fail("a search found what is not there");
            }

            searched.Add(megabytes / Stopwatch.GetElapsedTime(started).TotalSeconds);
            if (round == 0)
            {
                report.Add(new Measurement("  a record", "bytes", [(double)result.ByteCount / result.RecordCount]));
            }
        }

        report.Add(new Measurement($"  verification of {megabytes:N0} MB", "MB/s", [.. verified]));
        report.Add(new Measurement("  search for what is not there", "MB/s", [.. searched]));
    }

    private static AuditEntry View(int number) => new()
    {
        Action = "case.view",
        Actor = $"zhang.wei.{number % 7}",
        Role = "handler",
        Session = "s-81f0",
        From = "10.1.2.3",
        Subject = $"(2017)沪0115执{number}号",
    };
}
