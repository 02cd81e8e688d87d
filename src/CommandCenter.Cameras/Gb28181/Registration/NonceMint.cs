using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace CommandCenter.Cameras.Gb28181.Registration;

/// <summary>
/// Makes challenges and knows them again without keeping them: a nonce holds its own time and is signed for one device at one address. What is kept is
/// only which were used, so that a registration that was overheard cannot be played again. Thread-safe.
/// </summary>
internal sealed class NonceMint(TimeProvider time, TimeSpan lifetime)
{
    private const int StampBytes = 16;
    private const int SignatureBytes = 16;
    private const int UsedCountMax = 16_384;

    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);
    private readonly Lock _gate = new();
    private readonly Dictionary<string, long> _used = new(StringComparer.Ordinal);
    private readonly Queue<(string Nonce, DateTimeOffset Until)> _order = new();

    public string Make(string deviceId, IPAddress source)
    {
        Span<byte> nonce = stackalloc byte[StampBytes + SignatureBytes];
        BinaryPrimitives.WriteInt64BigEndian(nonce, time.GetUtcNow().ToUnixTimeMilliseconds());
        RandomNumberGenerator.Fill(nonce[8..StampBytes]);
        Sign(nonce[..StampBytes], deviceId, source, nonce[StampBytes..]);
        return Convert.ToHexStringLower(nonce);
    }

    /// <summary>Whether it was made here, for this device and address, whenever that was.</summary>
    public bool IsOurs(string nonce, string deviceId, IPAddress source, out bool isFresh)
    {
        Span<byte> bytes = stackalloc byte[StampBytes + SignatureBytes];
        Span<byte> expected = stackalloc byte[SignatureBytes];
        isFresh = false;
        if (nonce.Length != bytes.Length * 2
            || Convert.FromHexString(nonce, bytes, out _, out _) != System.Buffers.OperationStatus.Done)
        {
            return false;
        }

        Sign(bytes[..StampBytes], deviceId, source, expected);
        if (!CryptographicOperations.FixedTimeEquals(expected, bytes[StampBytes..]))
        {
            return false;
        }

        var age = time.GetUtcNow().ToUnixTimeMilliseconds() - BinaryPrimitives.ReadInt64BigEndian(bytes);
        isFresh = age >= 0 && age <= lifetime.TotalMilliseconds;
        return true;
    }

    /// <summary>Takes a nonce that was answered rightly. False when that answer was already used.</summary>
    /// <param name="nonce">One that is ours and fresh.</param>
    /// <param name="count">The count of the client, eight hexadecimal digits, where it keeps one; empty for one use.</param>
    public bool TryUse(string nonce, string count)
    {
        var used = long.TryParse(count, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var number) ? number : long.MaxValue;
        var now = time.GetUtcNow();
        lock (_gate)
        {
            while (_order.TryPeek(out var oldest) && (oldest.Until < now || _order.Count >= UsedCountMax))
            {
                _ = _used.Remove(oldest.Nonce);
                _ = _order.Dequeue();
            }

            if (_used.TryGetValue(nonce, out var last))
            {
                if (used <= last)
                {
                    return false;
                }
            }
            else
            {
                _order.Enqueue((nonce, now + lifetime));
            }

            _used[nonce] = used;
            return true;
        }
    }

    private void Sign(ReadOnlySpan<byte> stamp, string deviceId, IPAddress source, Span<byte> signature)
    {
        var signed = Encoding.UTF8.GetBytes($"{Convert.ToHexStringLower(stamp)}|{deviceId}|{source}");
        Span<byte> whole = stackalloc byte[HMACSHA256.HashSizeInBytes];
        _ = HMACSHA256.HashData(_key, signed, whole);
        whole[..SignatureBytes].CopyTo(signature);
    }
}
