using CommandCenter.Audit.Reading;
using CommandCenter.Audit.Verification;

namespace CommandCenter.Audit.Tests.Writing;

public sealed class RecoveryTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_line_torn_at_any_byte_is_cut_off_and_that_is_recorded()
    {
        using var original = new TestLog();
        await using var running = original.Open();
        _ = await running.AppendAsync(TestLog.View(1), Cancelled);
        var before = running.Head;
        _ = await running.AppendAsync(TestLog.View(2), Cancelled);
        var bytes = await File.ReadAllBytesAsync(original.Files(".ndjson")[^1], Cancelled);
        var start = bytes.AsSpan(0, bytes.Length - 1).LastIndexOf((byte)'\n') + 1;

        for (var length = start; length <= bytes.Length; length++)
        {
            using var crashed = original.Crashed();
            Cut(crashed.Files(".ndjson")[^1], length);
            var isWhole = length == bytes.Length;
            await using (var log = crashed.Open())
            {
                Assert.Equal(before.Sequence + (isWhole ? 2 : 1), log.Head.Sequence); // The start is the next record.
                _ = await log.AppendAsync(TestLog.View(3), Cancelled);
            }

            Assert.Empty(crashed.Verify(before).Findings);
            var started = new AuditReader(crashed.Folder).Read(new AuditQuery { ActionPrefix = AuditActions.Started }, long.MaxValue, Cancelled).First();
            Assert.Equal(isWhole || length == start ? null : $"{length - start}", started.Entry.Detail!.GetValueOrDefault("tornBytes"));
            Assert.Equal("00000001-20170901T01", started.Entry.Detail!["closedFile"]);
        }
    }

    [Fact]
    public async Task A_crash_within_the_very_first_record_leaves_a_log_that_starts()
    {
        using var original = new TestLog();
        await using var running = original.Open();

        for (var length = 0; length < 40; length += 13)
        {
            using var crashed = original.Crashed();
            Cut(crashed.Files(".ndjson")[0], length);

            await crashed.Open().DisposeAsync();
            await crashed.Open().DisposeAsync();

            var report = crashed.Verify();
            Assert.Empty(report.Findings);
            Assert.Equal(4, report.RecordCount);
        }
    }

    /// <summary>Recovery itself can be killed: what it has done stays done, and what it has not comes at the next start.</summary>
    [Fact]
    public async Task A_recovery_that_is_broken_off_anywhere_is_finished_by_the_next()
    {
        using var original = new TestLog();
        await using var running = original.Open();
        _ = await running.AppendAsync(TestLog.View(1), Cancelled);

        for (var allowed = 0; ; allowed++)
        {
            using var crashed = original.Crashed();
            var file = crashed.Files(".ndjson")[^1];
            Cut(file, new FileInfo(file).Length - 5);
            var disk = new FaultyDisk { StepsAllowed = allowed };
            try
            {
                await crashed.Open(disk).DisposeAsync();
            }
            catch (AuditException refused)
            {
                Assert.True(refused.Code is AuditException.NotWritten or AuditException.KeyUnusable, refused.Code);
            }

            await crashed.Open().DisposeAsync();
            Assert.Empty(crashed.Verify().Findings);
            Assert.NotEmpty(crashed.Files(".torn"));
            if (disk.StepsAllowed > 0)
            {
                Assert.InRange(allowed, 5, 30); // Every step of it was broken once.
                return;
            }
        }
    }

    [Fact]
    public async Task Whole_lines_behind_a_changed_one_are_kept_for_a_person_to_read()
    {
        using var original = new TestLog();
        await using var running = original.Open();
        for (var i = 0; i < 5; i++)
        {
            _ = await running.AppendAsync(TestLog.View(i), Cancelled);
        }

        using var crashed = original.Crashed();
        var file = crashed.Files(".ndjson")[0];
        var text = await File.ReadAllTextAsync(file, Cancelled);
        await File.WriteAllTextAsync(file, text.Replace("执2号", "执9号", StringComparison.Ordinal), Cancelled);
        await crashed.Open().DisposeAsync();

        Assert.Equal([AuditFinding.LinesCut], crashed.Verify().Findings.Select(finding => finding.Code));
        Assert.Contains("执4号", await File.ReadAllTextAsync(crashed.Files(".torn")[0], Cancelled));
    }

    [Fact]
    public async Task A_damaged_last_checkpoint_is_named_instead_of_guessed()
    {
        using var log = new TestLog();
        _ = await log.FillAsync(1, 1);
        await File.WriteAllTextAsync(log.Files(".checkpoint")[^1], "nonsense", Cancelled);

        Assert.Equal(AuditException.Damaged, Assert.Throws<AuditException>(log.Open).Code);
    }

    private static void Cut(string file, long length)
    {
        using var stream = new FileStream(file, FileMode.Open);
        stream.SetLength(length);
    }
}
