namespace CommandCenter.Cameras.Recording;

/// <summary>Adds lines to the manifest of a segment.</summary>
/// <param name="file">The manifest; owned from here on.</param>
/// <param name="prev">Hash of the line before: of the line that began the segment in the chain of its camera, or the last one here.</param>
/// <param name="length">Where the next line goes.</param>
internal sealed class ManifestWriter(IRecordingFile file, string prev, long length) : IDisposable
{
    private string _prev = prev;

    /// <summary>Bytes of whole lines.</summary>
    public long Length { get; private set; } = length;

    /// <summary>The last line that was added here.</summary>
    public RecordLine? Last { get; private set; }

    /// <summary>Adds a line; it is on the disk when this returns.</summary>
    /// <exception cref="IOException">The disk is full or fails.</exception>
    public void Append(RecordLine line)
    {
        var next = line with { Prev = _prev };
        var bytes = next.Encode(out var hash);
        file.Write(bytes, Length);
        file.Flush();
        Length += bytes.Length;
        _prev = hash;
        Last = next with { Hash = hash };
    }

    public void Dispose() => file.Dispose();
}
