namespace CommandCenter.Cameras.Gb28181.Sip;

/// <summary>Cuts a TCP stream into messages by their Content-Length: RFC 3261, 18.3.</summary>
internal sealed class SipFramer
{
    private byte[] _buffer = new byte[4 * 1024];
    private int _length;

    /// <summary>Adds what was received.</summary>
    /// <returns>Whether the stream can go on: not when a message has no length, a bad one, or is too long. Then nobody knows where the next begins.</returns>
    public bool Add(ReadOnlySpan<byte> data, List<byte[]> frames)
    {
        if (_length + data.Length > _buffer.Length)
        {
            Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, _length + data.Length));
        }

        data.CopyTo(_buffer.AsSpan(_length));
        _length += data.Length;
        var rest = SipParser.SkipEmptyLines(_buffer.AsSpan(0, _length));
        while (rest.Length > 0)
        {
            var head = SipParser.HeadLength(rest);
            if (head == 0 ? rest.Length > SipLimits.HeadBytesMax : head > SipLimits.HeadBytesMax)
            {
                return false;
            }

            if (head == 0)
            {
                break;
            }

            if (BodyLength(rest[..head]) is not { } body || head + body > SipLimits.MessageBytesMax)
            {
                return false;
            }

            if (rest.Length < head + body)
            {
                break;
            }

            frames.Add(rest[..(int)(head + body)].ToArray());
            rest = SipParser.SkipEmptyLines(rest[(int)(head + body)..]);
        }

        rest.CopyTo(_buffer);
        _length = rest.Length;
        return true;
    }

    private static long? BodyLength(ReadOnlySpan<byte> head)
    {
        long? found = null;
        foreach (var range in head.Split((byte)'\n'))
        {
            var line = head[range];
            var colon = line.IndexOf((byte)':');
            if (colon <= 0)
            {
                continue;
            }

            var name = line[..colon].Trim(" \t"u8);
            if (!System.Text.Ascii.EqualsIgnoreCase(name, "Content-Length"u8) && !System.Text.Ascii.EqualsIgnoreCase(name, "l"u8))
            {
                continue;
            }

            var value = System.Text.Encoding.Latin1.GetString(line[(colon + 1)..].Trim(" \t\r"u8));
            if (found is not null || SipText.Number(value, SipLimits.MessageBytesMax) is not { } length)
            {
                return null; // Two lengths, or none that is a number.
            }

            found = length;
        }

        return found;
    }
}
