using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using CommandCenter.Audit.Evidence;
using CommandCenter.Cameras.Recording;

namespace CommandCenter.Cameras.Tests.Recording;

/// <summary>What is exported here is verified by the code of the audit leaf, which knows nothing of the recorder.</summary>
public sealed class EvidenceTests : IDisposable
{
    private const int Changes = 1_000;

    private readonly TestStore _store = new();
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private string Pack => Path.Combine(_store.Options.Root, "..", "pack");

    private EvidenceExport Export => new(_store.Library, new EvidenceSigner(new string('0', 64), data => _key.SignData(data, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence)), _store.Time);

    [Fact]
    public async Task A_thousand_random_changes_of_one_byte_are_all_found_and_those_of_video_name_the_second()
    {
        await PackAsync();
        var random = new Random(20261123);
        var files = Directory.GetFiles(Pack, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).ToArray();
        var videos = 0;
        for (var i = 0; i < Changes; i++)
        {
            var path = i % 2 == 0 ? files[random.Next(files.Length)] : files.Where(file => file.EndsWith(".mp4", StringComparison.Ordinal)).ElementAt(random.Next(3));
            var bytes = File.ReadAllBytes(path);
            var position = random.Next(bytes.Length);
            var original = bytes[position];
            bytes[position] ^= (byte)random.Next(1, 256);
            File.WriteAllBytes(path, bytes);
            var report = Verify(Pack);
            bytes[position] = original;
            File.WriteAllBytes(path, bytes);

            Assert.False(report.IsWhole, $"{path} byte {position}");
            if (path.EndsWith(".mp4", StringComparison.Ordinal))
            {
                videos++;
                var name = Path.GetRelativePath(Path.Combine(Pack, "segments"), path);
                var second = Assert.Single(report.Findings, finding => finding.Code == EvidenceFinding.SecondChanged);
                Assert.Equal((TestStore.Camera, name, SecondOf(path, position)), (second.Camera, second.File, second.Second));
            }
        }

        Assert.InRange(videos, Changes / 2, Changes);
        Assert.Empty(Verify(Pack).Findings);
    }

    [Fact]
    public async Task A_pack_holds_the_segments_unchanged_and_says_who_and_why()
    {
        await PackAsync();
        var manifest = File.ReadAllText(Path.Combine(Pack, "manifest.json"));

        Assert.All(_store.Videos, path => Assert.Equal(File.ReadAllBytes(path), File.ReadAllBytes(Path.Combine(Pack, "segments", Path.GetRelativePath(_store.Folder, path)))));
        Assert.All((string[])["王法官", "li.na", "(2026)粤01执1号", "\"evidence\": 1"], text => Assert.Contains(text, manifest, StringComparison.Ordinal));
        Assert.Equal("[]", File.ReadAllText(Path.Combine(Pack, "positions.json")));
        var report = Verify(Pack);
        Assert.Equal((3, 12L, 0L), (report.SegmentCount, report.SecondCount, report.RecoveredCount));
    }

    [Fact]
    public async Task A_zip_is_verified_as_it_is()
    {
        await _store.RecordAsync(new TestVideo().Seconds(9));
        var path = Path.Combine(_store.Options.Root, "..", "pack.zip");
        using (var output = File.Create(path))
        {
            Export.WriteZip(Request(), output, Cancelled);
        }

        Assert.Empty(Verify(path).Findings);
        var bytes = File.ReadAllBytes(path);
        var video = File.ReadAllBytes(_store.Videos[1]);
        var at = bytes.AsSpan().IndexOf(video);
        Assert.True(at > 0, "Video is stored as it is.");
        bytes[at + video.Length - 5] ^= 1;
        File.WriteAllBytes(path, bytes);
        Assert.Contains(Verify(path).Findings, finding => finding.Code is EvidenceFinding.SecondChanged or EvidenceFinding.Unreadable);
    }

    [Theory]
    [InlineData(EvidenceFinding.Missing)]
    [InlineData(EvidenceFinding.UnknownFile)]
    [InlineData(EvidenceFinding.NotSigned)]
    [InlineData(EvidenceFinding.Unreadable)]
    public async Task What_is_missing_added_or_signed_by_another_is_named(string code)
    {
        await PackAsync();
        var video = Path.Combine(Pack, "segments", Path.GetRelativePath(_store.Folder, _store.Videos[0]));
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        switch (code)
        {
            case EvidenceFinding.Missing:
                File.Delete(video);
                break;
            case EvidenceFinding.UnknownFile:
                File.WriteAllText(Path.Combine(Pack, "note.txt"), "");
                break;
            case EvidenceFinding.Unreadable:
                File.WriteAllText(Path.Combine(Pack, "manifest.json"), "{}");
                break;
        }

        var report = EvidenceVerifier.Verify(Pack, (code == EvidenceFinding.NotSigned ? other : _key).ExportSubjectPublicKeyInfoPem(), Cancelled);
        Assert.Contains(report.Findings, finding => finding.Code == code);
    }

