using System.Globalization;
using System.Text;
using CommandCenter.Audit.Format;
using CommandCenter.Audit.Reading;
using CommandCenter.Audit.Verification;

namespace CommandCenter.Audit.Tests.Verification;

/// <summary>What somebody who can write to the folder, but has not the key, can do; and what the verifier says.</summary>
public sealed class TamperTests : IAsyncLifetime
{
    private const int Hours = 4, Each = 12;

    private readonly TestLog _log = new();
    private AuditHead _head = new(0, "");

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private string Second => _log.Files(FileStem.Records)[1];

    // Four sealed hours, a sealed rest of a crash, and an hour that is open.
    public async ValueTask InitializeAsync()
    {
        using var first = new TestLog();
        _ = await first.FillAsync(Hours, Each);
        await using var running = first.Open();
        for (var i = 0; i < Each; i++)
        {
            _ = await running.AppendAsync(TestLog.View(i), Cancelled);
        }

        using var crashed = first.Crashed();
        await File.AppendAllTextAsync(crashed.Files(FileStem.Records)[^1], "{\"seq\":62,\"prev\":\"torn", Cancelled);
        await using var recovered = crashed.Open();
        for (var i = 0; i < Each; i++)
        {
            _ = await recovered.AppendAsync(TestLog.View(i), Cancelled);
        }

        _head = recovered.Head;
        using var open = crashed.Crashed();
        Directory.CreateDirectory(_log.Folder);
        Directory.CreateDirectory(Path.GetDirectoryName(_log.KeyFile)!);
        foreach (var file in Directory.EnumerateFiles(open.Folder))
        {
            File.Copy(file, Path.Combine(_log.Folder, Path.GetFileName(file)));
        }

        File.Copy(open.KeyFile + ".pub", _log.KeyFile + ".pub");
        var report = _log.Verify(_head);
        Assert.Empty(report.Findings);
        Assert.Equal(Each + 1, report.UnsealedCount);
    }

    [Fact]
    public void A_thousand_random_changes_of_one_byte_are_all_found_and_named()
    {
        var random = new Random(20170901);
        string[] files = [.. _log.Files(FileStem.Records), .. _log.Files(FileStem.Checkpoint), .. _log.Files(FileStem.Torn), .. _log.Files(".pub")];
        for (var i = 0; i < 1_000; i++)
        {
            var file = files[random.Next(files.Length)];
            var bytes = File.ReadAllBytes(file);
            var position = random.Next(bytes.Length);
            AssertFound(file, bytes, position, (byte)(bytes[position] ^ random.Next(1, 256)));
        }
    }

    /// <summary>Chance leaves gaps; here are none: every byte of a checkpoint, and of the last two lines, which nothing has sealed yet.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(32)] // Upper case, space to NUL.
    [InlineData(128)]
    public void Every_byte_of_a_checkpoint_and_of_an_open_hour_counts(byte mask)
    {
        foreach (var file in (string[])[_log.Files(FileStem.Checkpoint)[0], _log.Files(FileStem.Records)[^1]])
        {
            var bytes = File.ReadAllBytes(file);
            for (var position = Math.Max(0, bytes.Length - 900); position < bytes.Length; position++)
            {
                AssertFound(file, bytes, position, (byte)(bytes[position] ^ mask));
            }
        }
    }

    [Theory]
    [InlineData("{ \"seq\"", "{\"seq\"")]
    [InlineData("\"outcome\": \"done\"", "\"outcome\":\"done\"")]
    [InlineData("\r\n", "\n")]
    public void White_space_that_no_reader_of_JSON_sees_is_found(string changed, string original)
    {
        var text = File.ReadAllText(Second);
        File.WriteAllText(Second, text.Replace(original, changed, StringComparison.Ordinal));

        Assert.Equal([AuditFinding.Changed], Codes().Distinct());
    }

    [Fact]
    public void A_changed_line_is_named_by_file_line_and_record()
    {
        Rewrite(Second, lines => lines[4] = lines[4].Replace("handler", "auditor", StringComparison.Ordinal));

        var finding = Assert.Single(_log.Verify().Findings);
        Assert.Equal((Path.GetFileName(Second), 5L, FirstOf(Second) + 4, AuditFinding.Changed), (finding.File, finding.Line, finding.Sequence, finding.Code));
    }

