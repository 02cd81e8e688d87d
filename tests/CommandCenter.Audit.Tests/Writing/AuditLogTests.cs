using CommandCenter.Audit.Reading;
using CommandCenter.Audit.Verification;

namespace CommandCenter.Audit.Tests.Writing;

public sealed class AuditLogTests : IDisposable
{
    private readonly TestLog _log = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_clean_life_is_whole_and_begins_and_ends_with_the_log_itself()
    {
        var head = await _log.FillAsync(hours: 3, recordsAnHour: 5);
        var report = _log.Verify(head);

        Assert.Empty(report.Findings);
        Assert.Equal(15 + 2, report.RecordCount);
        Assert.Equal(0, report.UnsealedCount);
        var actions = Records().Select(record => record.Entry.Action).ToList();
        Assert.Equal(AuditActions.Started, actions[0]);
        Assert.Equal(AuditActions.Stopped, actions[^1]);
    }

    [Fact]
    public async Task Each_hour_has_a_file_and_each_file_a_checkpoint()
    {
        _ = await _log.FillAsync(hours: 3, recordsAnHour: 5);

        // The fourth holds the record of the stop.
        Assert.Equal(["00000001-20170901T01", "00000002-20170901T02", "00000003-20170901T03", "00000004-20170901T04"], Names(".ndjson"));
        Assert.Equal(Names(".ndjson"), Names(".checkpoint"));
    }

    [Fact]
    public async Task An_hour_is_sealed_when_it_ends_although_nothing_comes_after_it()
    {
        await using var log = _log.Open();
        _ = await log.AppendAsync(TestLog.View(1), Cancelled);
        Assert.Empty(Names(".checkpoint"));

        _log.Time.Add(TimeSpan.FromMinutes(30));
        await CommandCenter.Testing.Eventually.TrueAsync(
            "the checkpoint of the hour", TimeSpan.FromSeconds(30), _ => Task.FromResult(Names(".checkpoint").Length == 1), Cancelled);
    }

    [Fact]
    public async Task Ten_thousand_appends_of_many_tasks_are_all_there_each_caller_in_order()
    {
        const int Callers = 100, Each = 100;
        await using (var log = _log.Open())
        {
            await Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => Task.Run(
                async () =>
                {
                    for (var i = 0; i < Each; i++)
                    {
                        _ = await log.AppendAsync(new AuditEntry { Action = "test.append", Actor = $"{caller}", Subject = $"{i}" }, Cancelled);
                    }
                },
                Cancelled)));
        }

        Assert.Empty(_log.Verify().Findings);
        var byCaller = Records(new AuditQuery { ActionPrefix = "test.", IsOldestFirst = true }).GroupBy(record => record.Entry.Actor!).ToList();
        Assert.Equal(Callers, byCaller.Count);
        Assert.All(byCaller, caller => Assert.Equal(Enumerable.Range(0, Each).Select(i => $"{i}"), caller.Select(record => record.Entry.Subject)));
    }

    [Fact]
    public async Task An_answer_is_the_sequence_of_the_record()
    {
        await using var log = _log.Open();
        var sequences = await Task.WhenAll(Enumerable.Range(0, 2_000).Select(i => log.AppendAsync(TestLog.View(i), Cancelled)));

        Assert.Equal(Enumerable.Range(2, 2_000).Select(i => (long)i), sequences.Order());
        foreach (var record in Records(new AuditQuery { ActionPrefix = "case.", IsOldestFirst = true }).Take(500))
        {
            Assert.Equal(TestLog.View((int)Array.IndexOf(sequences, record.Sequence)).Subject, record.Entry.Subject);
        }
    }

    [Fact]
    public async Task A_clock_that_is_set_back_changes_neither_order_nor_chain()
    {
        await using (var log = _log.Open())
        {
            foreach (var hours in (int[])[0, 5, -9, 1, -100, 3, 200, -200])
            {
                _log.Time.Set(_log.Time.GetUtcNow().AddHours(hours));
                _ = await log.AppendAsync(TestLog.View(hours), Cancelled);
                if (hours == 1)
                {
                    await log.SealAsync(Cancelled);
                }
            }
        }

        Assert.Empty(_log.Verify().Findings);
        var records = Records();
        Assert.Equal(Enumerable.Range(1, 10).Select(i => (long)i), records.Select(record => record.Sequence));

        // Each is found at the time that it says, wherever it lies.
        Assert.All(records, record => Assert.Contains(
            Records(new AuditQuery { From = record.At, To = record.At.AddTicks(1) }), found => found.Sequence == record.Sequence));
    }

    [Fact]
    public async Task A_restart_goes_on_where_the_log_ended()
    {
        var first = await _log.FillAsync(hours: 1, recordsAnHour: 3);
        await using var log = _log.Open();

        Assert.Equal(first.Sequence + 1 + 1, log.Head.Sequence); // The stop of the first life, the start of the second.
        Assert.Empty(_log.Verify().Findings);
    }

    [Fact]
    public async Task A_folder_has_one_writer()
    {
        await using var log = _log.Open();

        var refused = Assert.Throws<AuditException>(_log.Open);

        Assert.Equal(AuditException.InUse, refused.Code);
        Assert.Equal(2, await log.AppendAsync(TestLog.View(1), Cancelled));
    }

    [Fact]
    public async Task A_closed_log_takes_nothing_and_says_so()
    {
        var log = _log.Open();
        await log.DisposeAsync();
        await log.DisposeAsync();

        var refused = await Assert.ThrowsAsync<AuditException>(() => log.AppendAsync(TestLog.View(1), Cancelled));
        Assert.Equal(AuditException.Closed, refused.Code);
    }

    [Fact]
    public void Wrong_options_are_all_named_at_once()
    {
        var faults = (_log.Options with { KeyFile = Path.Combine(_log.Folder, "key"), RetentionDays = 183 }).Faults();

        Assert.Equal(2, faults.Count);
        Assert.Single((_log.Options with { Folder = _log.Folder + "/", KeyFile = Path.Combine(_log.Folder, "sub", "key") }).Faults());
        Assert.Empty(_log.Options.Faults());
    }

    [Fact]
    public async Task Nobody_else_may_read_records_checkpoints_or_key()
    {
        _ = await _log.FillAsync(hours: 1, recordsAnHour: 1);

        Assert.All(
            [.. _log.Files(".ndjson"), .. _log.Files(".checkpoint"), _log.KeyFile],
            file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file)));
    }

    [Fact]
    public async Task Nothing_after_the_last_record_is_shown_before_it_is_on_the_disk()
    {
        await using var log = _log.Open();
        _ = await log.AppendAsync(TestLog.View(1), Cancelled);

        Assert.Equal(2, log.Search(new AuditQuery(), Cancelled).Records[0].Sequence);
        Assert.Equal(log.Head.Hash, log.Search(new AuditQuery(), Cancelled).Records[0].Hash);
    }

    public void Dispose() => _log.Dispose();

    private string[] Names(string ending) => [.. _log.Files(ending).Select(file => Path.GetFileNameWithoutExtension(file))];

    private List<AuditRecord> Records(AuditQuery? query = null) =>
        [.. new AuditReader(_log.Folder).Read(query ?? new AuditQuery { IsOldestFirst = true }, long.MaxValue, Cancelled)];
}
