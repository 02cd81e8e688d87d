namespace CommandCenter.Cameras.Recording;

/// <summary>A file that grows at its end.</summary>
internal interface IRecordingFile : IDisposable
{
    /// <summary>Its size in bytes.</summary>
    long Length { get; }

    /// <summary>Reads at a place; 0 at the end.</summary>
    /// <exception cref="IOException">The disk fails.</exception>
    int Read(Span<byte> bytes, long position);

    /// <summary>Writes at a place; not flushed.</summary>
    /// <exception cref="IOException">The disk is full or fails. Any part of the bytes may have been written.</exception>
    void Write(ReadOnlySpan<byte> bytes, long position);

    /// <summary>What was written is on the disk when this returns.</summary>
    /// <exception cref="IOException">The disk is full or fails.</exception>
    void Flush();

    /// <summary>Cuts off what lies behind a length; not flushed.</summary>
    /// <exception cref="IOException">The disk fails.</exception>
    void Cut(long length);
}
