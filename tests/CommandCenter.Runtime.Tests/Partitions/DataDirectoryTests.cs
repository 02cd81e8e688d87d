using CommandCenter.Runtime.Partitions;

namespace CommandCenter.Runtime.Tests.Partitions;

public sealed class DataDirectoryTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    private string ManifestFile => Path.Combine(_directory.Path, "manifest.json");

    [Fact]
    public async Task A_directory_in_use_is_refused_and_free_again_after_closing()
    {
        var options = Ledger.In(_directory.Path);
        await using (await Ledger.OpenAsync(options))
        {
            var refused = await Assert.ThrowsAsync<DataDirectoryInUseException>(() => Ledger.OpenAsync(options));
            Assert.Equal("data.in-use", refused.Code);
        }

        await (await Ledger.OpenAsync(options)).DisposeAsync();
    }

    [Fact]
    public async Task The_partition_count_is_fixed_by_the_first_start()
    {
        var options = Ledger.In(_directory.Path) with { PartitionCount = 3 };
        await (await Ledger.OpenAsync(options)).DisposeAsync();

        var refused = await Assert.ThrowsAsync<DataDirectoryException>(() => Ledger.OpenAsync(options with { PartitionCount = 2 }));
        Assert.Equal("data.other-partition-count", refused.Code);
        Assert.Contains("has 3 partitions, not 2", refused.Message, StringComparison.Ordinal);
        await using var asItIs = await Ledger.OpenAsync(options with { PartitionCount = null });
        Assert.Equal(3, asItIs.Set.Count);
    }

    [Fact]
    public async Task A_new_directory_gets_four_partitions_when_nothing_is_asked()
    {
        await using var ledger = await Ledger.OpenAsync(Ledger.In(_directory.Path) with { PartitionCount = null });

        Assert.Equal(4, ledger.Set.Count);
        Assert.Equal(
            ["partition-00", "partition-01", "partition-02", "partition-03"],
            Directory.GetDirectories(_directory.Path).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("""{"format":2,"partitions":4,"createdAt":"2017-09-01T00:00:00Z"}""")]
    [InlineData("""{"format":1,"partitions":65,"createdAt":"2017-09-01T00:00:00Z"}""")]
    [InlineData("""{"format":1,"partitions":0,"createdAt":"2017-09-01T00:00:00Z"}""")]
    [InlineData("not json")]
    [InlineData("null")]
    [InlineData("")]
    public async Task A_manifest_of_another_format_is_refused(string manifest)
    {
        _ = Directory.CreateDirectory(_directory.Path);
        await File.WriteAllTextAsync(ManifestFile, manifest, TestContext.Current.CancellationToken);

        var refused = await Assert.ThrowsAsync<DataDirectoryException>(() => Ledger.OpenAsync(Ledger.In(_directory.Path)));

        Assert.Equal("data.other-format", refused.Code);
    }

    [Fact]
    public async Task A_folder_with_other_files_is_refused_and_left_as_it_was()
    {
        _ = Directory.CreateDirectory(_directory.Path);
        await File.WriteAllTextAsync(Path.Combine(_directory.Path, "letter.txt"), "dear", TestContext.Current.CancellationToken);

        var refused = await Assert.ThrowsAsync<DataDirectoryException>(() => Ledger.OpenAsync(Ledger.In(_directory.Path)));

        Assert.Equal("data.not-ours", refused.Code);
        Assert.Equal(["letter.txt"], Directory.GetFileSystemEntries(_directory.Path).Select(path => Path.GetFileName(path)));
    }

    [Fact]
    public async Task A_first_start_that_died_before_its_manifest_is_simply_repeated()
    {
        _ = Directory.CreateDirectory(Path.Combine(_directory.Path, "partition-00"));
        await File.WriteAllTextAsync(Path.Combine(_directory.Path, "lock"), "", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(_directory.Path, "manifest.json.new"), "{\"for", TestContext.Current.CancellationToken);

        await using var ledger = await Ledger.OpenAsync(Ledger.In(_directory.Path));

        Assert.Equal([DepositReply.Accepted], await ledger.SendAsync(new Deposit("a", "court", 1)));
    }

    [Fact]
    public async Task Wrong_options_are_all_named_at_once()
    {
        var options = new PartitionSetOptions
        {
            PartitionCount = 65,
            ModelVersion = -1,
            QueueLengthMax = 0,
            GroupSizeMax = 0,
            GroupBytesMax = 1,
            SnapshotEvery = 0,
        };

        var refused = await Assert.ThrowsAsync<ArgumentException>(() => Ledger.OpenAsync(options));

        Assert.All(
            [
                nameof(options.DataDirectory), nameof(options.PartitionCount), nameof(options.ModelVersion), nameof(options.QueueLengthMax),
                nameof(options.GroupSizeMax), nameof(options.GroupBytesMax), nameof(options.SnapshotEvery),
            ],
            key => Assert.Contains($"{key} is", refused.Message, StringComparison.Ordinal));
        Assert.Empty(new PartitionSetOptions { DataDirectory = "data" }.Validate());
    }

    public void Dispose() => _directory.Dispose();
}
