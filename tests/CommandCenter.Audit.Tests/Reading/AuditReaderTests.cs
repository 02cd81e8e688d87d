using CommandCenter.Audit.Reading;

namespace CommandCenter.Audit.Tests.Reading;

public sealed class AuditReaderTests : IAsyncLifetime
{
    private const int Hours = 4, Each = 50;

    private readonly TestLog _log = new();
    private IReadOnlyList<AuditRecord> _all = [];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>Filters; each is compared with the plain sentence of what it should find.</summary>
    public static TheoryData<string> Filters => [.. Queries.Keys];

    private static Dictionary<string, (AuditQuery Query, Func<AuditRecord, bool> Expected)> Queries => new()
    {
        ["everything"] = (new AuditQuery(), _ => true),
        ["an actor"] = (new AuditQuery { Actor = "zhang.wei.3" }, record => record.Entry.Actor == "zhang.wei.3"),
        ["a prefix of an action"] = (new AuditQuery { ActionPrefix = "case." }, record => record.Entry.Action == "case.view"),
        ["a subject"] = (new AuditQuery { Subject = "(2017)沪0115执77号" }, record => record.Entry.Subject == "(2017)沪0115执77号"),
        ["an outcome"] = (new AuditQuery { Outcome = AuditOutcome.Denied }, record => record.Entry.Outcome == AuditOutcome.Denied),
        ["a time"] = (
            new AuditQuery { From = TestLog.Start.AddHours(1), To = TestLog.Start.AddHours(2).AddSeconds(70) },
            record => record.At >= TestLog.Start.AddHours(1) && record.At < TestLog.Start.AddHours(2).AddSeconds(70)),
        ["an actor who is the beginning of another"] = (new AuditQuery { Actor = "zhang.wei" }, _ => false),
        ["everything at once"] = (
            new AuditQuery { From = TestLog.Start, Actor = "zhang.wei.0", ActionPrefix = "case.v", Outcome = AuditOutcome.Denied },
            record => record.Entry is { Actor: "zhang.wei.0", Outcome: AuditOutcome.Denied }),
    };

    public async ValueTask InitializeAsync()
    {
        _ = await _log.FillAsync(Hours, Each);
        _all = [.. new AuditReader(_log.Folder).Read(new AuditQuery { IsOldestFirst = true }, long.MaxValue, Cancelled)];
        Assert.Equal((Hours * Each) + 2, _all.Count);
    }

    [Theory]
    [MemberData(nameof(Filters))]
    public void Page_by_page_in_both_orders_finds_exactly_what_it_should(string name)
    {
        var (query, expected) = Queries[name];
        var wanted = _all.Where(expected).Select(record => record.Sequence).ToList();

        foreach (var size in (int[])[1, 7, AuditQuery.SizeMax])
        {
            Assert.Equal(wanted, Pages(query with { IsOldestFirst = true, Size = size }));
            Assert.Equal(wanted.AsEnumerable().Reverse(), Pages(query with { Size = size }));
        }
    }

    [Theory]
    [MemberData(nameof(Filters))]
    public async Task With_its_index_a_search_finds_the_same(string name)
    {
        var (query, expected) = Queries[name];
        var reader = new AuditReader(_log.Folder);
        await reader.IndexAsync(TimeProvider.System, Cancelled);

        Assert.Equal(_log.Files(".checkpoint").Length, reader.IndexedCount);
        Assert.Equal(_all.Where(expected).Select(record => record.Sequence), reader.Read(query with { IsOldestFirst = true }, long.MaxValue, Cancelled).Select(record => record.Sequence));
    }

    [Theory]
    [InlineData("(2017)沪0115执77号", "", 1)]
    [InlineData("(2017)沪0115执77号", "account.", 0)]
    [InlineData("nothing of the kind", "", 0)]
    public async Task With_its_index_a_search_reads_only_the_files_that_hold_what_it_looks_for(string subject, string action, int files)
    {
        var reader = new AuditReader(_log.Folder);
        await reader.IndexAsync(TimeProvider.System, Cancelled);

        _ = reader.Search(new AuditQuery { Subject = subject, ActionPrefix = action.Length == 0 ? null : action }, long.MaxValue, Cancelled);

        Assert.Equal(files, reader.FilesRead);
    }

