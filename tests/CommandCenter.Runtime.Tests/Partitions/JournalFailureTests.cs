using CommandCenter.Runtime.Journal;
using CommandCenter.Runtime.Partitions;
using static SQLitePCL.raw;

namespace CommandCenter.Runtime.Tests.Partitions;

public sealed class JournalFailureTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(nameof(JournalStep.TransactionBegun))]
    [InlineData(nameof(JournalStep.RowInserted))]
    [InlineData(nameof(JournalStep.PassiveInserted))]
    [InlineData(nameof(JournalStep.BeforeCommit))]
    public async Task A_group_that_could_not_be_committed_does_not_count_and_the_partition_comes_back(string failingStep)
    {
        var isFailing = false;
        var seam = new JournalFaults((step, _) => ThrowIf(isFailing && step.ToString() == failingStep));
        var time = new ManualTime();
        await using var ledger = await Ledger.OpenAsync(Ledger.In(_directory.Path), time: time, seam: seam);
        _ = await ledger.SendAsync(new Deposit("before", "court", 1));

        isFailing = true;
        Assert.Equal(PartitionUnavailableException.JournalFailed, await ledger.CodeOfAsync(new Deposit("lost", "passive", 2)));
        await ledger.Observer.WaitForAsync("journal-failed 0", 1, Cancelled);
        Assert.Equal(PartitionState.Recovering, ledger.First.Status.State);
        Assert.Equal(PartitionUnavailableException.JournalFailed, await ledger.CodeOfAsync(new Deposit("meanwhile", "court", 2)));

        isFailing = false;
        time.FireAll();
        await ledger.Observer.WaitForAsync("recovered 0", 2, Cancelled);
        Assert.Equal("court=1|before", await ledger.DescribeAsync());
        Assert.Equal([DepositReply.Accepted], await ledger.SendAsync(new Deposit("lost", "passive", 2)));
        Assert.Empty(PartitionVerifier.Verify(_directory.Path, Cancelled).Findings);
    }

    [Fact]
    public async Task Nobody_hears_of_a_lost_journal_before_the_state_says_so()
    {
        var isFailing = false;
        var seam = new JournalFaults((step, _) => ThrowIf(isFailing && step == JournalStep.BeforeCommit));
        await using var ledger = await Ledger.OpenAsync(Ledger.In(_directory.Path), time: new ManualTime(), seam: seam);
        var batch = new PartitionBatch<Deposit, DepositReply>([new Deposit("a", "court", 1)]);
        (bool WasAnswered, PartitionState State)? seen = null;
        ledger.Observer.Told = _ => seen ??= (batch.Completion.IsCompleted, ledger.First.Status.State);

        isFailing = true;
        Assert.True(ledger.First.TryPost(batch));
        _ = await Assert.ThrowsAsync<PartitionUnavailableException>(() => batch.Completion.WaitAsync(Cancelled));

        Assert.Equal((false, PartitionState.Recovering), seen);
    }

    [Fact]
    public async Task A_commit_whose_answer_was_lost_counts_once_when_it_is_repeated()
    {
        var isFailing = false;
        var seam = new JournalFaults((step, _) => ThrowIf(isFailing && step == JournalStep.AfterCommit));
        var time = new ManualTime();
        await using var ledger = await Ledger.OpenAsync(Ledger.In(_directory.Path), time: time, seam: seam);

        isFailing = true;
        Assert.Equal(PartitionUnavailableException.JournalFailed, await ledger.CodeOfAsync(new Deposit("a", "court", 1)));
        isFailing = false;
        await ledger.Observer.WaitForAsync("journal-failed 0", 1, Cancelled);
        time.FireAll();
        await ledger.Observer.WaitForAsync("recovered 0", 2, Cancelled);

        Assert.Equal([DepositReply.Duplicate], await ledger.SendAsync(new Deposit("a", "court", 1)));
        Assert.Equal("court=1|a", await ledger.DescribeAsync());
    }

    [Fact]
    public async Task A_full_disk_is_waited_for_with_growing_pauses_and_nothing_answered_is_lost()
    {
        var isFull = false;
        var seam = new JournalFaults((step, database) =>
        {
            if (isFull && step is (JournalStep.Opened or JournalStep.TransactionBegun))
            {
                // The page count cannot go below what the file has, so this is exactly "no byte more".
                Assert.Equal(SQLITE_OK, sqlite3_exec(database!, "PRAGMA max_page_count = 1"));
            }
        });
        var time = new ManualTime();
        await using var ledger = await Ledger.OpenAsync(Ledger.In(_directory.Path), time: time, seam: seam);
        _ = await ledger.SendAsync(new Deposit("before", "court", 1));
        var large = new Deposit("large", new string('x', 200_000), 1);

        isFull = true;
        Assert.Equal(PartitionUnavailableException.JournalFailed, await ledger.CodeOfAsync(large));
        for (var attempt = 1; attempt <= 4; attempt++)
        {
            await ledger.Observer.WaitForAsync("journal-failed 0", attempt, Cancelled);
            Assert.Equal(attempt, ledger.First.Status.RecoveryAttempts);
            Assert.Contains("full", ledger.First.Status.StopReason, StringComparison.Ordinal);
            time.FireAll();
        }

        await ledger.Observer.WaitForAsync("journal-failed 0", 5, Cancelled);
        isFull = false;
        time.FireAll();
        await ledger.Observer.WaitForAsync("recovered 0", 2, Cancelled);

        Assert.Equal("court=1|before", await ledger.DescribeAsync());
        Assert.Equal([DepositReply.Accepted], await ledger.SendAsync(large));
        Assert.Equal(0, ledger.First.Status.RecoveryAttempts);
        Assert.All(time.Delays.Zip(time.Delays.Skip(2)), pair => Assert.True(pair.First < pair.Second, $"{pair.First} is not below {pair.Second}."));
        Assert.InRange(time.Delays[0], TimeSpan.FromMilliseconds(50), TimeSpan.FromMilliseconds(100));
    }

    [Fact]
    public async Task A_partition_without_its_journal_can_still_be_closed()
    {
        var isFailing = false;
        var seam = new JournalFaults((step, _) => ThrowIf(isFailing && step is (JournalStep.BeforeCommit or JournalStep.Opened)));
        await using var ledger = await Ledger.OpenAsync(Ledger.In(_directory.Path), time: new ManualTime(), seam: seam);
        isFailing = true;
        _ = await ledger.CodeOfAsync(new Deposit("a", "court", 1));
        await ledger.Observer.WaitForAsync("journal-failed 0", 1, Cancelled);

        await ledger.Set.DrainAsync(Cancelled);

        Assert.Equal(PartitionState.Closed, ledger.First.Status.State);
    }

    [Fact]
    public async Task A_journal_that_is_no_database_keeps_the_set_from_opening()
    {
        var options = Ledger.In(_directory.Path);
        await (await Ledger.OpenAsync(options)).DisposeAsync();
        await File.WriteAllTextAsync(
            Path.Combine(_directory.Path, "partition-00", "journal.db"), new string('x', 8192), Cancelled);

        var refused = await Assert.ThrowsAsync<IOException>(() => Ledger.OpenAsync(options));

        Assert.Contains("not a database", refused.Message, StringComparison.Ordinal);
        // Whoever repairs it must find the directory unlocked.
        File.Delete(Path.Combine(_directory.Path, "partition-00", "journal.db"));
        await (await Ledger.OpenAsync(options)).DisposeAsync();
    }

    public void Dispose() => _directory.Dispose();

    private static void ThrowIf(bool isFailing)
    {
        if (isFailing)
        {
            throw new JournalException(SQLITE_IOERR, "a fault made by a test");
        }
    }
}
