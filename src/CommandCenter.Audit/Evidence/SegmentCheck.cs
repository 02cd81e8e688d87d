using System.Security.Cryptography;

namespace CommandCenter.Audit.Evidence;

/// <summary>Hashes the video of segments again, second for second.</summary>
/// <param name="camera">The camera.</param>
/// <param name="findings">Grows.</param>
internal sealed class SegmentCheck(string camera, List<EvidenceFinding> findings)
{
    private readonly byte[] _chunk = new byte[256 * 1024];

    public int SegmentCount { get; private set; }

    public long SecondCount { get; private set; }

    public long ByteCount { get; private set; }

    public long RecoveredCount { get; private set; }

    /// <summary>Checks one segment.</summary>
    /// <param name="file">Its name in the chain.</param>
    /// <param name="manifest">Its manifest.</param>
    /// <param name="video">Its video, read once from the beginning.</param>
    /// <param name="begun">Hash of the line that began it in the chain; <see langword="null"/> when that line is not there.</param>
    /// <param name="head">Hash of the last line of its manifest, as the chain or a signature says; <see langword="null"/> for one that is open.</param>
    /// <param name="mayGrow">It is being written: what is behind its last line is not vouched for yet.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public void Check(string file, ReadOnlySpan<byte> manifest, Stream video, string? begun, string? head, bool mayGrow, CancellationToken cancellationToken)
    {
        SegmentCount++;
        var lines = new EvidenceLines(camera, findings).Read(Path.ChangeExtension(file, ".ndjson"), manifest, begun, mayGrow);
        if (head is not null && (lines.Count == 0 || lines[^1].Hash != head))
        {
            Add(file, null, EvidenceFinding.ChainBroken, "Its manifest does not end as the chain says.");
        }

        if (lines.Count > 0 && lines[0].Kind == "begin" && (lines[0].Camera != camera || lines[0].File != file))
        {
            Add(file, lines[0].At, EvidenceFinding.ChainBroken, $"It was recorded as {lines[0].File} of {lines[0].Camera}.");
        }

        long position = 0, end = 0;
        foreach (var line in lines.Where(static line => line.Kind is "begin" or "second"))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var (offset, bytes) = (line.Offset ?? -1, line.Bytes ?? -1);
            if (offset < position || bytes < 0)
            {
                Add(file, line.At, EvidenceFinding.ChainBroken, "A second lies where another one is.");
                continue;
            }

            Skip(video, offset - position);
            if (HashOf(video, bytes) != line.Sha256)
            {
                Add(file, line.At, EvidenceFinding.SecondChanged, line.Kind == "begin" ? "The beginning of the file is not what was written." : "Its video is not what was recorded.");
            }

            position = offset + bytes;
            end = position;
            SecondCount += line.Kind == "second" ? 1 : 0;
            RecoveredCount += line.Recovered == true ? 1 : 0;
        }

        ByteCount += end;
        if (!mayGrow && video.Read(_chunk, 0, 1) > 0)
        {
            Add(file, null, EvidenceFinding.Changed, "There is more behind its last second.");
        }
    }

    private void Add(string file, DateTimeOffset? at, string code, string message) => findings.Add(new EvidenceFinding(
        camera, file, at is { } time ? new DateTimeOffset(time.UtcTicks / TimeSpan.TicksPerSecond * TimeSpan.TicksPerSecond, TimeSpan.Zero) : null, code, message));

    private void Skip(Stream video, long count)
    {
        while (count > 0 && video.Read(_chunk, 0, (int)Math.Min(_chunk.Length, count)) is > 0 and var read)
        {
            count -= read;
        }
    }

    private string HashOf(Stream video, long count)
    {
        using var sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        while (count > 0 && video.Read(_chunk, 0, (int)Math.Min(_chunk.Length, count)) is > 0 and var read)
        {
            sha256.AppendData(_chunk, 0, read);
            count -= read;
        }

        return Convert.ToHexStringLower(sha256.GetHashAndReset());
    }
}
