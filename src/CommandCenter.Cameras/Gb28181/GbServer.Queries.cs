using System.Collections.Concurrent;
using System.Globalization;
using CommandCenter.Cameras.Gb28181.Manscdp;
using CommandCenter.Cameras.Gb28181.Sip;

namespace CommandCenter.Cameras.Gb28181;

// What we ask devices.
public sealed partial class GbServer
{
    private const int CatalogCountMax = 20_000;

    private static readonly SipHeader s_manscdp = new(SipHeader.ContentType, ManscdpWriter.ContentType);
    private static readonly SipHeader s_presence = new(SipHeader.Event, "presence");
    private static readonly TimeSpan s_subscribedFor = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan s_retryAfter = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<(string DeviceId, string Command, int Number), GbQuery> _queries = [];
    private readonly ConcurrentDictionary<string, GbSubscription> _subscriptions = new(StringComparer.Ordinal); // By device.
    private int _serialNumber;

    /// <summary>Asks a device for what it has: 9.3. Its answer comes in many messages and is given when it is whole.</summary>
    /// <exception cref="GbException">The device is offline, refused, or said less than it promised in the time that a query has.</exception>
    public async Task<IReadOnlyList<GbChannel>> QueryCatalogAsync(string deviceId, CancellationToken cancellationToken)
    {
        var items = 0;
        var channels = new List<GbChannel>();
        await QueryAsync(
            deviceId,
            "Catalog",
            document =>
            {
                var list = document.Child("DeviceList")?.Children.Where(static child => child.Name == "Item").ToArray() ?? [];
                items += list.Length;
                channels.AddRange(list.Select(ManscdpValues.Channel).OfType<GbChannel>());
                return ManscdpValues.Count(document, "SumNum", CatalogCountMax) is not { } sum || items >= sum;
            },
            cancellationToken);
        return channels;
    }

    /// <summary>Asks a device what it is.</summary>
    /// <exception cref="GbException">The device is offline, refused, or did not say.</exception>
    public async Task<GbDeviceInfo> QueryInfoAsync(string deviceId, CancellationToken cancellationToken) =>
        ManscdpValues.Info(await QueryAsync(deviceId, "DeviceInfo", static _ => true, cancellationToken));

    /// <summary>Asks a device how it does.</summary>
    /// <exception cref="GbException">The device is offline, refused, or did not say.</exception>
    public async Task<GbDeviceStatus> QueryStatusAsync(string deviceId, CancellationToken cancellationToken) =>
        ManscdpValues.Status(await QueryAsync(deviceId, "DeviceStatus", static _ => true, cancellationToken));

    /// <summary>
    /// Asks a device to say where it is, again and again: 9.11. It lasts until the device is offline; the host subscribes anew when it is back.
    /// </summary>
    /// <param name="deviceId">20 digits.</param>
    /// <param name="interval">How often; 1 s to 1 h.</param>
    /// <param name="cancellationToken">Ends the wait for the device's answer.</param>
    /// <exception cref="GbException">The device is offline or refused.</exception>
    public async Task SubscribePositionsAsync(string deviceId, TimeSpan interval, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(interval, TimeSpan.FromSeconds(1));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(interval, TimeSpan.FromHours(1));
        // Before it is asked for: a device may say where it is before its answer is read.
        var subscription = new GbSubscription(deviceId, interval) { DueAt = _time.GetUtcNow() + s_retryAfter };
        _subscriptions[deviceId] = subscription;
        try
        {
            await SubscribeAsync(subscription, s_subscribedFor, cancellationToken);
        }
        catch
        {
            _ = _subscriptions.TryRemove(new KeyValuePair<string, GbSubscription>(deviceId, subscription));
            throw;
        }
    }

