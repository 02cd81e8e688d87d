using System.Collections.Concurrent;

namespace CommandCenter.Cameras.Gb28181.Sip;

/// <summary>Our requests that wait for answers: RFC 3261, 17.1. Thread-safe.</summary>
internal sealed class SipClient(TimeProvider time)
{
    private const int CountMax = 8_192;

    private readonly ConcurrentDictionary<string, SipClientTransaction> _running = new(StringComparer.Ordinal);

    public int RunningCount => _running.Count;

    /// <summary>Sends a request and repeats it until it is answered.</summary>
    /// <exception cref="GbException">Too many requests wait.</exception>
    public SipClientTransaction Begin(SipPeer peer, SipMessage request)
    {
        if (_running.Count >= CountMax)
        {
            throw new GbException(GbException.TooMany, "Too many requests wait for answers.");
        }

        var key = KeyOf(request);
        var transaction = new SipClientTransaction(peer, request, time, () => _running.TryRemove(key, out _));
        _running[key] = transaction;
        transaction.Start();
        return transaction;
    }

    /// <summary>Sends a request and waits for its final answer.</summary>
    /// <exception cref="GbException">No answer came in 32 s.</exception>
    public async Task<SipMessage> RequestAsync(SipPeer peer, SipMessage request, CancellationToken cancellationToken) =>
        await Begin(peer, request).Final.WaitAsync(cancellationToken);

    /// <summary>Takes a response; one that nobody waits for, or not from there, is left.</summary>
    public void Receive(SipPeer peer, SipMessage response)
    {
        if (_running.TryGetValue(KeyOf(response), out var transaction) && transaction.Peer.Remote.Address.Equals(peer.Remote.Address))
        {
            transaction.Receive(response);
        }
    }

    /// <summary>Ends all that waits.</summary>
    public void Close()
    {
        foreach (var transaction in _running.Values)
        {
            transaction.Close();
        }
    }

    private static string KeyOf(SipMessage message) => $"{message.Method}|{message.Branch}";
}
