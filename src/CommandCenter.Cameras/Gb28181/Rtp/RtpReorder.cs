namespace CommandCenter.Cameras.Gb28181.Rtp;

/// <summary>Gets what packets carry, in the order in which it was sent.</summary>
internal interface IRtpReceiver
{
    /// <summary>The next packet.</summary>
    void Receive(uint timestamp, bool isMarked, ReadOnlySpan<byte> payload);

    /// <summary>Packets before the next one never came.</summary>
    void Lose();
}

/// <summary>
/// Puts packets back in order. One that is missing is waited for until as many as the window holds came behind it, or a fifth of a second; then it
/// is lost. Not thread-safe.
/// </summary>
internal sealed class RtpReorder(int windowPackets, TimeProvider time, Tally tally, IRtpReceiver receiver)
{
    private const int RingLength = 2_048; // More than the largest window.
    private const int JumpMax = 4_096; // Beyond, the sender began anew.
    private const int StaleMax = 16; // So many that are too late in a row: it began anew with lower numbers.

    private static readonly TimeSpan s_waitMax = TimeSpan.FromMilliseconds(200);

    private readonly Held[] _ring = new Held[RingLength];
    private ushort _next;
    private ushort _highest;
    private int _heldCount;
    private int _staleCount;
    private long _gapSince;
    private bool _isBegun;

    public void Receive(in RtpPacket packet)
    {
        if (!_isBegun)
        {
            Begin(packet.Sequence);
        }

        var ahead = (short)(packet.Sequence - _next);
        if (ahead < 0)
        {
            if (++_staleCount < StaleMax && ahead > -JumpMax)
            {
                return; // Came twice, or was given up.
            }

            Restart(packet.Sequence);
        }
        else if (ahead > JumpMax)
        {
            Restart(packet.Sequence);
        }

        _staleCount = 0;
        if ((short)(packet.Sequence - _highest) > 0)
        {
            _highest = packet.Sequence;
        }
        else if (packet.Sequence != _highest)
        {
            tally.Reordered();
        }

        if (packet.Sequence == _next)
        {
            _next++;
            receiver.Receive(packet.Timestamp, packet.IsMarked, packet.Payload);
            DeliverHeld();
            return;
        }

        GiveUpUntil((ushort)(packet.Sequence - windowPackets));
        Hold(packet);
        DeliverHeld();
        if (_heldCount > 0 && time.GetElapsedTime(_gapSince) > s_waitMax)
        {
            GiveUpOldestGap();
        }
    }

    private void Begin(ushort sequence)
    {
        _isBegun = true;
        _next = sequence;
        _highest = sequence;
    }

    private void Restart(ushort sequence)
    {
        Array.Clear(_ring);
        _heldCount = 0;
        _staleCount = 0;
        tally.Lost(1); // How many nobody knows.
        receiver.Lose();
        Begin(sequence);
    }

    private void Hold(in RtpPacket packet)
    {
        ref var slot = ref _ring[packet.Sequence % RingLength];
        if (slot.Payload is not null)
        {
            return; // Came twice.
        }

        if (_heldCount++ == 0)
        {
            _gapSince = time.GetTimestamp();
        }

        slot = new Held(packet.Timestamp, packet.IsMarked, packet.Payload.ToArray());
    }

    private void DeliverHeld()
    {
        var before = _heldCount;
        while (_heldCount > 0 && _ring[_next % RingLength] is { Payload: { } payload } held)
        {
            _ring[_next % RingLength] = default;
            _heldCount--;
            _next++;
            receiver.Receive(held.Timestamp, held.IsMarked, payload);
        }

        if (_heldCount > 0 && _heldCount < before)
        {
            _gapSince = time.GetTimestamp(); // Another gap.
        }
    }

    private void GiveUpUntil(ushort first)
    {
        while ((short)(first - _next) > 0)
        {
            if (_heldCount == 0)
            {
                Lose((ushort)(first - _next));
                _next = first;
                return;
            }

            GiveUpOldestGap();
        }
    }

    private void GiveUpOldestGap()
    {
        var count = 0;
        while (_ring[_next % RingLength].Payload is null)
        {
            _next++;
            count++;
        }

        Lose(count);
        DeliverHeld();
    }

    private void Lose(int count)
    {
        if (count > 0)
        {
            tally.Lost(count);
            receiver.Lose();
        }
    }

    private readonly record struct Held(uint Timestamp, bool IsMarked, byte[]? Payload);
}
