using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;

namespace CommandCenter.Audit.Format;

/// <summary>The frame of a line; <see cref="EntryBody"/> is what it holds.</summary>
/// <remarks>
/// <code>{"seq":42,"prev":"9f86…","at":"2017-09-01T01:30:00.1234567Z","actor":"zhang.wei",…,"outcome":"done","hash":"60303a…"}</code>
/// <c>hash</c> is SHA-256 of every byte before <c>,"hash":</c>; what follows is fixed. So no byte of a line can change unseen, white
/// space included, and <c>prev</c>, the hash of the line before, makes the lines a chain.
/// </remarks>
internal static class AuditLine
{
    /// <summary>Hexadecimal digits of a hash.</summary>
    public const int HashChars = 64;

    /// <summary>Longest line, in bytes. A longer one was not written by this program.</summary>
    public const int SizeMax = 64 * 1024;

    private const int FrameMax = 256;

    /// <summary>What the first record of all follows.</summary>
    public static ReadOnlySpan<byte> NoHash => "0000000000000000000000000000000000000000000000000000000000000000"u8;

    private static ReadOnlySpan<byte> SequenceMark => "{\"seq\":"u8;

    private static ReadOnlySpan<byte> PreviousMark => ",\"prev\":\""u8;

    private static ReadOnlySpan<byte> AtMark => "\",\"at\":\""u8;

    private static ReadOnlySpan<byte> BodyMark => "\","u8;

    private static ReadOnlySpan<byte> HashMark => ",\"hash\":\""u8;

    private static ReadOnlySpan<byte> End => "\"}\n"u8;

    /// <summary>Appends a line.</summary>
    /// <param name="output">Grows by the line.</param>
    /// <param name="sequence">Number of the record.</param>
    /// <param name="chain">The hash of the line before; becomes the hash of this one.</param>
    /// <param name="at">When, UTC.</param>
    /// <param name="body">The entry, encoded.</param>
    public static void Write(ArrayBufferWriter<byte> output, long sequence, Span<byte> chain, DateTimeOffset at, ReadOnlySpan<byte> body)
    {
        var line = output.GetSpan(body.Length + FrameMax);
        var length = 0;
        Put(line, ref length, SequenceMark);
        _ = sequence.TryFormat(line[length..], out var written, default, CultureInfo.InvariantCulture);
        length += written;
        Put(line, ref length, PreviousMark);
        Put(line, ref length, chain);
        Put(line, ref length, AtMark);
        _ = at.UtcDateTime.TryFormat(line[length..], out written, "O", CultureInfo.InvariantCulture);
        length += written;
        Put(line, ref length, BodyMark);
        Put(line, ref length, body);
        HashOf(line[..length], chain);
        Put(line, ref length, HashMark);
        Put(line, ref length, chain);
        Put(line, ref length, End);
        output.Advance(length);
    }

    /// <summary>Takes a line apart, its line feed included; false when it has not the shape of a line. Does not check the hash.</summary>
    public static bool TryRead(ReadOnlySpan<byte> line, out AuditLineFrame frame)
    {
        frame = default;
        var hashAt = line.Length - End.Length - HashChars - HashMark.Length;
        if (hashAt < 0 || !line.EndsWith(End) || !line[hashAt..].StartsWith(HashMark) || !line.StartsWith(SequenceMark)
            || !Utf8Parser.TryParse(line[SequenceMark.Length..hashAt], out long sequence, out var digits))
        {
            return false;
        }

        var rest = line[(SequenceMark.Length + digits)..hashAt];
        if (!rest.StartsWith(PreviousMark) || rest.Length < PreviousMark.Length + HashChars)
        {
            return false;
        }

        var previous = rest.Slice(PreviousMark.Length, HashChars);
        rest = rest[(PreviousMark.Length + HashChars)..];
        if (!rest.StartsWith(AtMark) || !Utf8Parser.TryParse(rest[AtMark.Length..], out DateTimeOffset at, out _, 'O'))
        {
            return false;
        }

        frame = new AuditLineFrame(sequence, previous, at, line[..hashAt], line.Slice(hashAt + HashMark.Length, HashChars));
        return true;
    }

    /// <summary>SHA-256 in 64 lower-case digits.</summary>
    public static void HashOf(ReadOnlySpan<byte> bytes, Span<byte> digits)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        _ = SHA256.HashData(bytes, hash);
        _ = Convert.TryToHexStringLower(hash, digits, out _);
    }

    private static void Put(Span<byte> line, ref int length, ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(line[length..]);
        length += bytes.Length;
    }
}

/// <summary>A line taken apart; spans into it.</summary>
/// <param name="sequence">Number of the record.</param>
/// <param name="previous">Hash of the line before, as written here.</param>
/// <param name="at">When, UTC.</param>
/// <param name="covered">What the hash is of.</param>
/// <param name="hash">The line's own hash, as written.</param>
internal readonly ref struct AuditLineFrame(
    long sequence, ReadOnlySpan<byte> previous, DateTimeOffset at, ReadOnlySpan<byte> covered, ReadOnlySpan<byte> hash)
{
    private readonly ReadOnlySpan<byte> _covered = covered;

    public long Sequence { get; } = sequence;

    public ReadOnlySpan<byte> Previous { get; } = previous;

    public DateTimeOffset At { get; } = at;

    public ReadOnlySpan<byte> Hash { get; } = hash;

    /// <summary>Whether the line is as it was written.</summary>
    public bool IsIntact()
    {
        Span<byte> computed = stackalloc byte[AuditLine.HashChars];
        AuditLine.HashOf(_covered, computed);
        return computed.SequenceEqual(Hash);
    }
}
