using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace CommandCenter.Web.Grains;

/// <summary>Compares UTF-8 texts byte by byte, so that a text still in its buffer is found without making a string of it.</summary>
internal sealed class Utf8Comparer : IEqualityComparer<byte[]>, IAlternateEqualityComparer<ReadOnlySpan<byte>, byte[]>
{
    private const ulong Prime = 0x9E3779B97F4A7C15;

    public static readonly Utf8Comparer Instance = new();

#pragma warning disable CA5394 // Another order of slots in each process is all that is wanted.
    private static readonly ulong s_seed = (ulong)Random.Shared.NextInt64();
#pragma warning restore CA5394

    private Utf8Comparer()
    {
    }

    public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

    public bool Equals(ReadOnlySpan<byte> alternate, byte[] other) => alternate.SequenceEqual(other);

    public int GetHashCode([DisallowNull] byte[] obj) => GetHashCode(obj.AsSpan());

    // Texts here are short, so a few multiplications beat the framework's hash, which is made for long ones. A few words at a time,
    // the last of them overlapping the one before.
    public int GetHashCode(ReadOnlySpan<byte> alternate)
    {
        var hash = s_seed ^ (ulong)alternate.Length;
        if (alternate.Length < sizeof(ulong))
        {
            foreach (var unit in alternate)
            {
                hash = (hash ^ unit) * Prime;
            }
        }
        else
        {
            for (var rest = alternate; rest.Length > sizeof(ulong); rest = rest[sizeof(ulong)..])
            {
                hash = Mix(hash ^ BinaryPrimitives.ReadUInt64LittleEndian(rest));
            }

            hash = Mix(hash ^ BinaryPrimitives.ReadUInt64LittleEndian(alternate[^sizeof(ulong)..]));
        }

        return (int)(hash ^ (hash >> 32));
    }

    public byte[] Create(ReadOnlySpan<byte> alternate) => alternate.ToArray();

    private static ulong Mix(ulong value) => (value ^ (value >> 29)) * Prime;
}
