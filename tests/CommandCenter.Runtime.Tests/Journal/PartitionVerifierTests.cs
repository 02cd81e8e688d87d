using CommandCenter.Runtime.Journal;
using CommandCenter.Runtime.Partitions;
using Microsoft.Data.Sqlite;

namespace CommandCenter.Runtime.Tests.Journal;

public sealed class PartitionVerifierTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_written_verifies_beside_a_running_partition()
    {
        await using var ledger = await ThreeRowsAsync();

        Assert.Equal((3L, 4L), Verify() is { Findings.Count: 0 } report ? (report.RowCount, report.RecordCount) : (-1, -1));
    }

    [Theory]
    [InlineData("UPDATE journal SET body = body || x'00' WHERE first = 2", "journal.chain-broken@2 journal.framing-broken@2")]
    [InlineData("UPDATE journal SET chain = zeroblob(32) WHERE first = 2", "journal.chain-broken@2 journal.chain-broken@4")]
    [InlineData("UPDATE journal SET chain = x'00' WHERE first = 4", "journal.chain-broken@4")]
    [InlineData("DELETE FROM journal WHERE first = 2", "journal.gap@4 journal.chain-broken@4")]
    [InlineData("UPDATE journal SET first = 3 WHERE first = 2", "journal.gap@3 journal.chain-broken@3 journal.gap@4")]
    public async Task A_row_changed_removed_or_moved_is_found_where_it_is(string damage, string findings)
    {
        await (await ThreeRowsAsync()).DisposeAsync();
        Damage(damage);

        Assert.Equal(findings, string.Join(' ', Verify().Findings.Select(static finding => $"{finding.Code}@{finding.Position}")));
    }

    [Theory]
    [InlineData("UPDATE journal SET body = body || x'00' WHERE first = 2", "row:2", "court=9|a,d")]
    [InlineData("DELETE FROM journal WHERE first = 2", "gap:4", "court=9|a,d")]
    public async Task A_damaged_journal_stops_its_partition_until_somebody_answers_for_it(string damage, string poisonKey, string left)
    {
        await (await ThreeRowsAsync()).DisposeAsync();
        Damage(damage);
        await using var ledger = await Ledger.OpenAsync(Ledger.In(_directory.Path));
        Assert.Equal((PartitionState.Stopped, poisonKey), (ledger.First.Status.State, ledger.First.Status.PoisonKey));

        await ledger.First.SkipAsync(poisonKey, "no backup has it", "administrator", Cancelled);

        Assert.Equal(left, await ledger.DescribeAsync());
        Assert.Equal([DepositReply.Accepted], await ledger.SendAsync(new Deposit("e", "court", 1)));
    }

    [Fact]
    public void A_folder_that_is_no_data_directory_cannot_be_verified()
    {
        _ = Directory.CreateDirectory(_directory.Path);

        Assert.Equal("data.not-ours", Assert.Throws<DataDirectoryException>(() => Verify()).Code);
    }

    public void Dispose() => _directory.Dispose();

    private async Task<Ledger> ThreeRowsAsync()
    {
        var ledger = await Ledger.OpenAsync(Ledger.In(_directory.Path));
        _ = await ledger.SendAsync(new Deposit("a", "court", 1));
        _ = await ledger.SendAsync(new("b", "court", 2), new("c", "court", 4));
        _ = await ledger.SendAsync(new Deposit("d", "court", 8));
        return ledger;
    }

    private VerificationReport Verify() => PartitionVerifier.Verify(_directory.Path, Cancelled);

    private void Damage(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(_directory.Path, "partition-00", "journal.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The text is one of the test's own cases.
        command.CommandText = sql;
#pragma warning restore CA2100
        Assert.Equal(1, command.ExecuteNonQuery());
    }
}
