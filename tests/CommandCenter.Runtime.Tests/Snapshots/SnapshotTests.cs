using CommandCenter.Runtime.Journal;
using CommandCenter.Runtime.Partitions;

namespace CommandCenter.Runtime.Tests.Snapshots;

public sealed class SnapshotTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 25)];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private string PartitionPath => Path.Combine(_directory.Path, "partition-00");

    [Fact]
    public async Task A_start_replays_only_what_came_after_the_snapshot()
    {
        var options = Ledger.In(_directory.Path);
        await using (var ledger = await Ledger.OpenAsync(options))
        {
            _ = await ledger.SendAsync(new("a", "court", 1), new("b", "court", 2));
            await ledger.First.SnapshotAsync(Cancelled);
            await ledger.First.SnapshotAsync(Cancelled); // Up to date: no second file.
            _ = await ledger.SendAsync(new Deposit("c", "court", 4));
        }

        await using var restarted = await Ledger.OpenAsync(options);

        Assert.Contains("recovered 0 at 3 replayed 1", restarted.Observer.Lines);
        Assert.Equal("court=7|a,b,c", await restarted.DescribeAsync());
        _ = Assert.Single(SnapshotFiles());
    }

    [Fact]
    public async Task A_snapshot_is_taken_after_so_many_records_and_the_last_two_are_kept()
    {
        await using var ledger = await Ledger.OpenAsync(Ledger.In(_directory.Path) with { SnapshotEvery = 2 });
        for (var i = 1; i <= 4; i++)
        {
            _ = await ledger.SendAsync(new($"{i}a", "court", 1), new($"{i}b", "court", 1));
            await ledger.Observer.WaitForAsync("snapshot 0", i, Cancelled);
        }

        Assert.Equal(["snapshot-00000000000000000006.bin", "snapshot-00000000000000000008.bin"], SnapshotFiles());
        Assert.Equal(8, ledger.First.Status.SnapshotPosition);
    }

    [Theory, MemberData(nameof(Seeds))]
    public async Task A_snapshot_damaged_at_any_byte_is_told_and_the_one_before_it_is_used(int seed)
    {
        var options = Ledger.In(_directory.Path);
        await using (var ledger = await Ledger.OpenAsync(options))
        {
            _ = await ledger.SendAsync(new Deposit("a", "court", 1));
            await ledger.First.SnapshotAsync(Cancelled);
            _ = await ledger.SendAsync(new Deposit("b", "court", 2));
            await ledger.First.SnapshotAsync(Cancelled);
        }

        var newest = Path.Combine(PartitionPath, SnapshotFiles()[1]);
        var bytes = await File.ReadAllBytesAsync(newest, Cancelled);
        var random = new Random(seed);
        // The reserved bytes of the header are covered too: nothing in the file is free to change.
        bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
        await File.WriteAllBytesAsync(newest, bytes, Cancelled);
        Assert.Contains(PartitionVerifier.Verify(_directory.Path, Cancelled).Findings, finding => finding.Code == "snapshot.damaged");

        await using var restarted = await Ledger.OpenAsync(options);

        Assert.Equal("court=3|a,b", await restarted.DescribeAsync());
        Assert.Contains("recovered 0 at 2 replayed 1", restarted.Observer.Lines);
        _ = Assert.Single(restarted.Observer.Lines, static line => line.StartsWith("snapshot-ignored 0", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_snapshot_of_another_model_version_or_cut_short_is_not_used()
    {
        var options = Ledger.In(_directory.Path);
        await using (var ledger = await Ledger.OpenAsync(options))
        {
            _ = await ledger.SendAsync(new Deposit("a", "court", 1));
            await ledger.First.SnapshotAsync(Cancelled);
        }

        await using (var newer = await Ledger.OpenAsync(options with { ModelVersion = 2 }))
        {
            Assert.Contains("snapshot-ignored 0: its model version is 1, not 2", newer.Observer.Lines);
            Assert.Equal("court=1|a", await newer.DescribeAsync());
        }

        var file = Path.Combine(PartitionPath, SnapshotFiles()[0]);
        await using (var stream = File.OpenWrite(file))
        {
            stream.SetLength(stream.Length - 1);
        }

        await using var restarted = await Ledger.OpenAsync(options);
        Assert.Contains("snapshot-ignored 0: it is damaged", restarted.Observer.Lines);
        Assert.Equal("court=1|a", await restarted.DescribeAsync());
    }

    [Fact]
    public async Task A_snapshot_that_cannot_be_written_is_told_and_the_partition_goes_on()
    {
        var seam = new JournalFaults((step, _) =>
        {
            if (step == JournalStep.SnapshotBodyWritten)
            {
                throw new IOException("a fault made by a test");
            }
        });
        await using var ledger = await Ledger.OpenAsync(Ledger.In(_directory.Path), seam: seam);
        _ = await ledger.SendAsync(new Deposit("a", "court", 1));

        _ = await Assert.ThrowsAsync<IOException>(() => ledger.First.SnapshotAsync(Cancelled));

        Assert.Contains("snapshot-failed 0", ledger.Observer.Lines);
        Assert.Equal([DepositReply.Accepted], await ledger.SendAsync(new Deposit("b", "court", 1)));
        Assert.Empty(SnapshotFiles());
    }

    [Fact]
    public async Task A_partition_that_is_stopped_has_nothing_to_capture()
    {
        await using var ledger = await Ledger.OpenAsync(Ledger.In(_directory.Path));
        _ = await ledger.CodeOfAsync(new Deposit("bad", "court", Deposit.Poison));

        var refused = await Assert.ThrowsAsync<PartitionUnavailableException>(() => ledger.First.SnapshotAsync(Cancelled));

        Assert.Equal(PartitionUnavailableException.Stopped, refused.Code);
    }

    public void Dispose() => _directory.Dispose();

    private string[] SnapshotFiles() =>
        [.. Directory.GetFiles(PartitionPath, "snapshot-*.bin").Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];
}