    [Fact]
    public void A_record_that_was_hashed_anew_breaks_the_chain_behind_it()
    {
        Rewrite(Second, lines => lines[4] = HashedAnew(lines[4].Replace("handler", "auditor", StringComparison.Ordinal)));

        var finding = Assert.Single(_log.Verify().Findings);
        Assert.Equal((6L, AuditFinding.ChainBroken), (finding.Line, finding.Code));
    }

    [Fact]
    public void A_whole_hour_that_was_hashed_anew_is_not_what_was_sealed()
    {
        Rewrite(Second, lines =>
        {
            for (var i = 4; i < lines.Count; i++)
            {
                lines[i] = HashedAnew(lines[i].Replace("handler", "auditor", StringComparison.Ordinal), i == 4 ? null : HashOf(lines[i - 1]));
            }
        });

        Assert.Equal([AuditFinding.FileChanged], Codes());
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(3, 1)]
    [InlineData(2, 5)]
    [InlineData(Each - 1, 1)] // The last of its file.
    public void Removed_records_are_named(int index, int count)
    {
        var first = FirstOf(Second) + index;
        Rewrite(Second, lines => lines.RemoveRange(index, count));

        var finding = Assert.Single(_log.Verify().Findings);
        Assert.Equal(
            (Path.GetFileName(Second), first, first + count - 1, AuditFinding.Removed),
            (finding.File, finding.Sequence, finding.LastSequence, finding.Code));
    }

    [Fact]
    public void Swapped_records_are_named()
    {
        var first = FirstOf(Second);
        Rewrite(Second, lines => (lines[3], lines[4]) = (lines[4], lines[3]));

        var finding = Assert.Single(_log.Verify().Findings);
        Assert.Equal((5L, first + 3, AuditFinding.Reordered), (finding.Line, finding.Sequence, finding.Code));
    }

    [Fact]
    public void A_doubled_record_is_named()
    {
        Rewrite(Second, lines => lines.Insert(4, lines[3]));

        var finding = Assert.Single(_log.Verify().Findings);
        Assert.Equal((5L, FirstOf(Second) + 3, AuditFinding.Doubled), (finding.Line, finding.Sequence, finding.Code));
    }

    [Fact]
    public void A_removed_file_is_named_with_its_records()
    {
        var first = FirstOf(Second);
        File.Delete(Second);

        var finding = Assert.Single(_log.Verify().Findings);
        Assert.Equal((first, first + Each - 1, AuditFinding.FileMissing), (finding.Sequence, finding.LastSequence, finding.Code));
    }

    [Fact]
    public void A_removed_file_whose_checkpoint_went_with_it_is_named()
    {
        File.Delete(Path.ChangeExtension(Second, FileStem.Checkpoint));
        File.Delete(Second);

        Assert.Equal([AuditFinding.CheckpointMissing, AuditFinding.Removed], Codes());
    }

    [Fact]
    public void A_removed_checkpoint_is_named()
    {
        File.Delete(Path.ChangeExtension(Second, FileStem.Checkpoint));

        Assert.Equal([AuditFinding.CheckpointMissing], Codes());
    }

    [Fact]
    public void A_checkpoint_put_in_the_place_of_another_is_named()
    {
        File.Copy(_log.Files(FileStem.Checkpoint)[2], _log.Files(FileStem.Checkpoint)[1], overwrite: true);

        Assert.Equal([AuditFinding.CheckpointChanged], Codes());
    }

    [Theory]
    [InlineData("00000002-20170901T09.ndjson", AuditFinding.FileDoubled)]
    [InlineData("00000099-20170901T02.ndjson", AuditFinding.Doubled)]
    [InlineData("copy.ndjson", AuditFinding.UnknownFile)]
    [InlineData("00000002-20170901T02.ndjson.bak", AuditFinding.UnknownFile)]
    public void A_doubled_file_is_named(string name, string code)
    {
        File.Copy(Second, Path.Combine(_log.Folder, name));

        Assert.Contains(_log.Verify().Findings, finding => finding.File == name && finding.Code == code);
    }

