using System.Diagnostics;
using CommandCenter.Audit.Reading;
using CommandCenter.Audit.Verification;

namespace CommandCenter.Audit.Tests;

/// <summary>The figures of docs/audit.md, on the disk of the given directory: <c>CommandCenter.Audit.Tests measure DIR</c>.</summary>
internal static class Measurement
{
    public const string Verb = "measure";

    private static readonly TimeSpan s_span = TimeSpan.FromSeconds(10);

    public static async Task<int> RunAsync(string directory)
    {
        foreach (var callers in (int[])[1, 64])
        {
            var folder = Path.Combine(directory, $"audit-{callers}");
            var keyFile = Path.Combine(directory, $"keys-{callers}", "audit.key");
            await using (var log = AuditLog.Open(new AuditLogOptions { Folder = folder, KeyFile = keyFile }, TimeProvider.System))
            {
                await AppendAsync(log, callers);
            }

            // The first round reads from the disk and compiles; the last says how fast it is.
            for (var round = 0; round < 3; round++)
            {
                Measure("verify", () => Verify(folder, keyFile));
                Measure("search for what is not there", () => Search(folder));
            }
        }

        return 0;
    }

    private static async Task AppendAsync(AuditLog log, int callers)
    {
        var clock = Stopwatch.StartNew();
        var waits = await Task.WhenAll(Enumerable.Range(0, callers).Select(async caller =>
        {
            var mine = new List<double>();
            while (clock.Elapsed < s_span)
            {
                var began = clock.Elapsed;
                _ = await log.AppendAsync(TestLog.View(caller * 1_000_000 + mine.Count), CancellationToken.None);
                mine.Add((clock.Elapsed - began).TotalMilliseconds);
            }

            return mine;
        }));
        var sorted = waits.SelectMany(mine => mine).Order().ToList();
        Console.WriteLine(
            $"{callers} callers: {sorted.Count / clock.Elapsed.TotalSeconds:N0} appends/s, each flushed; "
            + $"wait p50 {sorted[sorted.Count / 2]:N1} ms, p99 {sorted[sorted.Count * 99 / 100]:N1} ms");
    }

    private static double Verify(string folder, string keyFile)
    {
        var report = AuditVerifier.Verify(folder, File.ReadAllText(keyFile + ".pub"), expected: null, CancellationToken.None);
        Console.Write($"  {report.RecordCount:N0} records of {(double)report.ByteCount / report.RecordCount:N0} bytes, {report.FindingCount} findings; ");
        return report.ByteCount / 1e6;
    }

    private static double Search(string folder)
    {
        var query = new AuditQuery { Subject = "nothing" };
        var reader = new AuditReader(folder);
        for (long? after = 0; after is not null;)
        {
            var page = reader.Search(query with { After = after == 0 ? null : after }, long.MaxValue, CancellationToken.None);
            after = page.Next;
        }

        return Directory.EnumerateFiles(folder, "*.ndjson").Sum(file => new FileInfo(file).Length) / 1e6;
    }

    private static void Measure(string what, Func<double> megabytes)
    {
        var processor = Process.GetCurrentProcess().TotalProcessorTime;
        var clock = Stopwatch.StartNew();
        var read = megabytes();
        var elapsed = clock.Elapsed;
        processor = Process.GetCurrentProcess().TotalProcessorTime - processor;
        Console.WriteLine($"  {what}: {read:N1} MB at {read / elapsed.TotalSeconds:N0} MB/s, {read / processor.TotalSeconds:N0} MB a processor second");
    }
}
