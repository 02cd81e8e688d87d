using System.Diagnostics;
using System.Globalization;

namespace CommandCenter.Audit.Tests.Writing;

public sealed class KillTests : IDisposable
{
    private const int LivesCount = 5;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly TestLog _log = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_process_killed_at_any_moment_loses_nothing_that_it_acknowledged()
    {
        var random = new Random(20170901);
        for (var life = 0; life < LivesCount; life++)
        {
            var acknowledged = await WriteAndKillAsync(random.Next(1, 300));
            await using (var log = AuditLog.Open(_log.Options, TimeProvider.System))
            {
                Assert.True(log.Head.Sequence > acknowledged, $"{acknowledged} was acknowledged, the log ends at {log.Head.Sequence}.");
            }

            Assert.Empty(_log.Verify().Findings);
        }
    }

    public void Dispose() => _log.Dispose();

    private async Task<long> WriteAndKillAsync(int afterLines)
    {
        var executable = Path.ChangeExtension(typeof(KillTests).Assembly.Location, null);
        using var process = Process.Start(new ProcessStartInfo(executable, [KilledWriter.Verb, _log.Folder, _log.KeyFile]) { RedirectStandardOutput = true })!;
        var acknowledged = 0L;
        var lines = 0;
        try
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
            patience.CancelAfter(s_patience);
            // After the kill the pipe still holds answers that were given; they count too.
            while (await process.StandardOutput.ReadLineAsync(patience.Token) is { Length: 10 } line)
            {
                acknowledged = Math.Max(acknowledged, long.Parse(line, CultureInfo.InvariantCulture));
                if (++lines == afterLines)
                {
                    process.Kill(); // SIGKILL: no handler, no finally, no flush.
                }
            }
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync(Cancelled);
        }

        Assert.True(lines >= afterLines, $"The writer ended by itself after {lines} answers.");
        return acknowledged;
    }
}
