namespace CommandCenter.Audit.Tests.Writing;

/// <summary>A process that appends as fast as it can from eight tasks and prints each acknowledged sequence, until it is killed.</summary>
internal static class KilledWriter
{
    public const string Verb = "write-until-killed";

    private const int Callers = 8;

    public static async Task<int> RunAsync(string folder, string key)
    {
        await using var log = AuditLog.Open(new AuditLogOptions { Folder = folder, KeyFile = key }, TimeProvider.System);
        await using var output = TextWriter.Synchronized(new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true });
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(async caller =>
        {
            for (var i = 0; ; i++)
            {
                var sequence = await log.AppendAsync(TestLog.View(caller * 1_000_000 + i), CancellationToken.None);
                await output.WriteLineAsync($"{sequence:D10}");
            }
        }));
        return 0;
    }
}