    [Fact]
    public async Task The_index_takes_no_more_memory_than_it_may_and_leaves_damaged_files_to_the_search()
    {
        var full = new AuditReader(_log.Folder) { ValuesBytesMax = 1 };
        await full.IndexAsync(TimeProvider.System, Cancelled);
        Assert.Equal(1, full.IndexedCount);

        var file = _log.Files(".ndjson")[1];
        await File.WriteAllTextAsync(file, (await File.ReadAllTextAsync(file, Cancelled)).Replace("\"actor\"", "\"actor", StringComparison.Ordinal), Cancelled);
        var reader = new AuditReader(_log.Folder);
        await reader.IndexAsync(TimeProvider.System, Cancelled);

        Assert.Equal(_log.Files(".checkpoint").Length - 1, reader.IndexedCount);
        _ = reader.Search(new AuditQuery { Subject = "nothing" }, long.MaxValue, Cancelled);
        Assert.Equal(1, reader.FilesRead); // The damaged one: a search goes on meeting it.
    }

    [Fact]
    public void A_page_that_has_read_enough_ends_and_the_next_goes_on()
    {
        var query = new AuditQuery { Subject = "(2017)沪0115执77号" };

        Assert.Empty(new AuditReader(_log.Folder) { PageBytesMax = 2_000 }.Search(query, long.MaxValue, Cancelled).Records);
        Assert.Single(Pages(query, pageBytesMax: 2_000));
    }

    [Fact]
    public async Task Pages_do_not_shift_while_the_log_grows()
    {
        await using var log = _log.Open();
        var first = log.Search(new AuditQuery { ActionPrefix = "case.", Size = 30 }, Cancelled);
        _ = await log.AppendAsync(TestLog.View(999), Cancelled);
        var second = log.Search(new AuditQuery { ActionPrefix = "case.", Size = 30, After = first.Next }, Cancelled);

        Assert.Equal(first.Records[^1].Sequence - 1, second.Records[0].Sequence);
        Assert.Equal("(2017)沪0115执999号", log.Search(new AuditQuery { ActionPrefix = "case.", Size = 1 }, Cancelled).Records[0].Entry.Subject);
    }

    [Fact]
    public async Task A_damaged_line_is_counted_and_the_others_are_found()
    {
        var file = _log.Files(".ndjson")[1];
        var text = await File.ReadAllTextAsync(file, Cancelled);
        await File.WriteAllTextAsync(file, text.Replace("\"prev\"", "\"perv\"", StringComparison.Ordinal)[..^20] + "\n", Cancelled);

        var page = new AuditReader(_log.Folder).Search(new AuditQuery { Size = AuditQuery.SizeMax }, long.MaxValue, Cancelled);

        Assert.Equal(Each, page.UnreadableCount);
        Assert.Equal(_all.Count - Each, page.Records.Count);
    }

    [Fact]
    public void The_size_of_a_page_is_bounded() => Assert.Throws<ArgumentOutOfRangeException>(
        () => new AuditReader(_log.Folder).Search(new AuditQuery { Size = AuditQuery.SizeMax + 1 }, long.MaxValue, Cancelled));

    public ValueTask DisposeAsync()
    {
        _log.Dispose();
        return ValueTask.CompletedTask;
    }

    private List<long> Pages(AuditQuery query, long pageBytesMax = long.MaxValue)
    {
        var reader = new AuditReader(_log.Folder) { PageBytesMax = pageBytesMax };
        var found = new List<long>();
        for (var page = reader.Search(query, long.MaxValue, Cancelled); ; page = reader.Search(query with { After = page.Next }, long.MaxValue, Cancelled))
        {
            Assert.True(page.Records.Count <= query.Size);
            found.AddRange(page.Records.Select(record => record.Sequence));
            if (page.Next is null)
            {
                return found;
            }
        }
    }
}
