using CommandCenter.Runtime.Partitions;

namespace CommandCenter.Runtime.Tests.Partitions;

public sealed class PoisonTests : IDisposable
{
    private static readonly Deposit s_poison = new("bad", "court", Deposit.Poison);

    private readonly TemporaryDirectory _directory = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Poison_stops_its_own_partition_and_no_other()
    {
        await using var ledger = await Ledger.OpenAsync(Ledger.In(_directory.Path) with { PartitionCount = 2 });

        Assert.Equal(PartitionUnavailableException.Stopped, await ledger.CodeOfAsync(s_poison));

        Assert.Equal((PartitionState.Stopped, "bad"), (ledger.First.Status.State, ledger.First.Status.PoisonKey));
        Assert.Contains("half applied", ledger.First.Status.StopReason, StringComparison.Ordinal);
        Assert.Contains("stopped 0 by bad", ledger.Observer.Lines);
        Assert.Equal(PartitionUnavailableException.Stopped, await ledger.CodeOfAsync(new Deposit("later", "court", 1)));
        Assert.Equal(
            PartitionUnavailableException.Stopped, (await Assert.ThrowsAsync<PartitionUnavailableException>(ledger.DescribeAsync)).Code);
        var other = new PartitionBatch<Deposit, DepositReply>([new("fine", "court", 1)]);
        Assert.True(ledger.Set[1].TryPost(other));
        await other.Completion.WaitAsync(Cancelled);
        Assert.Equal(PartitionState.Running, ledger.Set[1].Status.State);
    }

    [Fact]
    public async Task Nobody_hears_of_poison_before_the_state_says_so()
    {
        await using var ledger = await Ledger.OpenAsync(Ledger.In(_directory.Path));
        var batch = new PartitionBatch<Deposit, DepositReply>([s_poison]);
        (bool WasAnswered, PartitionState State)? seen = null;
        ledger.Observer.Told = _ => seen ??= (batch.Completion.IsCompleted, ledger.First.Status.State);

        Assert.True(ledger.First.TryPost(batch));
        _ = await Assert.ThrowsAsync<PartitionUnavailableException>(() => batch.Completion.WaitAsync(Cancelled));

        Assert.Equal((false, PartitionState.Stopped), seen);
    }

    [Fact]
    public async Task Nothing_of_a_poisoned_group_counts_and_everything_before_it_does()
    {
        var options = Ledger.In(_directory.Path);
        await using (var ledger = await Ledger.OpenAsync(options))
        {
            _ = await ledger.SendAsync(new Deposit("before", "court", 1));
            _ = await ledger.CodeOfAsync(new("same batch", "court", 2), s_poison);
        }

        await using var restarted = await Ledger.OpenAsync(options);
        Assert.Equal("court=1|before", await restarted.DescribeAsync());
    }

    [Fact]
    public async Task A_skipped_command_is_answered_as_skipped_for_ever_and_the_rest_goes_on()
    {
        var options = Ledger.In(_directory.Path);
        await using (var ledger = await Ledger.OpenAsync(options))
        {
            _ = await ledger.CodeOfAsync(s_poison);
            await ledger.First.SkipAsync("bad", "wrong source", "duty officer", Cancelled);

            Assert.Equal([DepositReply.Accepted, DepositReply.Skipped], await ledger.SendAsync(new("good", "court", 1), s_poison));
            Assert.Contains("skipped 0 bad because wrong source by duty officer", ledger.Observer.Lines);
            Assert.Null(ledger.First.Status.PoisonKey);
            Assert.Null(ledger.First.Status.StopReason);
        }

        await using var restarted = await Ledger.OpenAsync(options);
        Assert.Equal([DepositReply.Skipped], await restarted.SendAsync(s_poison));
        Assert.Equal("court=1|good", await restarted.DescribeAsync());
    }

