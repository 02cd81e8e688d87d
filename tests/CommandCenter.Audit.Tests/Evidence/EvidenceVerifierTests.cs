using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using CommandCenter.Audit.Evidence;

namespace CommandCenter.Audit.Tests.Evidence;

public sealed class EvidenceVerifierTests : IDisposable
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly TestPack _pack;

    public EvidenceVerifierTests() => _pack = new TestPack(data => _key.SignData(data, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence));

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public void A_whole_pack_is_whole_in_a_folder_and_in_a_zip()
    {
        var zip = _pack.Path + ".zip";
        ZipFile.CreateFromDirectory(_pack.Path, zip);
        try
        {
            foreach (var path in (string[])[_pack.Path, zip])
            {
                var report = Verify(path);
                Assert.Empty(report.Findings);
                Assert.Equal((TestPack.Camera, TestPack.SegmentCount, (long)TestPack.SegmentCount * TestPack.SecondCount), (report.Camera, report.SegmentCount, report.SecondCount));
            }
        }
        finally
        {
            File.Delete(zip);
        }
    }

    [Fact]
    public void A_thousand_random_changes_of_one_byte_are_all_found_and_those_of_video_name_the_second()
    {
        var random = new Random(20170901);
        var names = _pack.Files.Keys.ToArray();
        for (var i = 0; i < 1_000; i++)
        {
            var name = names[random.Next(names.Length)];
            var bytes = _pack.Files[name].ToArray();
            var position = random.Next(bytes.Length);
            bytes[position] ^= (byte)random.Next(1, 256);
            File.WriteAllBytes(Path.Combine(_pack.Path, name), bytes);
            var report = Verify(_pack.Path);
            File.WriteAllBytes(Path.Combine(_pack.Path, name), _pack.Files[name]);

            Assert.False(report.IsWhole, $"{name} byte {position}");
            if (name.EndsWith(".mp4", StringComparison.Ordinal))
            {
                var second = Assert.Single(report.Findings, finding => finding.Code == EvidenceFinding.SecondChanged);
                Assert.Equal((TestPack.Camera, name["segments/".Length..], TestPack.SecondOf(name, position)), (second.Camera, second.File, second.Second));
            }
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(TestPack.HeadBytes + 10)]
    public void A_video_that_was_cut_names_every_second_that_is_not_there(int length)
    {
        var name = _pack.Files.Keys.First(name => name.EndsWith(".mp4", StringComparison.Ordinal));
        File.WriteAllBytes(Path.Combine(_pack.Path, name), _pack.Files[name][..length]);

        Assert.Equal(TestPack.SecondCount + (length < TestPack.HeadBytes ? 1 : 0), Verify(_pack.Path).Findings.Count(finding => finding.Code == EvidenceFinding.SecondChanged));
    }

    [Fact]
    public void A_finding_says_camera_file_and_second()
    {
        var name = _pack.Files.Keys.First(name => name.EndsWith(".mp4", StringComparison.Ordinal));
        var bytes = _pack.Files[name].ToArray();
        bytes[TestPack.HeadBytes + (2 * TestPack.SecondBytes)] ^= 1;
        File.WriteAllBytes(Path.Combine(_pack.Path, name), bytes);
        using var output = new StringWriter();
        Verify(_pack.Path).WriteTo(output);

        Assert.Contains("gate-1 2026-11-23/080000.mp4 second 2026-11-23T08:00:02Z: evidence.second-changed", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_hostile_manifest_reads_nothing_outside_of_the_pack()
    {
        var outside = Path.Combine(Path.GetDirectoryName(_pack.Path)!, "outside.txt");
        var manifest = Encoding.UTF8.GetString(_pack.Files["manifest.json"]).Replace("positions.json", "../outside.txt", StringComparison.Ordinal);
        File.WriteAllText(Path.Combine(_pack.Path, "manifest.json"), manifest);
        File.WriteAllText(outside, "[]");
        try
        {
            Assert.Contains(Verify(_pack.Path).Findings, finding => (finding.File, finding.Code) == ("../outside.txt", EvidenceFinding.Missing));
        }
        finally
        {
            File.Delete(outside);
        }
    }

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{\"evidence\":2}")]
    [InlineData("{\"evidence\":1,\"camera\":null,\"chainFirst\":\"\",\"chainLast\":\"\",\"segments\":[],\"files\":[]}")]
    [InlineData("{\"evidence\":1,\"camera\":\"a\",\"chainFirst\":\"\",\"chainLast\":\"\",\"segments\":[null],\"files\":[null]}")]
    public void A_manifest_that_is_none_is_a_finding(string manifest)
    {
        File.WriteAllText(Path.Combine(_pack.Path, "manifest.json"), manifest);

        Assert.Equal([EvidenceFinding.NotSigned, EvidenceFinding.Unreadable], Verify(_pack.Path).Findings.Select(finding => finding.Code));
    }

    [Fact]
    public async Task The_key_of_the_trail_signs_packs_and_nothing_that_could_be_a_checkpoint()
    {
        using var folders = new TestLog();
        await using var log = folders.Open();
        using var pack = new TestPack(log.SignEvidence);

        Assert.Empty(EvidenceVerifier.Verify(pack.Path, await File.ReadAllTextAsync(folders.KeyFile + ".pub", Cancelled), Cancelled).Findings);
        Assert.Throws<ArgumentException>(() => log.SignEvidence("{\"number\":1,\"evidence\":1}\n"u8.ToArray()));
    }

    public void Dispose()
    {
        _pack.Dispose();
        _key.Dispose();
    }

    private EvidenceReport Verify(string path) => EvidenceVerifier.Verify(path, _key.ExportSubjectPublicKeyInfoPem(), Cancelled);
}
