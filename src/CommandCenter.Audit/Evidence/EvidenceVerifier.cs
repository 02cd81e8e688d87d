using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using CommandCenter.Audit.Format;

namespace CommandCenter.Audit.Evidence;

/// <summary>Proves a pack of evidence with nothing but the public key: its signature, every file, the chain, every second of video.</summary>
public static class EvidenceVerifier
{
    private const string ManifestName = "manifest.json", SignatureName = "manifest.sig", ChainName = "chain.ndjson", SegmentsFolder = "segments/";
    private const int TextMax = 256 << 20;

    /// <summary>Reads a pack.</summary>
    /// <param name="path">Its folder, or its ZIP file.</param>
    /// <param name="publicKeyPem">The key that signed it, as PEM; best not the one that came with it.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="CryptographicException">The key is not a public key of P-256.</exception>
    /// <exception cref="IOException">Something cannot be read.</exception>
    public static EvidenceReport Verify(string path, string publicKeyPem, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(publicKeyPem);
        using var key = PublicKey.FromPem(publicKeyPem);
        var findings = new List<EvidenceFinding>();
        try
        {
            using var pack = PackFiles.Open(path);
            return Verify(pack, key, findings, cancellationToken);
        }
        catch (InvalidDataException exception)
        {
            findings.Add(new EvidenceFinding("", "", null, EvidenceFinding.Unreadable, $"The ZIP cannot be read: {exception.Message}"));
            return new EvidenceReport("", 0, 0, 0, 0, "", findings);
        }
    }

    private static EvidenceReport Verify(PackFiles pack, PublicKey key, List<EvidenceFinding> findings, CancellationToken cancellationToken)
    {
        var signed = pack.ReadFile(ManifestName, TextMax) ?? [];
        if (!IsSigned(signed, pack.ReadFile(SignatureName, 1_024) ?? [], key))
        {
            findings.Add(new EvidenceFinding("", ManifestName, null, EvidenceFinding.NotSigned, "It is not what the given key signed."));
        }

        if (EvidenceManifest.Decode(signed) is not { } manifest)
        {
            findings.Add(new EvidenceFinding("", ManifestName, null, EvidenceFinding.Unreadable, "It cannot be read; nothing else was looked at."));
            return new EvidenceReport("", 0, 0, 0, 0, "", findings);
        }

        CheckFiles(pack, manifest, findings, cancellationToken);
        var begun = CheckChain(pack, manifest, findings);
        var check = new SegmentCheck(manifest.Camera, findings);
        foreach (var segment in manifest.Segments)
        {
            using var video = pack.OpenFile(SegmentsFolder + segment.File);
            if (video is not null && pack.ReadFile(SegmentsFolder + Path.ChangeExtension(segment.File, ".ndjson"), TextMax) is { } lines)
            {
                check.Check(segment.File, lines, video, begun.GetValueOrDefault(segment.File), segment.Head, mayGrow: false, cancellationToken);
            }
        }

        return new EvidenceReport(manifest.Camera, check.SegmentCount, check.SecondCount, check.ByteCount, check.RecoveredCount, manifest.ChainLast, findings);
    }

    private static bool IsSigned(ReadOnlySpan<byte> manifest, ReadOnlySpan<byte> file, PublicKey key)
    {
        if (file.Length < 2 || file[^1] != (byte)'\n' || !Base64.IsValid(file[..^1]))
        {
            return false;
        }

        var signature = Convert.FromBase64String(Encoding.ASCII.GetString(file[..^1]));
        // Base64 can say the same in more than one way; only one of them was written.
        return Encoding.ASCII.GetBytes(Convert.ToBase64String(signature)).AsSpan().SequenceEqual(file[..^1]) && key.IsSigned(manifest, signature);
    }

    private static void CheckFiles(PackFiles pack, EvidenceManifest manifest, List<EvidenceFinding> findings, CancellationToken cancellationToken)
    {
        var listed = new HashSet<string>(StringComparer.Ordinal) { ManifestName, SignatureName };
        foreach (var file in manifest.Files)
        {
            cancellationToken.ThrowIfCancellationRequested();
            _ = listed.Add(file.Path);
            using var content = pack.OpenFile(file.Path);
            if (content is null)
            {
                findings.Add(new EvidenceFinding(manifest.Camera, file.Path, null, EvidenceFinding.Missing, "It was signed and is not there."));
            }
            else if (Convert.ToHexStringLower(SHA256.HashData(content)) != file.Sha256)
            {
                findings.Add(new EvidenceFinding(manifest.Camera, file.Path, null, EvidenceFinding.Changed, "It is not the file that was signed."));
            }
        }

        findings.AddRange(pack.Names.Where(name => !listed.Contains(name)).Concat(pack.Names.GroupBy(static name => name).Where(static group => group.Count() > 1).Select(static group => group.Key))
            .Select(name => new EvidenceFinding(manifest.Camera, name, null, EvidenceFinding.UnknownFile, "Nobody signed it.")));
    }

    // What each segment has to follow: the line that began it.
    private static Dictionary<string, string> CheckChain(PackFiles pack, EvidenceManifest manifest, List<EvidenceFinding> findings)
    {
        var begun = new Dictionary<string, string>(StringComparer.Ordinal);
        var lines = new EvidenceLines(manifest.Camera, findings).Read(ChainName, pack.ReadFile(ChainName, TextMax) ?? [], prev: null, mayBeTorn: false);
        if (lines.Count == 0 || lines[0].Hash != manifest.ChainFirst || lines[^1].Hash != manifest.ChainLast)
        {
            findings.Add(new EvidenceFinding(manifest.Camera, ChainName, null, EvidenceFinding.ChainBroken, "It does not begin and end as was signed."));
        }

        foreach (var line in lines.Where(static line => line is { Kind: "begun", File: not null }))
        {
            begun[line.File!] = line.Hash;
        }

        foreach (var segment in manifest.Segments)
        {
            var closed = lines.LastOrDefault(line => line.Kind == "closed" && line.File == segment.File);
            if (!begun.ContainsKey(segment.File) || (!segment.IsOpen && closed?.Head != segment.Head))
            {
                findings.Add(new EvidenceFinding(manifest.Camera, segment.File, null, EvidenceFinding.ChainBroken, "The chain does not know it as it is here."));
            }
        }

        return begun;
    }
}
