namespace CommandCenter.Cameras.Recording;

/// <summary>A segment on the disk, read: of an open one no more than what its manifest vouches for.</summary>
internal sealed record SegmentFile(string Path, RecordedSegment Segment)
{
    private const int TailBytes = 1_024;

    /// <summary>Finds out about a segment; <see langword="null"/> when it is gone, or holds no picture yet.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static SegmentFile? Read(string folder, string name)
    {
        var path = System.IO.Path.Combine(folder, name);
        try
        {
            using var manifest = File.OpenHandle(SegmentName.ManifestOf(path), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var length = RandomAccess.GetLength(manifest);
            var tail = new byte[Math.Min(TailBytes, length)];
            tail = tail[..RandomAccess.Read(manifest, tail, length - tail.Length)];
            // A closed segment says all in its last line; only an open one has to be read from its beginning.
            if (tail.AsSpan(0, Math.Max(0, tail.Length - 1)).LastIndexOf((byte)'\n') is var before and >= 0
                && RecordLine.Decode(tail.AsSpan(before + 1)) is { Kind: RecordLine.End } end)
            {
                return new SegmentFile(path, new RecordedSegment(name, end.At, end.Until ?? end.At, end.Bytes ?? 0, IsOpen: false, end.Recovered ?? false));
            }

            var all = new byte[length];
            var lines = RecordLine.DecodeAll(all.AsSpan(0, RandomAccess.Read(manifest, all, 0)), out _);
            return lines.LastOrDefault(static line => line.Kind == RecordLine.Second) is { } last
                ? new SegmentFile(path, new RecordedSegment(
                    name, lines[0].At, last.Until ?? last.At, (last.Offset + last.Bytes) ?? 0, IsOpen: lines[^1].Kind != RecordLine.End, IsRecovered: false))
                : null;
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null; // Removed since it was listed.
        }
    }

    /// <summary>Opens the video.</summary>
    /// <exception cref="IOException">It cannot be read, or is gone.</exception>
    public FileStream Open() => new(Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 64 * 1024);

    /// <summary>Reads <c>ftyp</c> and <c>moov</c>.</summary>
    /// <exception cref="RecordingException">It does not begin with them: <c>recording.damaged</c>.</exception>
    public byte[] ReadInit(FileStream video)
    {
        const int InitMax = 1 << 20;
        Span<byte> head = stackalloc byte[8];
        var length = 0L;
        foreach (var type in (string[])["ftyp", "moov"])
        {
            video.Position = length;
            if (video.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) < head.Length || !System.Text.Encoding.ASCII.GetString(head[4..]).Equals(type, StringComparison.Ordinal))
            {
                throw Damaged();
            }

            length += System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(head);
        }

        if (length > Math.Min(InitMax, video.Length))
        {
            throw Damaged();
        }

        var init = new byte[length];
        video.Position = 0;
        video.ReadExactly(init);
        return init;
    }

    /// <summary>Goes from picture to picture without reading them; ends where the segment does, or where it is damaged.</summary>
    public IEnumerable<(long Offset, FragmentHead Head)> Fragments(FileStream video, long from)
    {
        var bytes = new byte[FragmentHead.LengthMax];
        while (from < Segment.Bytes)
        {
            video.Position = from;
            var read = video.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            if (FragmentHead.Read(bytes.AsSpan(0, read)) is not { } head || from + head.Length > Segment.Bytes)
            {
                yield break;
            }

            yield return (from, head);
            from += head.Length;
        }
    }

    private RecordingException Damaged() => new(RecordingException.Damaged, $"{Segment.File} does not begin as a video file.", innerException: null);
}
