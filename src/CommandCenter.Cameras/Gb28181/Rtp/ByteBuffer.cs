namespace CommandCenter.Cameras.Gb28181.Rtp;

/// <summary>Bytes that wait for more, up to a limit.</summary>
internal sealed class ByteBuffer(int lengthMax)
{
    private byte[] _bytes = new byte[16 * 1024];

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Span => _bytes.AsSpan(0, Length);

    /// <summary>Adds some; false, and nothing is added, when they would be too many.</summary>
    public bool Add(ReadOnlySpan<byte> data)
    {
        if (data.Length > lengthMax - Length)
        {
            return false;
        }

        if (Length + data.Length > _bytes.Length)
        {
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, Length + data.Length));
        }

        data.CopyTo(_bytes.AsSpan(Length));
        Length += data.Length;
        return true;
    }

    /// <summary>Takes out the first ones.</summary>
    public void Remove(int count)
    {
        if (count > 0 && Length > 0)
        {
            count = Math.Min(count, Length); // All were taken out on the way, when the stream turned out to be broken.
            _bytes.AsSpan(count, Length - count).CopyTo(_bytes);
            Length -= count;
        }
    }

    public void Clear() => Length = 0;
}
