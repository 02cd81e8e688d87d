using System.Security.Cryptography;

namespace CommandCenter.Cameras.Recording;

/// <summary>Closes the segment that a crash or a disk fault left open: up to its last whole fragment it stays as it is.</summary>
/// <remarks>It can be broken off anywhere and begun anew. Seconds that had no line yet get one that is marked as recovered.</remarks>
internal static class SegmentRecovery
{
    private const int ChunkBytes = 256 * 1024;

    /// <summary>Closes what the chain says is open; <see langword="null"/> when nothing is, or when nothing was in it.</summary>
    /// <exception cref="IOException">The disk is full or fails.</exception>
    /// <exception cref="RecordingException">Whole lines of the manifest were changed: <c>recording.damaged</c>.</exception>
    public static ClosedSegment? CloseOpen(CameraChain chain, string folder, RecordingDisk disk)
    {
        if (chain.Open is not { File: { } name } begun)
        {
            return null;
        }

        var videoPath = Path.Combine(folder, name);
        var manifestPath = Path.Combine(folder, SegmentName.ManifestOf(name));
        var bytes = File.Exists(manifestPath) ? File.ReadAllBytes(manifestPath) : [];
        var lines = RecordLine.DecodeAll(bytes, out var length);
        if (bytes.AsSpan(length).Contains((byte)'\n'))
        {
            throw new RecordingException(RecordingException.Damaged, $"The manifest of {name} holds lines that were changed.", innerException: null);
        }

        if (lines.Count == 0 || !File.Exists(videoPath))
        {
            // The line of the manifest that names the beginning is older than any picture: without it there is none.
            File.Delete(videoPath);
            File.Delete(manifestPath);
            _ = chain.Append(new RecordLine { Prev = "", Kind = RecordLine.Closed, At = begun.At, File = name, Pictures = 0, Recovered = true });
            return null;
        }

        if (lines[^1].Kind == RecordLine.End)
        {
            return CloseInChain(chain, name, lines[^1], lines[^1].Recovered ?? false);
        }

        using var video = disk.Open(videoPath);
        using var manifest = new ManifestWriter(CutTo(disk.Open(manifestPath), length), lines[^1].Hash, length);
        return CloseInChain(chain, name, Finish(video, manifest, lines), isRecovered: true);
    }

    /// <summary>Says in the chain of the camera that a segment is whole.</summary>
    /// <exception cref="IOException">The disk is full or fails.</exception>
    public static ClosedSegment CloseInChain(CameraChain chain, string name, RecordLine end, bool isRecovered)
    {
        var until = end.Until ?? end.At;
        var closed = chain.Append(new RecordLine
        {
            Prev = "",
            Kind = RecordLine.Closed,
            At = end.At,
            Until = until,
            File = name,
            Bytes = end.Bytes,
            Pictures = end.Pictures,
            Recovered = isRecovered ? true : null,
            Head = end.Hash,
        });
        return new ClosedSegment(chain.Camera, name, end.At, until, end.Bytes ?? 0, end.Pictures ?? 0, isRecovered, end.Hash, closed.Hash);
    }

    private static RecordLine Finish(IRecordingFile video, ManifestWriter manifest, IReadOnlyList<RecordLine> lines)
    {
        var flushed = lines[^1].Offset + lines[^1].Bytes ?? 0;
        var pictures = lines.Sum(static line => line.Pictures ?? 0);
        var until = lines[^1].Until ?? lines[^1].At;
        var found = Seconds(video, flushed);
        var length = found.Count == 0 ? Math.Min(flushed, video.Length) : found[^1].Offset + found[^1].Bytes;
        var cut = Math.Max(0, video.Length - length);
        video.Cut(length);
        video.Flush();
        foreach (var second in found)
        {
            manifest.Append(new RecordLine
            {
                Prev = "",
                Kind = RecordLine.Second,
                At = second.At,
                Until = second.Until,
                Offset = second.Offset,
                Bytes = second.Bytes,
                Pictures = second.Pictures,
                Sha256 = HashOf(video, second.Offset, second.Bytes),
                Recovered = true,
            });
            pictures += second.Pictures;
            until = second.Until;
        }

        manifest.Append(new RecordLine
        {
            Prev = "",
            Kind = RecordLine.End,
            At = lines[0].At,
            Until = until,
            Bytes = length,
            Pictures = pictures,
            Recovered = true,
            Cut = cut,
            Why = "recovered",
        });
        return manifest.Last!;
    }

    private static List<Second> Seconds(IRecordingFile video, long from)
    {
        var seconds = new List<Second>();
        Span<byte> bytes = stackalloc byte[FragmentHead.LengthMax];
        var end = video.Length;
        while (from < end && FragmentHead.Read(bytes[..ReadFully(video, bytes, from)]) is { } head && from + head.Length <= end)
        {
            if (seconds.Count > 0 && SegmentWriter.SecondOf(seconds[^1].At) == SegmentWriter.SecondOf(head.ArrivedAt))
            {
                seconds[^1] = seconds[^1] with { Until = head.ArrivedAt, Bytes = seconds[^1].Bytes + head.Length, Pictures = seconds[^1].Pictures + 1 };
            }
            else
            {
                seconds.Add(new Second(head.ArrivedAt, head.ArrivedAt, from, head.Length, 1));
            }

            from += head.Length;
        }

        return seconds;
    }

    private static string HashOf(IRecordingFile file, long from, long count)
    {
        using var sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var chunk = new byte[ChunkBytes];
        while (count > 0)
        {
            var read = file.Read(chunk.AsSpan(0, (int)Math.Min(chunk.Length, count)), from);
            if (read == 0)
            {
                throw new EndOfStreamException("A segment became shorter while it was recovered.");
            }

            sha256.AppendData(chunk, 0, read);
            from += read;
            count -= read;
        }

        return Convert.ToHexStringLower(sha256.GetHashAndReset());
    }

    private static int ReadFully(IRecordingFile file, Span<byte> bytes, long from)
    {
        var total = 0;
        while (total < bytes.Length && file.Read(bytes[total..], from + total) is > 0 and var read)
        {
            total += read;
        }

        return total;
    }

    private static IRecordingFile CutTo(IRecordingFile file, long length)
    {
        file.Cut(length);
        return file;
    }

    private readonly record struct Second(DateTimeOffset At, DateTimeOffset Until, long Offset, long Bytes, int Pictures);
}
