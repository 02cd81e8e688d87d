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

            Verify(folder, keyFile, callers);
            Search(folder);
        }

        return 0;
    }

    private static async Task AppendAsync(AuditLog log, int callers)
    {
        var clock = Stopwatch.StartNew();
        var counts = await Task.WhenAll(Enumerable.Range(0, callers).Select(async caller =>
        {
            var count = 0;
            for (; clock.Elapsed < s_span; count++)
            {
                _ = await log.AppendAsync(TestLog.View(caller * 1_000_000 + count), CancellationToken.None);
            }

            return count;
        }));
        Console.WriteLine($"{callers} callers: {counts.Sum() / clock.Elapsed.TotalSeconds:N0} appends/s, each flushed");
    }

    private static void Verify(string folder, string keyFile, int callers)
    {
        var clock = Stopwatch.StartNew();
        var report = AuditVerifier.Verify(folder, File.ReadAllText(keyFile + ".pub"), expected: null, CancellationToken.None);
        Console.WriteLine(
            $"{callers} callers: {(double)report.ByteCount / report.RecordCount:N0} bytes a record; verified {report.RecordCount:N0} records, "
            + $"{report.ByteCount / 1e6:N1} MB, at {report.ByteCount / 1e6 / clock.Elapsed.TotalSeconds:N0} MB/s, {report.FindingCount} findings");
    }

    private static void Search(string folder)
    {
        var clock = Stopwatch.StartNew();
        var page = new AuditReader(folder).Search(new AuditQuery { Subject = "nothing" }, long.MaxValue, CancellationToken.None);
        Console.WriteLine($"search for what is not there: {clock.Elapsed.TotalMilliseconds:N0} ms to {(page.Next is null ? "the end" : "the end of the page")}");
    }
}
