using System.Buffers.Binary;
using System.Security.Cryptography;

namespace CommandCenter.Runtime.Snapshots;

/// <summary>The first bytes of a snapshot file.</summary>
/// <param name="ModelVersion">Format of the body, the model's own number.</param>
/// <param name="Partition">Partition it was taken of.</param>
/// <param name="Position">Last record it contains.</param>
/// <param name="SkipSequence">Newest skip known when it was taken; a later skip of a record it contains makes it unusable.</param>
/// <param name="BodyBytes">Length of the body that follows.</param>
internal readonly record struct SnapshotHeader(int ModelVersion, int Partition, long Position, long SkipSequence, long BodyBytes)
{
    public const int SizeBytes = 88;

    private const int HashAt = 56;
    private const int Version = 1;

    private static ReadOnlySpan<byte> Magic => "CCSNAP\r\n"u8; // The line end shows a copy in text mode at once.

    public void Write(Span<byte> target, ReadOnlySpan<byte> bodyHash)
    {
        target = target[..SizeBytes];
        target.Clear();
        Magic.CopyTo(target);
        BinaryPrimitives.WriteInt32LittleEndian(target[8..], Version);
        BinaryPrimitives.WriteInt32LittleEndian(target[12..], ModelVersion);
        BinaryPrimitives.WriteInt32LittleEndian(target[16..], Partition);
        BinaryPrimitives.WriteInt64LittleEndian(target[24..], Position);
        BinaryPrimitives.WriteInt64LittleEndian(target[32..], SkipSequence);
        BinaryPrimitives.WriteInt64LittleEndian(target[40..], BodyBytes);
        HashOf(target, bodyHash, target[HashAt..]);
    }

    /// <summary>Reads a header; null with a reason when it is not one of this version.</summary>
    public static SnapshotHeader? Read(ReadOnlySpan<byte> source, out string reason)
    {
        if (source.Length < SizeBytes || !source.StartsWith(Magic))
        {
            reason = "it is not a snapshot";
            return null;
        }

        var version = BinaryPrimitives.ReadInt32LittleEndian(source[8..]);
        if (version != Version)
        {
            reason = $"its format is {version}, not {Version}";
            return null;
        }

        reason = "";
        return new SnapshotHeader(
            BinaryPrimitives.ReadInt32LittleEndian(source[12..]),
            BinaryPrimitives.ReadInt32LittleEndian(source[16..]),
            BinaryPrimitives.ReadInt64LittleEndian(source[24..]),
            BinaryPrimitives.ReadInt64LittleEndian(source[32..]),
            BinaryPrimitives.ReadInt64LittleEndian(source[40..]));
    }

    /// <summary>Whether header and body are as they were written. The hash covers both, so a flipped position is found too.</summary>
    public static bool Matches(ReadOnlySpan<byte> header, ReadOnlySpan<byte> bodyHash)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        HashOf(header, bodyHash, hash);
        return hash.SequenceEqual(header.Slice(HashAt, SHA256.HashSizeInBytes));
    }

    private static void HashOf(ReadOnlySpan<byte> header, ReadOnlySpan<byte> bodyHash, Span<byte> hash)
    {
        Span<byte> covered = stackalloc byte[HashAt + SHA256.HashSizeInBytes];
        header[..HashAt].CopyTo(covered);
        bodyHash.CopyTo(covered[HashAt..]);
        _ = SHA256.HashData(covered, hash);
    }
}
