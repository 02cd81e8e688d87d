using System.Text;
using CommandCenter.Audit.Format;
using CommandCenter.Audit.Reading;

namespace CommandCenter.Audit.Tests.Verification;

/// <summary>Whatever somebody puts into the folder: the verifier reports, the search goes on, and the log starts or says why not.</summary>
public sealed class HostileFolderTests : IDisposable
{
    private static readonly string[] s_lines =
    [
        "{\"seq\":5,\"prev\":\"PREV\",\"at\":\"2017-09-01T03:30:00.0000000Z\",\"action\":null,\"outcome\":\"done\"",
        "{\"seq\":5,\"prev\":\"PREV\",\"at\":\"2017-09-01T03:30:00.0000000Z\",\"action\":\"audit.removed-old\",\"outcome\":\"done\",\"detail\":{\"through\":\"99999999999999\"}",
        "{\"seq\":5,\"prev\":\"PREV\",\"at\":\"2017-09-01T03:30:00.0000000Z\",\"action\":\"audit.removed-old\",\"outcome\":\"done\",\"detail\":{\"through\":7}",
        "{\"seq\":5,\"prev\":\"PREV\",\"at\":\"2017-09-01T03:30:00.0000000Z\",\"action\":\"a\",\"outcome\":\"done\",\"detail\":[1]",
        "{\"seq\":5,\"prev\":\"PREV\",\"at\":\"2017-09-01T03:30:00.0000000Z\",\"action\":\"a\",\"outcome\":\"maybe\"",
        "{\"seq\":5,\"prev\":\"PREV\",\"at\":\"2017-09-01T03:30:00.0000000Z\",nonsense",
        "{\"seq\":9223372036854775807,\"prev\":\"PREV\",\"at\":\"2017-09-01T03:30:00.0000000Z\",\"action\":\"a\",\"outcome\":\"done\"",
        "{\"seq\":-9223372036854775808,\"prev\":\"PREV\",\"at\":\"9999-12-31T23:59:59.9999999Z\",\"action\":\"a\",\"outcome\":\"done\"",
    ];

    private static readonly string[] s_checkpoints =
    [
        "", "\n", "\n\n", "{}\nAAAA\n", "null\nAAAA\n", "[]\nAAAA\n", "{\"number\":null}\nAAAA\n",
        "{\"number\":2,\"file\":null,\"bytes\":1,\"sha256\":null,\"first\":1,\"last\":1,\"head\":null,\"sealed\":\"2017-09-01T03:30:00Z\",\"previous\":null,\"key\":null}\nAAAA\n",
        "{\"number\":2,\"file\":\"\",\"bytes\":1,\"sha256\":\"\",\"first\":1,\"last\":1,\"head\":\"x\",\"sealed\":\"2017-09-01T03:30:00Z\",\"previous\":\"\",\"key\":\"\",\"publicKey\":\"AAAA\"}\nAAAA\n",
    ];

    private readonly TestLog _log = new();

    public static TheoryData<int> Lines => [.. Enumerable.Range(0, s_lines.Length)];

    public static TheoryData<int> Checkpoints => [.. Enumerable.Range(0, s_checkpoints.Length)];

    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 40)];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Lines))]
    public async Task A_line_made_by_hand_with_a_hash_of_its_own(int index)
    {
        var head = await _log.FillAsync(1, 3);
        var covered = s_lines[index].Replace("PREV", head.Hash, StringComparison.Ordinal);
        var hash = new byte[AuditLine.HashChars];
        AuditLine.HashOf(Encoding.UTF8.GetBytes(covered), hash);
        await File.WriteAllTextAsync(Path.Combine(_log.Folder, "00000003-20170901T03.ndjson"), $"{covered},\"hash\":\"{Encoding.ASCII.GetString(hash)}\"}}\n", Cancelled);

        await ReadAndStartAsync();
    }

    [Theory]
    [MemberData(nameof(Checkpoints))]
    public async Task A_checkpoint_made_by_hand(int index)
    {
        _ = await _log.FillAsync(1, 3);
        await File.WriteAllTextAsync(_log.Files(FileStem.Checkpoint)[^1], s_checkpoints[index], Cancelled);

        Assert.NotEmpty(_log.Verify().Findings);
        await ReadAndStartAsync();
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Bytes_by_chance(int seed)
    {
        _ = await _log.FillAsync(2, 3);
        var random = new Random(seed);
        string[] files = [.. _log.Files(FileStem.Records), .. _log.Files(FileStem.Checkpoint)];
        for (var i = 0; i < 3; i++)
        {
            var file = files[random.Next(files.Length)];
            var bytes = (await File.ReadAllBytesAsync(file, Cancelled)).ToList();
            var from = random.Next(bytes.Count + 1);
            var noise = new byte[random.Next(200)];
            random.NextBytes(noise);
            bytes.RemoveRange(from, Math.Min(random.Next(200), bytes.Count - from));
            bytes.InsertRange(from, noise);
            await File.WriteAllBytesAsync(file, [.. bytes], Cancelled);
        }

        Assert.NotEmpty(_log.Verify().Findings);
        await ReadAndStartAsync();
    }

    public void Dispose() => _log.Dispose();

    private async Task ReadAndStartAsync()
    {
        _ = _log.Verify();
        foreach (var isOldestFirst in (bool[])[true, false])
        {
            var query = new AuditQuery { IsOldestFirst = isOldestFirst, ActionPrefix = "a", Size = AuditQuery.SizeMax };
            _ = new AuditReader(_log.Folder).Search(query, long.MaxValue, Cancelled);
        }

        try
        {
            await using var log = _log.Open();
            _ = await log.AppendAsync(TestLog.View(1), Cancelled);
        }
        catch (AuditException refused)
        {
            Assert.Equal(AuditException.Damaged, refused.Code);
        }

        _ = _log.Verify();
    }
}
