namespace CommandCenter.Runtime.Tests.Journal;

/// <summary>What a recount reads beside the writer.</summary>
public sealed class CommittedJournalTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_scan_hands_over_rows_of_every_size()
    {
        await using var ledger = await Ledger.OpenAsync(Ledger.In(_directory.Path));
        var random = new Random(3);
        for (var group = 0; group < 12; group++)
        {
            _ = await ledger.SendAsync([.. Enumerable.Range(0, random.Next(1, 400)).Select(i => new Deposit($"{group}-{i}-{new string('x', random.Next(2_000))}", "court", i))]);
        }

        using var journal = ledger.First.OpenJournal();

        var whole = journal.Scan(1).Select(record => (record.Position, LedgerModel.Decode(record.Record.Span))).ToArray();
        Assert.Equal(ledger.First.Status.Position, whole.Length);
        Assert.Equal(whole, journal.ScanApplied(1).Select(record => (record.Position, LedgerModel.Decode(record.Record.Span))));
    }

    [Fact]
    public async Task Every_record_is_handed_over_once_and_in_order_however_many_groups_there_are()
    {
        await using var ledger = await Ledger.OpenAsync(Ledger.In(_directory.Path));
        for (var group = 0; group < 150; group++)
        {
            _ = await ledger.SendAsync([.. Enumerable.Range(0, 1 + (group % 3)).Select(i => new Deposit($"{group}-{i}", "court", 1))]);
        }

        using var journal = ledger.First.OpenJournal();

        var end = ledger.First.Status.Position;
        Assert.Equal(Enumerable.Range(1, (int)end).Select(position => (long)position), journal.ScanApplied(1).Select(record => record.Position));
        foreach (var from in new[] { 2, 64, 129, end, end + 1 })
        {
            Assert.Equal(
                journal.Scan(from).Select(record => (record.Position, LedgerModel.Decode(record.Record.Span))),
                journal.ScanApplied(from).Select(record => (record.Position, LedgerModel.Decode(record.Record.Span))));
        }
    }

    [Fact]
    public async Task A_scan_goes_on_to_what_is_committed_while_it_runs()
    {
        await using var ledger = await Ledger.OpenAsync(Ledger.In(_directory.Path));
        _ = await ledger.SendAsync(new Deposit("a", "court", 1));
        using var journal = ledger.First.OpenJournal();
        Assert.Equal([1L], journal.ScanApplied(1).Select(record => record.Position));

        _ = await ledger.SendAsync(new("b", "court", 2), new("c", "court", 3));

        Assert.Equal([2L, 3L], journal.ScanApplied(2).Select(record => record.Position));
    }

    [Fact]
    public async Task A_skipped_record_is_left_out_and_counts_as_a_skip()
    {
        var options = Ledger.In(_directory.Path);
        await using (var ledger = await Ledger.OpenAsync(options))
        {
            _ = await ledger.SendAsync(new("a", "court", 1), new("b", "court", 13), new("c", "court", 4));
        }

        await using var stricter = await Ledger.OpenAsync(options, static context => new LedgerModel(context) { RefuseAtReplay = 13 });
        using var journal = stricter.First.OpenJournal();
        Assert.Equal(0, journal.ReadLastSkip());
        Assert.Equal([1L, 2L, 3L], journal.ScanApplied(1).Select(record => record.Position));

        await stricter.First.SkipAsync("record:2", "rule changed", "administrator", Cancelled);

        Assert.True(journal.ReadLastSkip() > 0);
        Assert.Equal([1L, 3L], journal.ScanApplied(1).Select(record => record.Position));
        Assert.Equal([3L], journal.ScanApplied(2).Select(record => record.Position));
    }

    [Fact]
    public async Task A_skipped_command_changes_nothing_that_was_recorded()
    {
        await using var ledger = await Ledger.OpenAsync(Ledger.In(_directory.Path));
        _ = await ledger.SendAsync(new Deposit("a", "court", 1));
        _ = await ledger.CodeOfAsync(new Deposit("bad", "court", Deposit.Poison));
        await ledger.First.SkipAsync("bad", "wrong source", "duty officer", Cancelled);
        using var journal = ledger.First.OpenJournal();

        Assert.Equal(0, journal.ReadLastSkip());
        Assert.Equal([1L], journal.ScanApplied(1).Select(record => record.Position));
    }

    public void Dispose() => _directory.Dispose();
}
