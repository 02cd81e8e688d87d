namespace CommandCenter.Cameras.Gb28181.Sip;

/// <summary>
/// One request of ours (RFC 3261, 17.1). Over UDP it is repeated after 0.5 s, 1 s, 2 s … until it is answered; after 32 s it has failed. An INVITE is
/// repeated only until the device says that it heard it; its answer is acknowledged each time it comes, and a stream that nobody wants any more is ended.
/// </summary>
internal sealed class SipClientTransaction
{
    private static readonly TimeSpan s_t1 = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan s_t2 = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan s_limit = s_t1 * 64;

    private readonly Lock _gate = new();
    private readonly byte[] _bytes;
    private readonly TimeProvider _time;
    private readonly Action _ended;
    private readonly TaskCompletionSource<SipMessage> _final = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ITimer _timer;
    private readonly DateTimeOffset _begunAt;
    private TimeSpan _wait = s_t1;
    private byte[]? _acknowledgement;
    private Action<SipMessage>? _unwanted;
    private Action? _cancel;
    private bool _isHeard;
    private bool _isFinal;

    public SipClientTransaction(SipPeer peer, SipMessage request, TimeProvider time, Action ended)
    {
        Peer = peer;
        Request = request;
        _bytes = SipWriter.Write(request);
        _time = time;
        _ended = ended;
        _begunAt = time.GetUtcNow();
        _timer = time.CreateTimer(static state => ((SipClientTransaction)state!).Tick(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        // A request whose sender stopped waiting may fail unseen.
        _ = _final.Task.ContinueWith(static task => task.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
    }

    public SipPeer Peer { get; }

    public SipMessage Request { get; }

    /// <summary>The first final answer. Fails with <see cref="GbException.Timeout"/>.</summary>
    public Task<SipMessage> Final => _final.Task;

    private bool IsInvite => Request.Method == "INVITE";

    public void Start()
    {
        Peer.Send(_bytes);
        _ = _timer.Change(_wait, Timeout.InfiniteTimeSpan);
    }

    public void Receive(SipMessage response)
    {
        lock (_gate)
        {
            if (response.Status < 200)
            {
                _isHeard = true;
                TakeCancel()?.Invoke();
                return;
            }

            if (IsInvite && response.Status >= 300)
            {
                Peer.Send(SipWriter.Write(GbRequests.AcknowledgeRefusal(Request, response)));
            }
            else if (_acknowledgement is not null)
            {
                Peer.Send(_acknowledgement); // Our acknowledgement was lost, or is on its way.
            }
            else if (IsInvite && _unwanted is not null)
            {
                _unwanted(response);
            }

            if (!_isFinal)
            {
                _isFinal = true;
                // Under the gate, so that whoever gives up at this moment sees the stream that it has to end. Who waits goes on elsewhere.
                _ = _final.TrySetResult(response);
                // An INVITE stays to acknowledge repeated answers; anything else is done.
                _ = IsInvite ? _timer.Change(s_limit, Timeout.InfiniteTimeSpan) : End();
            }
        }
    }

    /// <summary>Acknowledges the 2xx, now and whenever it is repeated.</summary>
    public void Acknowledge(byte[] acknowledgement)
    {
        lock (_gate)
        {
            _acknowledgement = acknowledgement;
        }

        Peer.Send(acknowledgement);
    }

    /// <summary>Nobody waits for the answer to an INVITE any more.</summary>
    /// <param name="cancel">Sends a CANCEL; called as soon as the device has said that it heard the INVITE (RFC 3261, 9.1).</param>
    /// <param name="unwanted">Acknowledges and ends a stream that comes all the same.</param>
    public void Abandon(Action cancel, Action<SipMessage> unwanted)
    {
        SipMessage? crossed = null;
        lock (_gate)
        {
            _unwanted = unwanted;
            if (_isFinal)
            {
                // Asked for only once it is completed: nobody waits here, least of all under the gate.
                crossed = _final.Task.IsCompletedSuccessfully && _final.Task.Result.Status < 300 && _acknowledgement is null ? _final.Task.Result : null;
            }
            else
            {
                _cancel = cancel;
                if (_isHeard)
                {
                    TakeCancel()?.Invoke();
                }

                _ = _timer.Change(s_limit, Timeout.InfiniteTimeSpan);
            }
        }

        if (crossed is not null)
        {
            unwanted(crossed);
        }
    }

    public void Close()
    {
        lock (_gate)
        {
            _ = End();
        }

        _ = _final.TrySetException(new GbException(GbException.Closed, "The server was stopped."));
    }

    private Action? TakeCancel()
    {
        var cancel = _cancel;
        _cancel = null;
        return cancel;
    }

    private bool End()
    {
        _timer.Dispose();
        _ended();
        return true;
    }

    private void Tick()
    {
        var isOver = false;
        lock (_gate)
        {
            isOver = _isFinal || _unwanted is not null || _time.GetUtcNow() - _begunAt >= s_limit;
            if (isOver)
            {
                // One that timed out and is no stream has nothing to come; an INVITE is abandoned by who began it.
                _ = !_isFinal && IsInvite && _unwanted is null ? _timer.Change(s_limit, Timeout.InfiniteTimeSpan) : End();
            }
            else
            {
                if (!Peer.IsReliable && !(IsInvite && _isHeard))
                {
                    Peer.Send(_bytes);
                }

                _wait = IsInvite ? _wait * 2 : TimeSpan.FromTicks(Math.Min(_wait.Ticks * 2, s_t2.Ticks));
                var rest = s_limit - (_time.GetUtcNow() - _begunAt);
                _ = _timer.Change(_wait < rest ? _wait : rest > TimeSpan.Zero ? rest : TimeSpan.FromMilliseconds(1), Timeout.InfiniteTimeSpan);
            }
        }

        if (isOver)
        {
            _ = _final.TrySetException(new GbException(GbException.Timeout, $"The device did not answer {Request.Method} in {s_limit.TotalSeconds:0} s."));
        }
    }
}