    [Fact]
    public async Task Only_what_stopped_a_partition_can_be_skipped()
    {
        await using var ledger = await Ledger.OpenAsync(Ledger.In(_directory.Path));

        _ = await Assert.ThrowsAsync<InvalidOperationException>(() => ledger.First.SkipAsync("bad", "none", "me", Cancelled));
        _ = await ledger.CodeOfAsync(s_poison);
        _ = await Assert.ThrowsAsync<InvalidOperationException>(() => ledger.First.SkipAsync("other", "none", "me", Cancelled));

        Assert.Equal(PartitionState.Stopped, ledger.First.Status.State);
    }

    [Fact]
    public async Task A_record_that_cannot_be_replayed_stops_only_its_partition_and_can_be_skipped_for_ever()
    {
        var options = Ledger.In(_directory.Path) with { PartitionCount = 2 };
        await using (var ledger = await Ledger.OpenAsync(options))
        {
            _ = await ledger.SendAsync(new("a", "court", 1), new("b", "court", 13), new("c", "court", 4));
        }

        await using (var stricter = await Ledger.OpenAsync(options, static context => new LedgerModel(context) { RefuseAtReplay = 13 }))
        {
            Assert.Equal((PartitionState.Stopped, "record:2"), (stricter.First.Status.State, stricter.First.Status.PoisonKey));
            Assert.Equal(PartitionState.Running, stricter.Set[1].Status.State);
            await stricter.First.SkipAsync("record:2", "rule changed", "administrator", Cancelled);
            Assert.Equal("court=5|a,c", await stricter.DescribeAsync());
        }

        await using var restarted = await Ledger.OpenAsync(options);
        Assert.Equal("court=5|a,c", await restarted.DescribeAsync());
    }

    [Fact]
    public async Task A_snapshot_that_contains_a_record_skipped_later_is_not_used()
    {
        var options = Ledger.In(_directory.Path);
        var file = await WithSnapshotAfterAsync(options, new("a", "court", 1), new("b", "court", 13));
        var hidden = file + ".hidden";
        File.Move(file, hidden);
        await using (var stricter = await Ledger.OpenAsync(options, static context => new LedgerModel(context) { RefuseAtReplay = 13 }))
        {
            await stricter.First.SkipAsync("record:2", "rule changed", "administrator", Cancelled);
        }

        File.Move(hidden, file);
        await using var restarted = await Ledger.OpenAsync(options);

        Assert.Equal("court=1|a", await restarted.DescribeAsync());
        Assert.Contains("snapshot-ignored 0: a record it contains was skipped later", restarted.Observer.Lines);
    }

    [Fact]
    public async Task A_command_named_like_a_record_is_skipped_as_a_command()
    {
        var options = Ledger.In(_directory.Path);
        await using (var ledger = await Ledger.OpenAsync(options))
        {
            _ = await ledger.SendAsync(new Deposit("a", "court", 1));
            _ = await ledger.CodeOfAsync(new Deposit("record:1", "court", Deposit.Poison));
            await ledger.First.SkipAsync("record:1", "a trick", "administrator", Cancelled);
        }

        await using var restarted = await Ledger.OpenAsync(options);
        Assert.Equal("court=1|a", await restarted.DescribeAsync());
    }

    [Fact]
    public async Task When_publishing_fails_the_committed_batch_is_still_answered()
    {
        var isBroken = true;
        await using var ledger = await Ledger.OpenAsync(
            Ledger.In(_directory.Path), context => new LedgerModel(context) { FailPublish = isBroken });

        Assert.Equal([DepositReply.Accepted], await ledger.SendAsync(new Deposit("a", "court", 1)));

        await ledger.Observer.WaitForAsync("stopped 0 by publish", 1, Cancelled);
        isBroken = false;
        await ledger.First.SkipAsync("publish", "repaired", "administrator", Cancelled);
        Assert.Equal("court=1|a", await ledger.DescribeAsync());
    }

    public void Dispose() => _directory.Dispose();

    private static async Task<string> WithSnapshotAfterAsync(PartitionSetOptions options, params Deposit[] deposits)
    {
        await using var ledger = await Ledger.OpenAsync(options);
        _ = await ledger.SendAsync(deposits);
        await ledger.First.SnapshotAsync(Cancelled);
        return Directory.GetFiles(Path.Combine(options.DataDirectory, "partition-00"), "snapshot-*.bin").Single();
    }
}
