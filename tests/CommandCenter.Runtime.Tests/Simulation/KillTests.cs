using System.Diagnostics;
using System.Globalization;
using CommandCenter.Runtime.Journal;

namespace CommandCenter.Runtime.Tests.Simulation;

public sealed class KillTests : IDisposable
{
    private const int LivesCount = 6;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly TemporaryDirectory _directory = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_process_killed_at_any_moment_loses_nothing_that_it_answered()
    {
        var random = new Random(20170901);
        var first = 0;
        for (var life = 0; life < LivesCount; life++)
        {
            var answered = await WriteAndKillAsync(first, random.Next(1, 200));
            first = await CheckAsync(answered);
        }
    }

    public void Dispose() => _directory.Dispose();

    private async Task<int> WriteAndKillAsync(int first, int afterLines)
    {
        var executable = Path.ChangeExtension(typeof(KillTests).Assembly.Location, OperatingSystem.IsWindows() ? ".exe" : null);
        using var process = Process.Start(new ProcessStartInfo(executable, [KilledWriter.Verb, _directory.Path, first.ToString(CultureInfo.InvariantCulture)])
        {
            RedirectStandardOutput = true,
        })!;
        var answered = -1;
        var lines = 0;
        try
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
            patience.CancelAfter(s_patience);
            // After the kill the pipe still holds answers that were given; they count too.
            while (await process.StandardOutput.ReadLineAsync(patience.Token) is { Length: 8 } line)
            {
                answered = int.Parse(line, CultureInfo.InvariantCulture);
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
        return answered;
    }

    private async Task<int> CheckAsync(int answered)
    {
        Assert.Empty(PartitionVerifier.Verify(_directory.Path, Cancelled).Findings);
        await using var ledger = await Ledger.OpenAsync(Ledger.In(_directory.Path));
        var state = await ledger.DescribeAsync();
        using var journal = ledger.First.OpenJournal();
        var records = journal.Scan(1).Select(static pair => LedgerModel.Decode(pair.Record.Span)).ToList();

        // Numbered in order and written in order: the journal is a prefix of the numbers, at least as long as what was answered.
        Assert.True(records.Count > answered, $"{answered} was answered and only {records.Count} are in the journal.");
        Assert.Equal(Enumerable.Range(0, records.Count).Select(KilledWriter.DepositOf), records);
        Assert.Equal(NaiveLedger.Describe(records), state);
        return records.Count;
    }
}
