using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace CommandCenter.Cameras.Recording;

/// <summary>Takes recordings out as evidence: the segments as they are, the piece of the chain that holds them, and a signed manifest over all of it.</summary>
/// <param name="library">Where from.</param>
/// <param name="signer">Signs the manifest.</param>
/// <param name="time">Says when.</param>
public sealed class EvidenceExport(RecordingLibrary library, EvidenceSigner signer, TimeProvider time)
{
    private const string ChainName = "chain.ndjson", PositionsName = "positions.json", ManifestName = "manifest.json", SignatureName = "manifest.sig";

    /// <summary>Writes a pack into a folder that does not exist yet, or is empty.</summary>
    /// <exception cref="ArgumentException">The camera cannot be one.</exception>
    /// <exception cref="RecordingException">There is nothing of the range (<c>recording.not-found</c>), or the chain does not hold it (<c>recording.damaged</c>).</exception>
    /// <exception cref="IOException">The folder holds something, or something cannot be read or written; what is there by then has no signature.</exception>
    public void WriteFolder(EvidenceRequest request, string folder, CancellationToken cancellationToken)
    {
        _ = Directory.CreateDirectory(folder);
        if (Directory.EnumerateFileSystemEntries(folder).Any())
        {
            throw new IOException($"{folder} is not empty.");
        }

        Write(request, name =>
        {
            var path = Path.Combine(folder, name);
            _ = Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            return new FileStream(path, FileMode.CreateNew, FileAccess.Write);
        }, cancellationToken);
    }

    /// <summary>Writes a pack as a ZIP; nothing is compressed, video would not become smaller.</summary>
    /// <param name="request">What.</param>
    /// <param name="output">Where to; stays open.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="ArgumentException">The camera cannot be one.</exception>
    /// <exception cref="RecordingException">There is nothing of the range (<c>recording.not-found</c>), or the chain does not hold it (<c>recording.damaged</c>).</exception>
    /// <exception cref="IOException">Something cannot be read or written; what is there by then has no signature.</exception>
    public void WriteZip(EvidenceRequest request, Stream output, CancellationToken cancellationToken)
    {
        using var zip = new ZipArchive(output, ZipArchiveMode.Create, leaveOpen: true);
        Write(request, name =>
        {
            var entry = zip.CreateEntry(name, CompressionLevel.NoCompression);
            entry.LastWriteTime = time.GetUtcNow();
            return entry.Open();
        }, cancellationToken);
    }

    private void Write(EvidenceRequest request, Func<string, Stream> create, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var folder = library.FolderOf(request.Camera);
        var files = new List<EvidenceManifest.PackedFile>();
        var segments = new List<EvidenceManifest.Packed>();
        foreach (var name in library.Segments(request.Camera, request.From, request.Until).Select(static segment => segment.File))
        {
            if (PackSegment(folder, name, create, files, cancellationToken) is { } packed)
            {
                segments.Add(packed);
            }
        }

        if (segments.Count == 0)
        {
            throw new RecordingException(RecordingException.NotFound, $"There is no recording of {request.Camera} in this range.", innerException: null);
        }

        // After the segments: one that was open when it was copied may have been closed since, and its line is there all the same.
        var (chain, first, last) = ChainOf(folder, segments);
        Put(ChainName, chain, create, files);
        if (!request.Positions.IsEmpty)
        {
            Put(PositionsName, request.Positions.Span, create, files);
        }

        var manifest = new EvidenceManifest
        {
            Camera = request.Camera,
            Officer = request.Officer,
            From = request.From.ToUniversalTime(),
            Until = request.Until.ToUniversalTime(),
            ExportedBy = request.ExportedBy,
            ExportedAt = time.GetUtcNow(),
            Why = request.Why,
            Key = signer.Key,
            ChainFirst = first,
            ChainLast = last,
            Segments = segments,
            Files = [.. files],
        }.Encode();
        Put(ManifestName, manifest, create, files);
        Put(SignatureName, Encoding.ASCII.GetBytes(Convert.ToBase64String(signer.Sign(manifest)) + "\n"), create, files);
    }

