using System.Buffers.Binary;
using System.Security.Cryptography;

namespace CommandCenter.Runtime.Journal;

/// <summary>The hash chain of a journal: each row stores SHA-256 of (chain of the row before, first position, count, body).</summary>
/// <remarks>A row changed, removed or moved afterwards breaks the chain at that row and only there, so the damage is located.</remarks>
internal sealed class RowChain : IDisposable
{
    public const int SizeBytes = SHA256.HashSizeInBytes;

    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public void Next(ReadOnlySpan<byte> before, long first, int count, ReadOnlySpan<byte> body, Span<byte> chain)
    {
        Span<byte> numbers = stackalloc byte[sizeof(long) + sizeof(int)];
        BinaryPrimitives.WriteInt64LittleEndian(numbers, first);
        BinaryPrimitives.WriteInt32LittleEndian(numbers[sizeof(long)..], count);
        _hash.AppendData(before);
        _hash.AppendData(numbers);
        _hash.AppendData(body);
        _ = _hash.GetHashAndReset(chain);
    }

    public void Dispose() => _hash.Dispose();
}