    /// <summary>Who has the folder but not the key can hash everything anew; the signature is over what it was.</summary>
    [Fact]
    public async Task A_segment_that_was_hashed_anew_is_not_what_was_signed()
    {
        await PackAsync();
        var video = Directory.GetFiles(Path.Combine(Pack, "segments"), "*.mp4", SearchOption.AllDirectories).Order(StringComparer.Ordinal).First();
        var bytes = File.ReadAllBytes(video);
        bytes[^1] ^= 1;
        File.WriteAllBytes(video, bytes);
        var manifest = Path.ChangeExtension(video, ".ndjson");
        var anew = new List<byte>();
        string? prev = null;
        foreach (var line in RecordLine.DecodeAll(File.ReadAllBytes(manifest), out _))
        {
            var hashed = line.Offset is { } from ? line with { Sha256 = Convert.ToHexStringLower(SHA256.HashData(bytes.AsSpan((int)from, (int)line.Bytes!))) } : line;
            anew.AddRange((hashed with { Prev = prev ?? line.Prev }).Encode(out prev));
        }

        File.WriteAllBytes(manifest, [.. anew]);
        var codes = Verify(Pack).Findings.Select(finding => finding.Code).ToArray();
        Assert.Equal(2, codes.Count(code => code == EvidenceFinding.Changed));
        Assert.Contains(EvidenceFinding.ChainBroken, codes);
    }

    [Fact]
    public async Task What_is_still_recorded_is_packed_up_to_its_last_flushed_second()
    {
        await using var store = _store.Open();
        await using var recorder = store.Record(TestStore.Camera);
        await TestStore.OfferAsync(recorder, new TestVideo().Pictures(80));
        Export.WriteFolder(Request(), Pack, Cancelled);
        var report = Verify(Pack);

        Assert.Empty(report.Findings);
        Assert.Equal((2, 5L), (report.SegmentCount, report.SecondCount));
    }

    [Fact]
    public void Where_nothing_was_recorded_there_is_no_pack() =>
        Assert.Equal(RecordingException.NotFound, Assert.Throws<RecordingException>(() => Export.WriteFolder(Request(), Pack, Cancelled)).Code);

    [Fact]
    public async Task A_thousand_random_changes_in_the_folder_of_a_camera_are_found_too()
    {
        await _store.RecordAsync(new TestVideo { KeyBytes = 300, OtherBytes = 60 }.Seconds(12));
        var random = new Random(1);
        var files = Directory.GetFiles(_store.Folder, "*", SearchOption.AllDirectories);
        for (var i = 0; i < Changes; i++)
        {
            var path = files[random.Next(files.Length)];
            var bytes = File.ReadAllBytes(path);
            var position = random.Next(path.EndsWith(".mp4", StringComparison.Ordinal) ? bytes.Length : bytes.Length - 1); // A last line without its end is one that is being written.
            var original = bytes[position];
            bytes[position] ^= (byte)random.Next(1, 256);
            File.WriteAllBytes(path, bytes);
            var findings = _store.Verify();
            bytes[position] = original;
            File.WriteAllBytes(path, bytes);

            Assert.True(findings.Count > 0, $"{path} byte {position}");
        }
    }

    public void Dispose()
    {
        _key.Dispose();
        _store.Dispose();
    }

    private static DateTimeOffset SecondOf(string video, int position)
    {
        var line = RecordLine.DecodeAll(File.ReadAllBytes(Path.ChangeExtension(video, ".ndjson")), out _).Single(line => line.Offset <= position && position < line.Offset + line.Bytes);
        return DateTimeOffset.FromUnixTimeSeconds(line.At.ToUnixTimeSeconds());
    }

    private static EvidenceRequest Request() => new()
    {
        Camera = TestStore.Camera,
        From = TestVideo.Start.AddSeconds(1),
        Until = TestVideo.Start.AddSeconds(11),
        Officer = "王法官",
        ExportedBy = "li.na",
        Why = "(2026)粤01执1号",
        Positions = Encoding.UTF8.GetBytes("[]"),
    };

    private async Task PackAsync()
    {
        await _store.RecordAsync(new TestVideo { KeyBytes = 300, OtherBytes = 60, SaysCaptured = true }.Seconds(12));
        Export.WriteFolder(Request(), Pack, Cancelled);
    }

    private EvidenceReport Verify(string pack) => EvidenceVerifier.Verify(pack, _key.ExportSubjectPublicKeyInfoPem(), Cancelled);
}
