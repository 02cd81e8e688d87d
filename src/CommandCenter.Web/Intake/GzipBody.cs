using System.Buffers.Binary;
using System.IO.Compression;

namespace CommandCenter.Web.Intake;

/// <summary>Unpacks a gzip body and checks at its end that it was all there.</summary>
/// <remarks>
/// <see cref="GZipStream"/> takes a body that breaks off for one that ends, and half a request must not count. The last four bytes of gzip
/// hold the unpacked length (RFC 1952 §2.3.1), which tells the two apart. A body of several members is refused as well: only the last
/// member's length stands at the end.
/// </remarks>
internal sealed class GzipBody : ReadOnlyBody
{
    private readonly Tail _packed;
    private readonly GZipStream _gzip;
    private uint _length;

    /// <param name="packed">Not owned.</param>
    public GzipBody(Stream packed)
    {
        _packed = new Tail(packed);
        _gzip = new GZipStream(_packed, CompressionMode.Decompress);
    }

    /// <exception cref="InvalidDataException">The body is not gzip, damaged, or ends before its content does.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var count = await _gzip.ReadAsync(buffer, cancellationToken);
        _length = unchecked(_length + (uint)count); // Modulo 2^32, as gzip counts.
        return count > 0 || buffer.IsEmpty || _packed.EndsWith(_length) ? count : throw new InvalidDataException("The gzip body is cut off.");
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _gzip.Dispose();
        }

        base.Dispose(disposing);
    }

    /// <summary>Passes bytes on and remembers the last ones.</summary>
    private sealed class Tail(Stream inner) : ReadOnlyBody
    {
        private const int ShortestGzip = 18;
        private const int LengthBytes = 4;

        private readonly byte[] _last = new byte[LengthBytes];
        private long _total;

        public bool EndsWith(uint length) => _total >= ShortestGzip && BinaryPrimitives.ReadUInt32LittleEndian(_last) == length;

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var count = await inner.ReadAsync(buffer, cancellationToken);
            Remember(buffer.Span[..count]);
            return count;
        }

        private void Remember(ReadOnlySpan<byte> read)
        {
            _total += read.Length;
            var taken = read[Math.Max(0, read.Length - LengthBytes)..];
            _last.AsSpan(taken.Length).CopyTo(_last);
            taken.CopyTo(_last.AsSpan(LengthBytes - taken.Length));
        }
    }
}

/// <summary>A stream that is read once, from its beginning, without blocking.</summary>
internal abstract class ReadOnlyBody : Stream
{
    public sealed override bool CanRead => true;

    public sealed override bool CanSeek => false;

    public sealed override bool CanWrite => false;

    public sealed override long Length => throw new NotSupportedException();

    public sealed override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public abstract override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default);

    public sealed override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public sealed override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public sealed override void Flush() => throw new NotSupportedException();

    public sealed override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public sealed override void SetLength(long value) => throw new NotSupportedException();

    public sealed override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