    private static EvidenceManifest.Packed? PackSegment(
        string folder, string name, Func<string, Stream> create, List<EvidenceManifest.PackedFile> files, CancellationToken cancellationToken)
    {
        var manifestName = SegmentName.ManifestOf(name);
        var manifest = ReadShared(Path.Combine(folder, manifestName));
        var lines = RecordLine.DecodeAll(manifest, out var whole);
        if (lines.LastOrDefault(static line => line.Bytes is not null) is not { } last)
        {
            return null;
        }

        // Of an open segment what its manifest vouches for; of a closed one everything, damage included: a pack shall show it, not mend it.
        var isOpen = manifest.AsSpan().IndexOf("\"kind\":\"end\""u8) < 0;
        var bytes = isOpen ? (last.Offset ?? 0) + last.Bytes!.Value : long.MaxValue;
        using (var video = new FileStream(Path.Combine(folder, name), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete))
        {
            files.Add(Copy($"segments/{name}", video, bytes, create, cancellationToken));
        }

        Put($"segments/{manifestName}", isOpen ? manifest.AsSpan(0, whole) : manifest, create, files);
        return new EvidenceManifest.Packed(name, lines[0].At, last.Until ?? last.At, lines[^1].Hash, isOpen, last.Recovered ?? false);
    }

    private static EvidenceManifest.PackedFile Copy(string name, FileStream from, long count, Func<string, Stream> create, CancellationToken cancellationToken)
    {
        using var sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var to = create(name);
        var chunk = new byte[256 * 1024];
        var total = 0L;
        while (total < count && from.Read(chunk, 0, (int)Math.Min(chunk.Length, count - total)) is > 0 and var read)
        {
            cancellationToken.ThrowIfCancellationRequested();
            to.Write(chunk, 0, read);
            sha256.AppendData(chunk, 0, read);
            total += read;
        }

        return new EvidenceManifest.PackedFile(name, total, Convert.ToHexStringLower(sha256.GetHashAndReset()));
    }

    private static void Put(string name, ReadOnlySpan<byte> content, Func<string, Stream> create, List<EvidenceManifest.PackedFile> files)
    {
        using var to = create(name);
        to.Write(content);
        files.Add(new EvidenceManifest.PackedFile(name, content.Length, Convert.ToHexStringLower(SHA256.HashData(content))));
    }

    // The lines of the chain from where the first segment was begun to where the last was closed, none left out.
    private static (byte[] Bytes, string First, string Last) ChainOf(string folder, List<EvidenceManifest.Packed> segments)
    {
        var names = segments.Select(static segment => segment.File).ToHashSet(StringComparer.Ordinal);
        var day = SegmentName.DayOf(segments.Min(static segment => segment.From).AddDays(-1));
        // The bytes as they are, those of a damaged line included: a pack shall show it.
        var raw = SegmentName.Chains(folder).Where(name => string.CompareOrdinal(name, day) >= 0).SelectMany(name => SplitLines(ReadShared(Path.Combine(folder, name)))).ToList();
        var lines = raw.ConvertAll(static line => RecordLine.Decode(line));
        var first = lines.FindIndex(line => line is { Kind: RecordLine.Begun, File: not null } && names.Contains(line.File));
        var last = lines.FindLastIndex(line => line is { Kind: RecordLine.Begun or RecordLine.Closed, File: not null } && names.Contains(line.File));
        return first >= 0
            ? ([.. raw[first..(last + 1)].SelectMany(static line => line)], lines[first]!.Hash, lines[last]!.Hash)
            : throw new RecordingException(RecordingException.Damaged, "The chain does not know these segments.", innerException: null);
    }

    private static IEnumerable<byte[]> SplitLines(byte[] file)
    {
        for (var start = 0; Array.IndexOf(file, (byte)'\n', start) is >= 0 and var end; start = end + 1)
        {
            yield return file[start..(end + 1)];
        }
    }

    private static byte[] ReadShared(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var content = new MemoryStream();
        stream.CopyTo(content);
        return content.ToArray();
    }
}