    /// <summary>Ends a subscription; without one nothing happens.</summary>
    /// <exception cref="GbException">The device did not answer; the subscription is over all the same.</exception>
    public async Task UnsubscribePositionsAsync(string deviceId, CancellationToken cancellationToken)
    {
        if (_subscriptions.TryRemove(deviceId, out var subscription) && _devices.FindOnline(deviceId) is not null)
        {
            await SubscribeAsync(subscription, TimeSpan.Zero, cancellationToken);
        }
    }

    private async Task SubscribeAsync(GbSubscription subscription, TimeSpan time, CancellationToken cancellationToken)
    {
        var (_, peer) = Find(subscription.DeviceId);
        var body = ManscdpWriter.PositionQuery(Interlocked.Increment(ref _serialNumber), subscription.DeviceId, (int)subscription.Interval.TotalSeconds);
        var answer = await _client.RequestAsync(
            peer,
            _requests.Make("SUBSCRIBE", peer, subscription.Dialog, body, s_manscdp, s_presence, new SipHeader(SipHeader.Expires, Seconds(time))),
            cancellationToken);
        if (answer.Status >= 300)
        {
            throw GbException.Of(answer.Status, answer.Reason);
        }

        subscription.Dialog.To = answer.Header(SipHeader.To);
        var granted = SipText.Number(answer.Header(SipHeader.Expires), int.MaxValue) is > 0 and var seconds ? TimeSpan.FromSeconds(seconds) : time;
        subscription.DueAt = _time.GetUtcNow() + (granted * 0.8);
    }

    // Once a second. A renewal that fails is tried again until the device is offline.
    private void RenewSubscriptions()
    {
        var now = _time.GetUtcNow();
        foreach (var subscription in _subscriptions.Values.Where(running => running.DueAt <= now && running.Renewing.IsCompleted))
        {
            subscription.DueAt = now + s_retryAfter;
            subscription.Renewing = RenewAsync(subscription);
        }
    }

    private async Task RenewAsync(GbSubscription subscription)
    {
        try
        {
            await SubscribeAsync(subscription, s_subscribedFor, _closing.Token);
        }
        catch (GbException exception) when (exception.Code is GbException.Unavailable or GbException.Refused or GbException.NoChannel)
        {
            subscription.Dialog.To = null; // The device forgot it (481): the next try begins a new one.
        }
        catch (Exception exception) when (exception is GbException or OperationCanceledException)
        {
            // It did not answer, or we are stopping.
        }
    }

    private async Task<ManscdpElement> QueryAsync(
        string deviceId, string command, Func<ManscdpElement, bool> isWhole, CancellationToken cancellationToken)
    {
        var (_, peer) = Find(deviceId);
        var number = Interlocked.Increment(ref _serialNumber);
        var query = new GbQuery(isWhole);
        _queries[(deviceId, command, number)] = query;
        try
        {
            var request = _requests.Make("MESSAGE", peer, new GbDialog(deviceId), ManscdpWriter.Query(command, number, deviceId), s_manscdp);
            var answer = await _client.RequestAsync(peer, request, cancellationToken);
            if (answer.Status >= 300)
            {
                throw GbException.Of(answer.Status, answer.Reason);
            }

            return await query.Whole.WaitAsync(_options.QueryTimeout, _time, cancellationToken);
        }
        catch (TimeoutException)
        {
            throw new GbException(
                GbException.Timeout,
                string.Create(CultureInfo.InvariantCulture, $"The device did not say all of its {command} in {_options.QueryTimeout.TotalSeconds:0} s."));
        }
        finally
        {
            _ = _queries.TryRemove((deviceId, command, number), out _);
        }
    }

    private void TakeResponse(string deviceId, string command, ManscdpElement document)
    {
        if (ManscdpValues.SerialNumber(document) is { } number && _queries.TryGetValue((deviceId, command, number), out var query))
        {
            query.Take(document);
        }
    }

    private (GbDevice Device, SipPeer Peer) Find(string deviceId) =>
        _devices.FindOnline(deviceId) ?? throw new GbException(GbException.Offline, $"The device {deviceId} is not online.");
}
