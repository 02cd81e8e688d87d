using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;

namespace CommandCenter.TimeSeries.Embedded;

/// <summary>
/// A sealed day: which slots have a point, then each field as differences from value to value, compressed. Most windows of a court differ
/// little from the one before, so a day of a score of fields takes about a kilobyte.
/// </summary>
/// <remarks>
/// Layout: length of the plain bytes (4), the first 4 bytes of their SHA-256, Brotli. Plain: version, number of fields, slots as bits (36),
/// and for each field 0 when no slot has it, 1 when all have, else 2 and the slots that have as bits; then zigzag varints.
/// Fields may be appended to the schema: an older blob has fewer.
/// </remarks>
internal static class DayBlob
{
    private const byte Version = 1;
    private const int HeadBytes = 8;
    private const int BitmapBytes = DayPoints.SlotCount / 8;
    private const int VarintBytesMax = 10;
    private const int Quality = 5;
    private const int WindowBits = 18;

    public static byte[] Encode(DayPoints day, int fieldCount)
    {
        var plain = ArrayPool<byte>.Shared.Rent(PlainBytesMax(fieldCount));
        try
        {
            var length = WritePlain(day, fieldCount, plain);
            var packed = new byte[HeadBytes + BrotliEncoder.GetMaxCompressedLength(length)];
            BinaryPrimitives.WriteInt32LittleEndian(packed, length);
            Checksum(plain.AsSpan(0, length)).CopyTo(packed.AsSpan(4));
            return BrotliEncoder.TryCompress(plain.AsSpan(0, length), packed.AsSpan(HeadBytes), out var written, Quality, WindowBits)
                ? packed[..(HeadBytes + written)]
                : throw new InvalidOperationException("The longest possible compression did not fit.");
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(plain);
        }
    }

    /// <exception cref="InvalidDataException">The bytes are not a day, or were changed.</exception>
    public static DayPoints Decode(ReadOnlySpan<byte> blob, int fieldCount)
    {
        var length = blob.Length < HeadBytes ? -1 : BinaryPrimitives.ReadInt32LittleEndian(blob);
        if (length < 2 + BitmapBytes || length > PlainBytesMax(SeriesSchema.FieldCountMax))
        {
            throw new InvalidDataException($"A sealed day of {blob.Length} bytes that says it has {length}.");
        }

        var plain = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            if (!BrotliDecoder.TryDecompress(blob[HeadBytes..], plain.AsSpan(0, length), out var written) || written != length
                || !Checksum(plain.AsSpan(0, length)).SequenceEqual(blob[4..HeadBytes]))
            {
                throw new InvalidDataException("A sealed day does not unpack to what was packed.");
            }

            return ReadPlain(plain.AsSpan(0, length), fieldCount);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(plain);
        }
    }

    private static int PlainBytesMax(int fieldCount) => 2 + BitmapBytes + (fieldCount * (1 + BitmapBytes + (DayPoints.SlotCount * VarintBytesMax)));

    private static byte[] Checksum(ReadOnlySpan<byte> plain) => SHA256.HashData(plain)[..4];

    private static int WritePlain(DayPoints day, int fieldCount, Span<byte> to)
    {
        to[0] = Version;
        to[1] = (byte)fieldCount;
        var slots = to.Slice(2, BitmapBytes);
        slots.Clear();
        for (var slot = 0; slot < DayPoints.SlotCount; slot++)
        {
            Set(slots, slot, day[slot] is not null);
        }

        var at = 2 + BitmapBytes;
        for (var field = 0; field < fieldCount; field++)
        {
            at = WriteField(day, field, to, at);
        }

        return at;
    }

    private static int WriteField(DayPoints day, int field, Span<byte> to, int at)
    {
        Span<byte> known = stackalloc byte[BitmapBytes];
        known.Clear();
        var count = 0;
        for (var slot = 0; slot < DayPoints.SlotCount; slot++)
        {
            var isKnown = day[slot]?[field] is not null;
            Set(known, slot, isKnown);
            count += isKnown ? 1 : 0;
        }

        to[at++] = (byte)(count == 0 ? 0 : count == day.Count ? 1 : 2);
        if (count > 0 && count < day.Count)
        {
            known.CopyTo(to[at..]);
            at += BitmapBytes;
        }

        var last = 0L;
        for (var slot = 0; slot < DayPoints.SlotCount; slot++)
        {
            if (day[slot]?[field] is { } value)
            {
                var delta = unchecked(value - last); // Wraps, and the reader wraps it back: every value of 64 bits survives.
                at = WriteVarint((ulong)(delta << 1) ^ (ulong)(delta >> 63), to, at);
                last = value;
            }
        }

        return at;
    }

    private static DayPoints ReadPlain(ReadOnlySpan<byte> plain, int fieldCount)
    {
        int storedCount = plain[1];
        if (plain[0] != Version || storedCount > fieldCount)
        {
            throw new InvalidDataException($"A sealed day of version {plain[0]} with {storedCount} fields.");
        }

        var day = new DayPoints();
        var slots = plain.Slice(2, BitmapBytes);
        for (var slot = 0; slot < DayPoints.SlotCount; slot++)
        {
            if (IsSet(slots, slot))
            {
                day.Put(slot, new long?[fieldCount]);
            }
        }

        var at = 2 + BitmapBytes;
        for (var field = 0; field < storedCount; field++)
        {
            var mode = plain[at++];
            if (mode == 0)
            {
                continue;
            }

            var known = slots;
            if (mode == 2)
            {
                known = plain.Slice(at, BitmapBytes);
                at += BitmapBytes;
            }

            var last = 0L;
            for (var slot = 0; slot < DayPoints.SlotCount; slot++)
            {
                if (IsSet(known, slot))
                {
                    var zigzag = ReadVarint(plain, ref at);
                    last = unchecked(last + ((long)(zigzag >> 1) ^ -(long)(zigzag & 1)));
                    day[slot]![field] = last;
                }
            }
        }

        return day;
    }

    private static void Set(Span<byte> bits, int slot, bool isSet)
    {
        if (isSet)
        {
            bits[slot >> 3] |= (byte)(1 << (slot & 7));
        }
    }

    private static bool IsSet(ReadOnlySpan<byte> bits, int slot) => (bits[slot >> 3] & (1 << (slot & 7))) != 0;

    private static int WriteVarint(ulong value, Span<byte> to, int at)
    {
        while (value >= 0x80)
        {
            to[at++] = (byte)(value | 0x80);
            value >>= 7;
        }

        to[at++] = (byte)value;
        return at;
    }

    private static ulong ReadVarint(ReadOnlySpan<byte> from, ref int at)
    {
        ulong value = 0;
        for (var shift = 0; ; shift += 7)
        {
            var part = from[at++];
            value |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80)
            {
                return value;
            }
        }
    }
}
