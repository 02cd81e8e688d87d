using System.Diagnostics.CodeAnalysis;

namespace CommandCenter.Runtime.Journal;

/// <summary>The body of a journal row: records one after the other, each with its length as an unsigned LEB128 number before it.</summary>
/// <remarks>Example, two records "ab" and "c": <c>02 61 62 01 63</c>.</remarks>
internal static class RowBody
{
    public const int PrefixBytesMax = 5;

    /// <summary>Writes one record and returns the bytes used.</summary>
    public static int Write(Span<byte> target, ReadOnlySpan<byte> record)
    {
        var used = 0;
        var rest = (uint)record.Length;
        while (rest >= 0x80)
        {
            target[used++] = (byte)(rest | 0x80);
            rest >>= 7;
        }

        target[used++] = (byte)rest;
        record.CopyTo(target[used..]);
        return used + record.Length;
    }

    /// <summary>The record that begins at an offset, and the offset of the next one.</summary>
    /// <exception cref="InvalidDataException">The body is not framed as written; its hash would not have matched.</exception>
    public static ReadOnlySpan<byte> ReadAt(ReadOnlySpan<byte> body, int offset, out int next)
    {
        ulong length = 0;
        for (var shift = 0; shift < 7 * PrefixBytesMax; shift += 7)
        {
            if (offset >= body.Length)
            {
                ThrowBroken(offset);
            }

            var part = body[offset++];
            length |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80)
            {
                if (length > (ulong)(body.Length - offset))
                {
                    ThrowBroken(offset);
                }

                next = offset + (int)length;
                return body.Slice(offset, (int)length);
            }
        }

        ThrowBroken(offset);
        next = 0;
        return default;
    }

    /// <summary>Where each record of a body begins.</summary>
    /// <exception cref="InvalidDataException">The body does not hold exactly that many records.</exception>
    public static int[] Offsets(ReadOnlySpan<byte> body, int count)
    {
        var offsets = new int[count];
        Walk(body, count, offsets);
        return offsets;
    }

    /// <summary>Proves that a body holds exactly so many records.</summary>
    /// <exception cref="InvalidDataException">It does not.</exception>
    public static void Check(ReadOnlySpan<byte> body, int count) => Walk(body, count, []);

    private static void Walk(ReadOnlySpan<byte> body, int count, Span<int> offsets)
    {
        var offset = 0;
        for (var i = 0; i < count; i++)
        {
            if (!offsets.IsEmpty)
            {
                offsets[i] = offset;
            }

            _ = ReadAt(body, offset, out offset);
        }

        if (offset != body.Length)
        {
            throw new InvalidDataException($"A row of {count} records has {body.Length - offset} bytes too many.");
        }
    }

    [DoesNotReturn]
    private static void ThrowBroken(int offset) =>
        throw new InvalidDataException($"The framing of a row is broken at byte {offset}.");
}
