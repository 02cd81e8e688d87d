using System.Globalization;
using System.Net;
using System.Net.Sockets;
using CommandCenter.Cameras.Gb28181.Rtp;
using CommandCenter.Cameras.Gb28181.Sip;
using CommandCenter.Cameras.Media;

namespace CommandCenter.Cameras.Gb28181;

// Pictures: GB/T 28181-2016, 9.2.
public sealed partial class GbServer
{
    private int _sessionCount;

    /// <summary>Asks a device for a stream. Returns when the device agreed; the pictures come after that, the first one a key picture.</summary>
    /// <param name="deviceId">The device, 20 digits.</param>
    /// <param name="channelId">Its channel, 20 digits; of a camera that is a device itself, the same.</param>
    /// <param name="stream">Large or small.</param>
    /// <param name="transport">How the media comes.</param>
    /// <param name="sink">Gets each picture, one after the other, on a thread of the session: returns soon, or packets are lost.</param>
    /// <param name="cancellationToken">Takes the question back (CANCEL); a stream that comes all the same is ended.</param>
    /// <returns>The session; the caller disposes of it.</returns>
    /// <exception cref="GbException">The device is offline, refused, or did not answer; or nothing is free here.</exception>
    public async Task<GbSession> PlayAsync(
        string deviceId, string channelId, GbStream stream, GbTransport transport, Action<AccessUnit> sink, CancellationToken cancellationToken)
    {
        if (!GbId.IsId(channelId))
        {
            throw new GbException(GbException.NoChannel, "The channel's number is not 20 digits.");
        }

        var (_, peer) = Find(deviceId);
        if (_closing.IsCancellationRequested)
        {
            throw new GbException(GbException.Closed, "The server was stopped.");
        }

        if (Interlocked.Increment(ref _sessionCount) > _options.SessionCountMax)
        {
            _ = Interlocked.Decrement(ref _sessionCount);
            throw new GbException(GbException.TooMany, $"{_options.SessionCountMax} sessions are running.");
        }

        string? ssrc = null;
        Socket? socket = null;
        try
        {
            ssrc = _ssrcs.Take();
            socket = _ports.Bind(transport);
            var session = new GbSession(deviceId, channelId, stream, ssrc, peer, new GbDialog(channelId), Over);
            var answer = await InviteAsync(session, transport, socket, cancellationToken);
            var demuxer = new PsDemuxer(new PictureAssembler(_time, _tally, sink));
            var window = new RtpReorder(_options.ReorderPacketsMax, _time, _tally, demuxer);
            var media = new MediaReceiver(
                socket, answer, answer.Ssrc ?? uint.Parse(ssrc, CultureInfo.InvariantCulture), peer.Remote.Address, _time, _tally, window, demuxer);
            _sessions[session.Dialog.CallId] = session;
            session.Begin(media, transport, Report);
            if (_devices.FindOnline(deviceId) is null)
            {
                session.End(GbException.Offline, tellsDevice: false); // It left while it was asked.
            }
            else if (_closing.IsCancellationRequested)
            {
                session.End(GbException.Closed); // The server did.
            }

            return session;
        }
        catch
        {
            socket?.Dispose();
            Free(ssrc);
            throw;
        }
    }

    private async Task<SdpAnswer> InviteAsync(GbSession session, GbTransport transport, Socket socket, CancellationToken cancellationToken)
    {
        var (peer, dialog) = (session.Peer, session.Dialog);
        var port = ((IPEndPoint)socket.LocalEndPoint!).Port;
        var offer = Sdp.Offer(_options.ServerId, _requests.LocalAddress(peer.Remote), port, session.Ssrc, session.Stream, transport);
        var invite = _requests.Make(
            "INVITE", peer, dialog, offer,
            new SipHeader(SipHeader.Subject, $"{session.ChannelId}:{session.Ssrc},{_options.ServerId}:0"),
            new SipHeader(SipHeader.ContentType, Sdp.ContentType));
        var transaction = _client.Begin(peer, invite);
        SipMessage final;
        try
        {
            final = await transaction.Final.WaitAsync(cancellationToken);
        }
        catch
        {
            transaction.Abandon(
                () => _client.Begin(peer, GbRequests.Cancel(invite)),
                unwanted => AcknowledgeAndEnd(transaction, dialog, unwanted));
            throw;
        }

        if (final.Status >= 300)
        {
            throw GbException.Of(final.Status, final.Reason);
        }

        var answer = Sdp.ReadAnswer(final.Body.Span);
        if (answer is null || answer.IsTcp != (transport != GbTransport.Udp) || answer.Address.AddressFamily != socket.AddressFamily)
        {
            AcknowledgeAndEnd(transaction, dialog, final);
            throw new GbException(GbException.MediaRefused, "The device's answer has no program stream as it was offered.");
        }

        dialog.To = final.Header(SipHeader.To);
        transaction.Acknowledge(SipWriter.Write(_requests.Make("ACK", peer, dialog, ReadOnlyMemory<byte>.Empty)));
        return answer;
    }

    private void AcknowledgeAndEnd(SipClientTransaction transaction, GbDialog dialog, SipMessage final)
    {
        dialog.To = final.Header(SipHeader.To);
        transaction.Acknowledge(SipWriter.Write(_requests.Make("ACK", transaction.Peer, dialog, ReadOnlyMemory<byte>.Empty)));
        _ = _client.Begin(transaction.Peer, _requests.Make("BYE", transaction.Peer, dialog, ReadOnlyMemory<byte>.Empty));
    }

    // A session ended, for whatever reason.
    private void Over(GbSession session, bool tellsDevice)
    {
        _ = _sessions.TryRemove(session.Dialog.CallId, out _);
        Free(session.Ssrc);
        if (!tellsDevice)
        {
            return; // It is gone, or it knows.
        }

        try
        {
            _ = _client.Begin(session.Peer, _requests.Make("BYE", session.Peer, session.Dialog, ReadOnlyMemory<byte>.Empty));
        }
        catch (GbException)
        {
            // Too many requests wait; the device finds out when nobody takes its packets.
        }
    }

    private void Free(string? ssrc)
    {
        _ = Interlocked.Decrement(ref _sessionCount);
        if (ssrc is not null)
        {
            _ssrcs.Return(ssrc);
        }
    }
}
