using CommandCenter.Runtime.Partitions;

namespace CommandCenter.Runtime.Tests.Partitions;

public sealed class DrainTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_drain_finishes_the_queue_refuses_the_new_and_leaves_a_snapshot()
    {
        var gate = new Gate();
        var options = Ledger.In(_directory.Path) with { GroupSizeMax = 1 };
        await using (var ledger = await Ledger.OpenAsync(options, context => new LedgerModel(context) { Deciding = gate.Pass }))
        {
            var running = ledger.Post(new Deposit("running", "court", 1));
            await gate.WaitUntilReachedAsync();
            var waiting = ledger.Post(new Deposit("waiting", "court", 2));
            var drain = ledger.Set.DrainAsync(Cancelled);

            Assert.Equal(PartitionUnavailableException.Draining, await ledger.CodeOfAsync(new Deposit("late", "court", 4)));
            gate.Open();
            await drain;

            Assert.Equal([DepositReply.Accepted, DepositReply.Accepted], [running.Replies[0], waiting.Replies[0]]);
            Assert.Equal((PartitionState.Closed, 2L), (ledger.First.Status.State, ledger.First.Status.SnapshotPosition));
        }

        var wal = new FileInfo(Path.Combine(_directory.Path, "partition-00", "journal.db-wal"));
        Assert.True(!wal.Exists || wal.Length == 0, "The write-ahead log was not copied back.");
        await using var restarted = await Ledger.OpenAsync(options);
        Assert.Contains("recovered 0 at 2 replayed 0", restarted.Observer.Lines);
        Assert.Equal("court=3|running,waiting", await restarted.DescribeAsync());
    }

    [Fact]
    public async Task Closing_without_a_drain_tells_everybody_who_waits()
    {
        var gate = new Gate();
        var ledger = await Ledger.OpenAsync(
            Ledger.In(_directory.Path) with { GroupSizeMax = 1 }, context => new LedgerModel(context) { Deciding = gate.Pass });
        var running = ledger.Post(new Deposit("running", "court", 1));
        await gate.WaitUntilReachedAsync();
        var waiting = ledger.Post(new Deposit("waiting", "court", 2));
        var closing = ledger.DisposeAsync();
        gate.Open();
        await closing;

        await running.Completion;
        var told = await Assert.ThrowsAsync<PartitionUnavailableException>(() => waiting.Completion);
        Assert.Equal(PartitionUnavailableException.Draining, told.Code);
        var late = await Assert.ThrowsAsync<PartitionUnavailableException>(ledger.DescribeAsync);
        Assert.Equal(PartitionUnavailableException.Draining, late.Code);
        _ = await Assert.ThrowsAsync<PartitionUnavailableException>(() => ledger.First.SnapshotAsync(Cancelled));
    }

    [Fact]
    public async Task Draining_and_closing_twice_is_harmless()
    {
        var ledger = await Ledger.OpenAsync(Ledger.In(_directory.Path));
        await ledger.Set.DrainAsync(Cancelled);
        await ledger.Set.DrainAsync(Cancelled);
        await ledger.DisposeAsync();
        await ledger.DisposeAsync();

        Assert.Equal(1, ledger.Observer.Lines.Count(static line => line.StartsWith("closed", StringComparison.Ordinal)));
    }

    public void Dispose() => _directory.Dispose();
}
