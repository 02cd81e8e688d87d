using System.Collections.Concurrent;
using System.Net;
using CommandCenter.Cameras.Gb28181.Registration;
using CommandCenter.Cameras.Gb28181.Rtp;
using CommandCenter.Cameras.Gb28181.Sip;

namespace CommandCenter.Cameras.Gb28181;

/// <summary>
/// A SIP server after GB/T 28181-2016: devices register with a password, say that they live, where they are and what alarms them, and send their
/// pictures when they are asked to. docs/gb28181.md says what of the standard is spoken.
/// </summary>
/// <remarks>
/// Thread-safe. What a device sends is read, answered and done on the thread that received it. Nothing that comes over the network ends the server:
/// what cannot be read is refused or left, and counted.
/// </remarks>
public sealed partial class GbServer : IAsyncDisposable
{
    private static readonly TimeSpan s_sweepEvery = TimeSpan.FromSeconds(1);

    private readonly GbServerOptions _options;
    private readonly IGbObserver _observer;
    private readonly TimeProvider _time;
    private readonly Tally _tally = new();
    private readonly SipTransport _transport;
    private readonly SipAnswerCache _answers;
    private readonly SipClient _client;
    private readonly Registrar _registrar;
    private readonly DeviceTable _devices;
    private readonly GbRequests _requests;
    private readonly MediaPorts _ports;
    private readonly SsrcPool _ssrcs;
    private readonly ConcurrentDictionary<string, GbSession> _sessions = new(StringComparer.Ordinal); // By Call-ID.
    private readonly CancellationTokenSource _closing = new();
    private Task _sweeping = Task.CompletedTask;
    private int _isDisposed;

    /// <summary>Makes a server that does not listen yet.</summary>
    /// <param name="options">Who it is and how much it takes.</param>
    /// <param name="directory">The devices that may register.</param>
    /// <param name="observer">Hears what they do.</param>
    /// <param name="time">The only clock.</param>
    /// <exception cref="ArgumentException">The options are wrong; the message says all that is.</exception>
    public GbServer(GbServerOptions options, IGbDeviceDirectory directory, IGbObserver observer, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Faults() is { Count: > 0 } faults)
        {
            throw new ArgumentException(string.Join(' ', faults), nameof(options));
        }

        _options = options;
        _observer = observer;
        _time = time;
        _transport = new SipTransport(options, time, Receive, _tally.Malformed);
        _answers = new SipAnswerCache(time);
        _client = new SipClient(time);
        _registrar = new Registrar(options, directory, time);
        _devices = new DeviceTable(options, time);
        _requests = new GbRequests(options, () => _transport.Local.Port);
        _ports = new MediaPorts(options);
        _ssrcs = new SsrcPool(options.ServerId);
    }

    /// <summary>Where it listens, both UDP and TCP.</summary>
    public IPEndPoint LocalEndPoint => _transport.Local;

    /// <summary>The devices that registered since the server began, online or not. A copy.</summary>
    public IReadOnlyList<GbDevice> Devices => _devices.Read();

    /// <summary>The sessions that run. A copy.</summary>
    public IReadOnlyList<GbSession> Sessions => [.. _sessions.Values];

    /// <summary>What was counted until now.</summary>
    public GbCounters Counters => _tally.Read();

    /// <summary>Listens.</summary>
    /// <exception cref="System.Net.Sockets.SocketException">The address cannot be listened on.</exception>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _transport.Start();
        _sweeping = SweepAsync(_closing.Token);
        return Task.CompletedTask;
    }

    /// <summary>Ends all sessions, tells their devices, and stops listening. Devices are not told that the server is gone: they find out and register anew.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0)
        {
            return;
        }

        await _closing.CancelAsync();
        foreach (var session in _sessions.Values)
        {
            await session.DisposeAsync();
        }

        await _sweeping;
        _client.Close();
        await Task.WhenAll(_subscriptions.Values.Select(static subscription => subscription.Renewing));
        await _transport.DisposeAsync();
        _closing.Dispose();
    }

    // Whatever a message holds, the loop that received it goes on.
    private void Receive(SipPeer peer, ReadOnlyMemory<byte> data)
    {
        try
        {
            var parse = SipParser.Parse(data.Span);
            if (parse.Message is not { } message)
            {
                if (!SipParser.SkipEmptyLines(data.Span).Trim((byte)0).IsEmpty) // Empty lines only keep the way open.
                {
                    _tally.Malformed();
                }

                return;
            }

            _tally.Message();
            if (!message.IsRequest)
            {
                if (parse.FaultStatus != 0)
                {
                    _tally.Malformed();
                }
                else
                {
                    _client.Receive(peer, message);
                }
            }
            else if (parse.FaultStatus != 0)
            {
                _tally.Malformed();
                if (message.Method != "ACK") // Which is never answered.
                {
                    peer.Send(SipWriter.Write(SipWriter.Answer(message, peer, parse.FaultStatus, parse.Fault, GbRequests.NewToken())));
                }
            }
            else if (message.Method != "ACK")
            {
                Answer(peer, message);
            }
        }
        catch (Exception exception)
        {
            Report(exception);
        }
    }

    private void Answer(SipPeer peer, SipMessage request)
    {
        var key = SipAnswerCache.KeyOf(peer, request);
        if (_answers.Find(key) is { } before)
        {
            _tally.Repeated();
            peer.Send(before);
            return;
        }

        var (answer, then) = Handle(peer, request);
        var bytes = SipWriter.Write(answer);
        _answers.Add(key, bytes);
        peer.Send(bytes);
        then?.Invoke();
    }

    private async Task SweepAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(s_sweepEvery, _time);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
            {
                try
                {
                    Sweep();
                }
                catch (Exception exception)
                {
                    Report(exception); // Top of the loop: the next second tries again.
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The server is stopping.
        }
    }

    private void Sweep()
    {
        foreach (var (device, reason) in _devices.Sweep())
        {
            Leave(device, reason);
        }

        foreach (var session in _sessions.Values)
        {
            if (session.Media is { IsOfAnotherCodec: true })
            {
                session.End(GbException.MediaRefused);
            }
            else if (session.Media is { } media && media.Silence > _options.MediaSilenceMax)
            {
                session.End(GbException.NoMedia);
            }
        }

        _transport.CloseSilentSince(_time.GetUtcNow() - _options.SilenceMax - _options.KeepaliveInterval);
        RenewSubscriptions();
    }

    private void Leave(GbDevice device, GbOfflineReason reason)
    {
        foreach (var session in _sessions.Values)
        {
            if (session.DeviceId == device.Id)
            {
                session.End(GbException.Offline, tellsDevice: reason != GbOfflineReason.Silent);
            }
        }

        _ = _subscriptions.TryRemove(device.Id, out _);
        Tell(observer => observer.DeviceOffline(device, reason));
    }

    // The host's own exceptions are its own: they neither end a loop nor keep a device from its answer.
    private void Tell(Action<IGbObserver> what)
    {
        try
        {
            what(_observer);
        }
        catch (Exception exception)
        {
            Report(exception);
        }
    }

    private void Report(Exception exception)
    {
        try
        {
            _observer.Failed(exception);
        }
        catch (Exception)
        {
            // The host cannot even hear of it. Whoever fails at that must not take the server along.
        }
    }
}
