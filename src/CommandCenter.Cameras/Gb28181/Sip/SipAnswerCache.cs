namespace CommandCenter.Cameras.Gb28181.Sip;

/// <summary>What was answered lately, so that a request that is repeated gets the same answer and is done once (RFC 3261, 17.2). Thread-safe.</summary>
internal sealed class SipAnswerCache(TimeProvider time)
{
    /// <summary>64 × T1: after that a client has given up.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(32);

    private const int CountMax = 8_192;
    private const long BytesMax = 16 * 1024 * 1024; // Answers repeat what the request said of itself, and a stranger can say much.

    private readonly Lock _gate = new();
    private readonly Dictionary<string, byte[]> _answers = new(StringComparer.Ordinal);
    private readonly Queue<(string Key, DateTimeOffset Until)> _order = new();
    private long _bytes;

    /// <summary>Bytes that are kept.</summary>
    public long Bytes
    {
        get
        {
            lock (_gate)
            {
                return _bytes;
            }
        }
    }

    /// <summary>The name of a request's transaction: the sender's address, and what a client gives each transaction anew.</summary>
    public static string KeyOf(SipPeer peer, SipMessage request) => $"{peer.Remote}|{request.Method}|{request.CSeq}|{request.CallId}|{request.TopVia}";

    public byte[]? Find(string key)
    {
        lock (_gate)
        {
            Forget();
            return _answers.GetValueOrDefault(key);
        }
    }

    public void Add(string key, byte[] answer)
    {
        lock (_gate)
        {
            Forget();
            if (_answers.TryAdd(key, answer))
            {
                _order.Enqueue((key, time.GetUtcNow() + Lifetime));
                _bytes += SizeOf(key, answer);
            }
        }
    }

    private static long SizeOf(string key, byte[] answer) => answer.Length + ((long)key.Length * sizeof(char));

    private void Forget()
    {
        var now = time.GetUtcNow();
        while (_order.TryPeek(out var oldest) && (oldest.Until <= now || _order.Count > CountMax || _bytes > BytesMax))
        {
            _ = _answers.Remove(oldest.Key, out var answer);
            _ = _order.Dequeue();
            _bytes -= SizeOf(oldest.Key, answer!);
        }
    }
}
