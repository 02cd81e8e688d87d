using System.Collections.Concurrent;
using System.Net;
using System.Threading.Channels;
using CommandCenter.Cameras.Gb28181;

namespace CommandCenter.Cameras.Tests.Gb28181;

/// <summary>A server on loopback with devices that it knows, and all that it was told.</summary>
internal sealed class FakeHost : IGbDeviceDirectory, IGbObserver, IAsyncDisposable
{
    public const string ServerId = "34020000002000000001";
    public const string Password = "12345678";

    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly Channel<string> _events = Channel.CreateBounded<string>(10_000);

    private FakeHost(TimeProvider time, Func<GbServerOptions, GbServerOptions>? change)
    {
        var options = new GbServerOptions { ServerId = ServerId, Address = IPAddress.Loopback, Port = 0, MediaPortMin = 0, MediaPortMax = 0 };
        Server = new GbServer(change?.Invoke(options) ?? options, this, this, time);
    }

    public GbServer Server { get; }

    public IPEndPoint Address => Server.LocalEndPoint;

    public ConcurrentDictionary<string, GbDeviceEntry> Known { get; } = new(StringComparer.Ordinal);

    public ConcurrentQueue<GbPosition> Positions { get; } = new();

    public ConcurrentQueue<GbAlarm> Alarms { get; } = new();

    public ConcurrentQueue<Exception> Failures { get; } = new();

    public static string IdOf(int number) => $"3402000000132{number:D7}";

    public static async Task<FakeHost> StartAsync(TimeProvider? time = null, Func<GbServerOptions, GbServerOptions>? change = null)
    {
        var host = new FakeHost(time ?? TimeProvider.System, change);
        await host.Server.StartAsync(TestContext.Current.CancellationToken);
        for (var number = 1; number <= 300; number++)
        {
            host.Known[IdOf(number)] = new GbDeviceEntry(Password, IsAllowed: true);
        }

        return host;
    }

    public GbDeviceEntry? Find(string deviceId) => Known.GetValueOrDefault(deviceId);

    public void DeviceOnline(GbDevice device) => Add($"online {device.Id}");

    public void DeviceOffline(GbDevice device, GbOfflineReason reason) => Add($"offline {device.Id} {reason}");

    public void PositionChanged(GbPosition position)
    {
        Positions.Enqueue(position);
        Add($"position {position.DeviceId}");
    }

    public void AlarmRaised(GbAlarm alarm)
    {
        Alarms.Enqueue(alarm);
        Add($"alarm {alarm.DeviceId}");
    }

    public void Failed(Exception exception) => Failures.Enqueue(exception);

    /// <summary>Waits for something that the server tells.</summary>
    public async Task HearAsync(string expected)
    {
        try
        {
            while (await _events.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(Patience, TestContext.Current.CancellationToken) != expected)
            {
            }
        }
        catch (TimeoutException)
        {
            Assert.Fail($"Waited {Patience.TotalSeconds:0} s to hear: {expected}.");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        Assert.Empty(Failures); // Whatever a test sends: nothing in the server may throw.
    }

    private void Add(string what) => Assert.True(_events.Writer.TryWrite(what));
}
