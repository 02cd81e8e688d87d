using System.Globalization;
using CommandCenter.Cameras.Gb28181.Manscdp;
using CommandCenter.Cameras.Gb28181.Registration;
using CommandCenter.Cameras.Gb28181.Sip;

namespace CommandCenter.Cameras.Gb28181;

// What devices ask of us, and what we answer.
public sealed partial class GbServer
{
    private static readonly SipHeader s_allow = new("Allow", "REGISTER, MESSAGE, NOTIFY, BYE, OPTIONS, ACK");

    private delegate (SipMessage Answer, Action? Then) Answering(int status, string reason, Action? then, params ReadOnlySpan<SipHeader> extra);

    private (SipMessage Answer, Action? Then) Handle(SipPeer peer, SipMessage request)
    {
        (SipMessage, Action?) Say(int status, string reason, Action? then, params ReadOnlySpan<SipHeader> extra) =>
            (SipWriter.Answer(request, peer, status, reason, GbRequests.NewToken(), extra), then);

        return request.Method switch
        {
            "REGISTER" => Register(peer, request, Say),
            "MESSAGE" => TakeMessage(peer, request, Say),
            "NOTIFY" => TakeNotify(peer, request, Say),
            "BYE" => TakeBye(peer, request, Say),
            "OPTIONS" => Say(200, "OK", null, s_allow),
            "CANCEL" => Say(481, "Transaction Does Not Exist", null),
            "INVITE" or "SUBSCRIBE" or "INFO" or "UPDATE" or "PRACK" or "REFER" or "PUBLISH" => Say(405, "Method Not Allowed", null, s_allow),
            _ => Say(501, "Not Implemented", null, s_allow),
        };
    }

    private (SipMessage Answer, Action? Then) Register(SipPeer peer, SipMessage request, Answering say)
    {
        var deviceId = request.FromUser ?? string.Empty;
        var (outcome, challenges, expires) = _registrar.Decide(deviceId, peer.Remote.Address, request);
        switch (outcome)
        {
            case RegisterOutcome.Challenged:
                return say(401, "Unauthorized", null, [.. challenges]);
            case RegisterOutcome.TooBrief:
                return say(423, "Interval Too Brief", null, new SipHeader("Min-Expires", Seconds(expires)));
            case RegisterOutcome.Left:
                Action? leave = _devices.Unregister(deviceId) is { } left ? () => Leave(left, GbOfflineReason.Unregistered) : null;
                return say(200, "OK", leave, new SipHeader(SipHeader.Expires, "0"), Date());
            case RegisterOutcome.Granted when _devices.Register(deviceId, peer, expires, request.Header("User-Agent")) is { } granted:
                _tally.Registered();
                Action? tell = granted.IsNew ? () => Tell(observer => observer.DeviceOnline(granted.Device)) : null;
                return request.Header(SipHeader.Contact) is { } contact
                    ? say(200, "OK", tell, new SipHeader(SipHeader.Contact, contact), new SipHeader(SipHeader.Expires, Seconds(expires)), Date())
                    : say(200, "OK", tell, new SipHeader(SipHeader.Expires, Seconds(expires)), Date());
            case RegisterOutcome.Granted:
                return say(503, "Service Unavailable", null, new SipHeader("Retry-After", "60"));
            default:
                _tally.Refused();
                return say(403, "Forbidden", () => Tell(observer => observer.RegistrationRefused(deviceId)));
        }
    }

