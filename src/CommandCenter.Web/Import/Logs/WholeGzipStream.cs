using System.Buffers.Binary;
using System.IO.Compression;

namespace CommandCenter.Web.Import.Logs;

/// <summary>Unpacks a gzip file and, at its end, checks that it was all there.</summary>
/// <remarks>
/// <see cref="GZipStream"/> takes a file that breaks off for one that ends. The last four bytes of a gzip file hold the
/// unpacked length (RFC 1952 §2.3.1), which tells the two apart; a file of several members is refused as well, for it
/// cannot be told apart from a broken one.
/// </remarks>
internal sealed class WholeGzipStream : Stream
{
    private const int TrailerBytes = 4;

    private readonly GZipStream _gzip;
    private readonly uint _expectedLength;
    private ulong _length;

    /// <param name="file">At its beginning; owned by this stream from now on.</param>
    public WholeGzipStream(FileStream file)
    {
        Span<byte> trailer = stackalloc byte[TrailerBytes];
        if (file.Length > TrailerBytes)
        {
            file.Seek(-TrailerBytes, SeekOrigin.End);
            file.ReadExactly(trailer);
            file.Position = 0;
        }

        _expectedLength = BinaryPrimitives.ReadUInt32LittleEndian(trailer);
        _gzip = new(file, CompressionMode.Decompress);
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <exception cref="InvalidDataException">The file ends before its content does.</exception>
    public override int Read(Span<byte> buffer)
    {
        var count = _gzip.Read(buffer);
        _length += (uint)count;
        return count > 0 || buffer.IsEmpty || (uint)_length == _expectedLength
            ? count
            : throw new InvalidDataException(
                "the gzip file is cut off, or joined from several; fetch it again, or unpack it first.");
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _gzip.Dispose();
        }

        base.Dispose(disposing);
    }
}
