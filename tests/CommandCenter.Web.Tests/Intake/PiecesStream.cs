namespace CommandCenter.Web.Tests.Intake;

/// <summary>Gives a body in pieces of these lengths, the last of them again and again, as a network would.</summary>
internal sealed class PiecesStream(byte[] body, int[] pieces) : Stream
{
    private int _at;
    private int _piece;

    /// <summary>How often the body comes.</summary>
    public long Repeats { get; set; } = 1;

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

    public override int Read(Span<byte> buffer)
    {
        if (_at == body.Length && --Repeats > 0)
        {
            _at = 0;
        }

        var count = Math.Min(Math.Min(pieces[Math.Min(_piece++, pieces.Length - 1)], buffer.Length), body.Length - _at);
        body.AsSpan(_at, count).CopyTo(buffer);
        _at += count;
        return count;
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => new(Read(buffer.Span));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