    private (SipMessage Answer, Action? Then) TakeMessage(SipPeer peer, SipMessage request, Answering say)
    {
        var deviceId = request.FromUser ?? string.Empty;
        if (_devices.Touch(deviceId, peer) is not { } known)
        {
            _tally.Refused();
            return say(403, "Forbidden", null); // A device that is told so registers anew.
        }

        Action? back = known.IsBack ? () => Tell(observer => observer.DeviceOnline(known.Device)) : null;
        if (ManscdpReader.Read(request.Body.Span) is not { } document)
        {
            _tally.Malformed();
            return say(400, "Bad XML", back);
        }

        var command = document.TextOf("CmdType") ?? string.Empty;
        switch (document.Name, command)
        {
            case ("Notify", "Alarm"):
                return say(200, "OK", back + (() => TakeAlarm(known.Device.Id, document)));
            case ("Notify", "MobilePosition"):
                return TakePosition(known.Device.Id, document, back, say);
            case ("Response", _):
                return say(200, "OK", back + (() => TakeResponse(known.Device.Id, command, document)));
            default:
                return say(200, "OK", back); // Keepalive, and what later versions of the standard may bring.
        }
    }

    private (SipMessage Answer, Action? Then) TakeNotify(SipPeer peer, SipMessage request, Answering say)
    {
        var subscription = _subscriptions.Values.FirstOrDefault(running => running.Dialog.CallId == request.CallId);
        if (subscription is null || _devices.Touch(subscription.DeviceId, peer) is not { } known)
        {
            return say(481, "Subscription Does Not Exist", null); // The device forgets it: RFC 6665, 4.2.2.
        }

        Action? back = known.IsBack ? () => Tell(observer => observer.DeviceOnline(known.Device)) : null;
        if (request.Header("Subscription-State")?.StartsWith("terminated", StringComparison.OrdinalIgnoreCase) == true)
        {
            subscription.DueAt = _time.GetUtcNow(); // It is begun anew in a second.
        }

        if (request.Body.IsEmpty)
        {
            return say(200, "OK", back);
        }

        if (ManscdpReader.Read(request.Body.Span) is not { } document)
        {
            _tally.Malformed();
            return say(400, "Bad XML", back);
        }

        return document.TextOf("CmdType") == "MobilePosition" ? TakePosition(subscription.DeviceId, document, back, say) : say(200, "OK", back);
    }

    private (SipMessage Answer, Action? Then) TakePosition(string deviceId, ManscdpElement document, Action? back, Answering say)
    {
        if (ManscdpValues.Position(document, deviceId, _options, _time.GetUtcNow()) is not { } position)
        {
            _tally.Malformed();
            return say(200, "OK", back); // The device did nothing wrong in having no fix, and some repeat for ever what is refused.
        }

        return say(200, "OK", back + (() => Tell(observer => observer.PositionChanged(position))));
    }

    private (SipMessage Answer, Action? Then) TakeBye(SipPeer peer, SipMessage request, Answering say) =>
        _sessions.TryGetValue(request.CallId, out var session) && session.Peer.Remote.Address.Equals(peer.Remote.Address)
            ? say(200, "OK", () => session.End(GbException.EndedByDevice, tellsDevice: false))
            : say(481, "Call Does Not Exist", null);

    private void TakeAlarm(string deviceId, ManscdpElement document)
    {
        if (ManscdpValues.Alarm(document, deviceId, _options) is not { } alarm)
        {
            _tally.Malformed();
            return;
        }

        // Told twice: 200 says that the message came, this that it was an alarm and is with us (9.4.2).
        if (_devices.FindOnline(deviceId) is { } found)
        {
            var body = ManscdpWriter.AlarmResponse(ManscdpValues.SerialNumber(document) ?? 0, alarm.DeviceId);
            _ = _client.Begin(found.Peer, _requests.Make("MESSAGE", found.Peer, new GbDialog(deviceId), body, s_manscdp));
        }

        Tell(observer => observer.AlarmRaised(alarm));
    }

    private static string Seconds(TimeSpan time) => ((long)time.TotalSeconds).ToString(CultureInfo.InvariantCulture);

    // 2019-06-10T14:18:51.819: devices set their clocks by it (9.10).
    private SipHeader Date() => new(
        "Date", _time.GetUtcNow().ToOffset(_options.DeviceUtcOffset).ToString("yyyy-MM-dd'T'HH:mm:ss.fff", CultureInfo.InvariantCulture));
}