    [Fact]
    public void Swapped_files_are_found()
    {
        var third = _log.Files(FileStem.Records)[2];
        var content = File.ReadAllBytes(Second);
        File.Copy(third, Second, overwrite: true);
        File.WriteAllBytes(third, content);

        Assert.NotEmpty(_log.Verify().Findings);
    }

    [Fact]
    public void A_cut_end_is_found_against_a_head_that_was_noted_down_and_only_then()
    {
        var last = _log.Files(FileStem.Records)[^1];
        Rewrite(last, lines => lines.RemoveRange(lines.Count - 3, 3));

        Assert.Empty(_log.Verify().Findings);
        var finding = Assert.Single(_log.Verify(_head).Findings);
        Assert.Equal((_head.Sequence, AuditFinding.Cut), (finding.Sequence, finding.Code));
    }

    [Fact]
    public void An_end_cut_together_with_its_checkpoints_is_found_against_a_head()
    {
        foreach (var file in Directory.EnumerateFiles(_log.Folder).Where(file => string.CompareOrdinal(Path.GetFileName(file), "00000004") > 0 && Path.GetFileName(file).StartsWith('0')))
        {
            File.Delete(file);
        }

        Assert.Empty(_log.Verify().Findings);
        Assert.Equal([AuditFinding.Cut], _log.Verify(_head).Findings.Select(finding => finding.Code));
    }

    [Fact]
    public async Task An_end_cut_while_the_log_was_closed_is_found_by_the_head_beside_the_key_and_recorded_at_the_next_start()
    {
        using var log = new TestLog();
        _ = await log.FillAsync(3, 3);
        var noted = AuditHead.ReadNoted(log.KeyFile)!;
        foreach (var file in (string[])[.. log.Files(FileStem.Records)[^2..], .. log.Files(FileStem.Checkpoint)[^2..]])
        {
            File.Delete(file);
        }

        Assert.Empty(log.Verify().Findings);
        Assert.Equal([AuditFinding.Cut], log.Verify(noted).Findings.Select(finding => finding.Code));

        await log.Open().DisposeAsync();
        var started = new AuditReader(log.Folder).Read(new AuditQuery { ActionPrefix = AuditActions.Started }, long.MaxValue, Cancelled).First();
        Assert.Equal($"{noted}", started.Entry.Detail!["lostHead"]);
    }

    /// <summary>Without its checkpoint a file looks as if a crash had left it open, and the next start would sign what somebody made of it.</summary>
    [Fact]
    public async Task A_sealed_end_written_anew_while_the_log_was_closed_is_signed_again_but_not_unseen()
    {
        using var log = new TestLog();
        _ = await log.FillAsync(3, 3);
        var noted = AuditHead.ReadNoted(log.KeyFile)!;
        Rewrite(log.Files(FileStem.Records)[^1], lines => lines[^1] = HashedAnew(lines[^1].Replace("system", "nobody", StringComparison.Ordinal)));
        File.Delete(log.Files(FileStem.Checkpoint)[^1]);

        await using (var reopened = log.Open())
        {
            Assert.Equal(noted, reopened.LostHead);
        }

        Assert.Equal([AuditFinding.HeadDiffers], log.Verify(noted).Findings.Select(finding => finding.Code));
        await using var again = log.Open();
        Assert.Null(again.LostHead);
    }

    /// <summary>A record of the retention that somebody wrote himself, and that a start then took for the rest of a crash and sealed.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(400)]
    public async Task A_young_file_is_missed_although_a_record_says_that_its_age_was_the_reason(int daysAhead)
    {
        using var log = new TestLog();
        var head = await log.FillAsync(3, 3);
        var chain = Encoding.ASCII.GetBytes(AuditHead.ReadNoted(log.KeyFile)!.Hash);
        var forged = new System.Buffers.ArrayBufferWriter<byte>();
        var entry = new AuditEntry { Action = AuditActions.Removed, Actor = AuditActions.Actor, Detail = new Dictionary<string, string> { ["through"] = "2" } };
        AuditLine.Write(forged, head.Sequence + 2, chain, log.Time.GetUtcNow().AddDays(daysAhead), EntryBody.Encode(entry));
        await File.WriteAllBytesAsync(Path.Combine(log.Folder, "00000005-20170901T05.ndjson"), forged.WrittenSpan.ToArray(), Cancelled);
        File.Delete(log.Files(FileStem.Records)[0]);
        await log.Open().DisposeAsync();

        var finding = Assert.Single(log.Verify().Findings);
        Assert.Equal(("00000001-20170901T01.ndjson", AuditFinding.FileMissing), (finding.File, finding.Code));
    }

