using CommandCenter.Runtime.Journal;
using CommandCenter.Runtime.Partitions;
using static SQLitePCL.raw;

namespace CommandCenter.Runtime.Tests.Partitions;

/// <summary>What the journal has gathered beside its file is copied into it while the partition goes on.</summary>
public sealed class CheckpointTests : IDisposable
{
    private const int Mebibyte = 1024 * 1024;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private readonly TemporaryDirectory _directory = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private string Wal => Path.Combine(_directory.Path, "partition-00", JournalDatabase.FileName + "-wal");

    [Fact]
    public async Task What_is_sent_during_a_checkpoint_is_committed_before_it_ends()
    {
        var isWatching = false;
        using var reached = new ManualResetEventSlim();
        using var released = new ManualResetEventSlim();
        var seam = new JournalFaults((step, _) =>
        {
            if (isWatching && step == JournalStep.BeforeCheckpoint)
            {
                isWatching = false;
                reached.Set();
                Assert.True(released.Wait(s_patience, Cancelled), "Nobody let the checkpoint go on.");
            }
        });
        await using var ledger = await Ledger.OpenAsync(Ledger.In(_directory.Path), seam: seam);
        isWatching = true;
        await WriteAsync(ledger, 0, 3);
        Assert.True(reached.Wait(s_patience, Cancelled), "No checkpoint began.");

        Assert.Equal([DepositReply.Accepted], await ledger.SendAsync(new Deposit("meanwhile", "court", 1)));

        released.Set();
        await WriteAsync(ledger, 3, 6);
        await ledger.DisposeAsync();
        Assert.Empty(PartitionVerifier.Verify(_directory.Path, Cancelled).Findings);
    }

    [Fact]
    public async Task The_write_ahead_log_begins_anew_however_much_is_written()
    {
        await using var ledger = await Ledger.OpenAsync(Ledger.In(_directory.Path));
        var largest = 0L;
        for (var i = 0; i < 60; i++)
        {
            await WriteAsync(ledger, i, i + 1);
            largest = Math.Max(largest, new FileInfo(Wal).Length);
        }

        Assert.InRange(largest, 2 * Mebibyte, 20 * Mebibyte);
    }

    [Fact]
    public async Task A_checkpoint_that_the_disk_refuses_costs_the_journal_which_is_opened_again_with_all_that_was_answered()
    {
        var isFailing = false;
        var seam = new JournalFaults((step, _) =>
        {
            if (isFailing && step == JournalStep.BeforeCheckpoint)
            {
                throw new JournalException(SQLITE_FULL, "The disk is full.");
            }
        });
        var time = new ManualTime();
        await using var ledger = await Ledger.OpenAsync(Ledger.In(_directory.Path), time: time, seam: seam);

        isFailing = true;
        await WriteAsync(ledger, 0, 2); // As much as makes a checkpoint due.
        await ledger.Observer.WaitForAsync("journal-failed 0", 1, Cancelled);

        isFailing = false;
        time.FireAll();
        await ledger.Observer.WaitForAsync("recovered 0", 2, Cancelled);
        Assert.StartsWith("court=2|", await ledger.DescribeAsync(), StringComparison.Ordinal);
        Assert.Equal([DepositReply.Accepted], await ledger.SendAsync(new Deposit("after", "court", 1)));
    }

    public void Dispose() => _directory.Dispose();

    private static async Task WriteAsync(Ledger ledger, int from, int to)
    {
        for (var i = from; i < to; i++)
        {
            Assert.Equal([DepositReply.Accepted], await ledger.SendAsync(new Deposit($"{i}-{new string('x', Mebibyte)}", "court", 1)));
        }
    }
}
