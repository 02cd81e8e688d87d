namespace CommandCenter.Cameras.Recording;

/// <summary>What happened to the recordings of one camera, in order: segments begun, closed and removed, holds. One file a day; it only grows.</summary>
/// <remarks>A line that <see cref="Append"/> returned is on the disk. Any thread may append.</remarks>
internal sealed class CameraChain
{
    private readonly Lock _gate = new();
    private readonly string _folder;
    private readonly RecordingDisk _disk;
    private string? _file;
    private long _length;

    /// <summary>Opens a chain, cutting off what a crash left behind its last whole line.</summary>
    /// <exception cref="IOException">The disk fails.</exception>
    /// <exception cref="RecordingException">Its last file does not begin with a line: <c>recording.damaged</c>.</exception>
    public CameraChain(string folder, string camera, RecordingDisk disk)
    {
        _folder = folder;
        _disk = disk;
        Camera = camera;
        foreach (var name in SegmentName.Chains(folder).Reverse())
        {
            _file = name;
            var bytes = File.ReadAllBytes(Path.Combine(folder, name));
            var lines = RecordLine.DecodeAll(bytes, out var length);
            RefuseDamage(name, bytes.AsSpan(length));
            _length = length;
            if (bytes.Length > length)
            {
                Cut();
            }

            Last = lines.Count == 0 ? null : lines[^1];
            Open = lines.LastOrDefault(static line => line.Kind is RecordLine.Begun or RecordLine.Closed) is { Kind: RecordLine.Begun } begun ? begun : null;
            if (Last is not null)
            {
                // A segment is begun and closed on the same day, or its end is the first such line of the next: what is open stands in one of the last two files.
                Open ??= lines.Any(static line => line.Kind is RecordLine.Begun or RecordLine.Closed) ? null : OpenBefore(name);
                break;
            }
        }
    }

    /// <summary>The camera.</summary>
    public string Camera { get; }

    /// <summary>The last line, or <see langword="null"/> while there is none.</summary>
    public RecordLine? Last { get; private set; }

    /// <summary>The segment that was begun and not closed, when the chain was opened.</summary>
    public RecordLine? Open { get; private set; }

    /// <summary>Hash of the last line.</summary>
    public string Head
    {
        get
        {
            lock (_gate)
            {
                return Last?.Hash ?? RecordLine.NoHash;
            }
        }
    }

    /// <summary>Adds a line; <see cref="RecordLine.Prev"/> is filled in here. It is on the disk when this returns, or was not added.</summary>
    /// <exception cref="IOException">The disk is full or fails.</exception>
    public RecordLine Append(RecordLine line)
    {
        lock (_gate)
        {
            var next = line with { Prev = Last?.Hash ?? RecordLine.NoHash };
            var bytes = next.Encode(out var hash);
            var name = SegmentName.ChainOf(line.At);
            if (_file is null || string.CompareOrdinal(name, _file) > 0) // A clock that is set back writes on in the newest file: names order the chain.
            {
                _file = name;
                _length = 0;
            }

            using var file = _disk.Open(Path.Combine(_folder, _file));
            try
            {
                if (file.Length > _length)
                {
                    file.Cut(_length); // What a write that failed left behind.
                }

                file.Write(bytes, _length);
                file.Flush();
            }
            catch
            {
                file.Cut(_length);
                throw;
            }

            _length += bytes.Length;
            Last = next with { Hash = hash };
            Open = line.Kind switch { RecordLine.Begun => Last, RecordLine.Closed => null, _ => Open };
            return Last;
        }
    }

    /// <summary>Whether there is a line with this hash.</summary>
    /// <exception cref="IOException">The disk fails.</exception>
    public bool Has(string hash)
    {
        if (hash == Head)
        {
            return true;
        }

        var end = System.Text.Encoding.ASCII.GetBytes($"\"hash\":\"{hash}\"}}");
        foreach (var name in SegmentName.Chains(_folder).Reverse())
        {
            using var file = new FileStream(Path.Combine(_folder, name), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var bytes = new byte[file.Length];
            if (bytes.AsSpan(0, file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)).IndexOf(end) >= 0)
            {
                return true;
            }
        }

        return false;
    }

    // A torn write leaves no line feed behind it. Whole lines that do not fit are another matter: a person has to look before anything is cut.
    private static void RefuseDamage(string name, ReadOnlySpan<byte> rest)
    {
        if (rest.Contains((byte)'\n'))
        {
            throw new RecordingException(RecordingException.Damaged, $"The chain {name} holds lines that were changed. Verify it, and bring it back from a backup.", innerException: null);
        }
    }

    private RecordLine? OpenBefore(string name)
    {
        foreach (var earlier in SegmentName.Chains(_folder).Reverse().Where(other => string.CompareOrdinal(other, name) < 0))
        {
            var lines = RecordLine.DecodeAll(File.ReadAllBytes(Path.Combine(_folder, earlier)), out _);
            if (lines.LastOrDefault(static line => line.Kind is RecordLine.Begun or RecordLine.Closed) is { } last)
            {
                return last.Kind == RecordLine.Begun ? last : null;
            }
        }

        return null;
    }

    private void Cut()
    {
        using var file = _disk.Open(Path.Combine(_folder, _file!));
        file.Cut(_length);
        file.Flush();
    }
}