    [Fact]
    public async Task A_log_can_be_verified_while_it_is_written()
    {
        using var folders = new TestLog();
        await using var log = folders.Open();
        var writing = Task.WhenAll(Enumerable.Range(0, 16).Select(async caller =>
        {
            for (var i = 0; i < 500; i++)
            {
                _ = await log.AppendAsync(TestLog.View(i), Cancelled);
                if (caller == 0 && i % 50 == 0)
                {
                    folders.Time.Add(TimeSpan.FromMinutes(20));
                }
            }
        }));
        while (!writing.IsCompleted)
        {
            Assert.Empty(folders.Verify(log.Head).Findings);
        }

        await writing;
    }

    [Fact]
    public void An_end_written_anew_differs_from_the_head()
    {
        var last = _log.Files(FileStem.Records)[^1];
        Rewrite(last, lines => lines[^1] = HashedAnew(lines[^1].Replace("handler", "auditor", StringComparison.Ordinal)));

        Assert.Empty(_log.Verify().Findings);
        Assert.Equal([AuditFinding.HeadDiffers], _log.Verify(_head).Findings.Select(finding => finding.Code));
    }

    [Fact]
    public void A_flood_of_findings_stays_bounded_and_is_counted()
    {
        for (var number = 100; number < 1_500; number++)
        {
            File.WriteAllText(Path.Combine(_log.Folder, $"{number}.txt"), "");
        }

        var report = _log.Verify();
        Assert.Equal(1_400, report.FindingCount);
        Assert.Equal(1_000, report.Findings.Count);
    }

    public ValueTask DisposeAsync()
    {
        _log.Dispose();
        return ValueTask.CompletedTask;
    }

    private static void Rewrite(string file, Action<List<string>> change)
    {
        var lines = File.ReadAllLines(file).ToList();
        change(lines);
        File.WriteAllText(file, string.Concat(lines.Select(line => line + "\n")));
    }

    private static string HashOf(string line) => line[^66..^2];

    private static string HashedAnew(string line, string? previous = null)
    {
        var covered = line[..line.LastIndexOf(",\"hash\":", StringComparison.Ordinal)];
        if (previous is not null)
        {
            var at = covered.IndexOf("\"prev\":\"", StringComparison.Ordinal) + 8;
            covered = covered[..at] + previous + covered[(at + 64)..];
        }

        Span<byte> hash = stackalloc byte[64];
        AuditLine.HashOf(Encoding.UTF8.GetBytes(covered), hash);
        return $"{covered},\"hash\":\"{Encoding.ASCII.GetString(hash)}\"}}";
    }

    private static long FirstOf(string file)
    {
        var line = File.ReadLines(file).First();
        return long.Parse(line.AsSpan(7, line.IndexOf(',', StringComparison.Ordinal) - 7), CultureInfo.InvariantCulture);
    }

    private IEnumerable<string> Codes() => _log.Verify().Findings.Select(finding => finding.Code);

    private void AssertFound(string file, byte[] original, int position, byte changed)
    {
        var bytes = original.ToArray();
        bytes[position] = changed;
        File.WriteAllBytes(file, bytes);
        var report = _log.Verify();
        File.WriteAllBytes(file, original);

        var stem = Path.GetFileNameWithoutExtension(file);
        Assert.True(
            report.Findings.Any(finding => finding.File.StartsWith(stem, StringComparison.Ordinal)),
            $"{Path.GetFileName(file)} byte {position}, {original[position]} to {changed}: {string.Join(" | ", report.Findings)}");
    }
}
