using CommandCenter.Cameras.Gb28181;
using CommandCenter.Cameras.Tests.Gb28181;
using CommandCenter.Web.Cameras;
using CommandCenter.Web.Cameras.Gb;
using CommandCenter.Web.Tests.Docs;

namespace CommandCenter.Web.Tests.Cameras.Gb;

/// <summary>The options of the server against docs/gb28181.md, and the numbers of its cameras.</summary>
public sealed class GbOptionsTests
{
    private static readonly string s_device = FakeHost.IdOf(1);

    [Fact]
    public void The_keys_are_those_of_the_options() => Assert.Equal(
        typeof(GbOptions).GetProperties().Where(static property => property.CanWrite).Select(static property => "Gb28181__" + property.Name).Order(StringComparer.Ordinal),
        MarkdownFile.Read("docs", "gb28181.md").FirstColumnOf("key").Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("", "", "")]
    [InlineData("10.1.0.5:5060", FakeHost.ServerId, "")]
    [InlineData("10.1.0.5", FakeHost.ServerId, "Listen")]
    [InlineData("[::1]:5060", FakeHost.ServerId, "Listen")]
    [InlineData("here:5060", FakeHost.ServerId, "Listen")]
    [InlineData("10.1.0.5:5060", "1", "ServerId")]
    public void What_is_wrong_stops_the_start_and_is_named(string listen, string serverId, string fault)
    {
        var result = new GbOptionsValidator().Validate(null, new GbOptions { Listen = listen, ServerId = serverId });

        Assert.Equal(fault.Length == 0, result.Succeeded);
        Assert.All(result.Failures ?? [], failure => Assert.StartsWith("Gb28181:" + fault, failure, StringComparison.Ordinal));
    }

    [Fact]
    public void What_is_not_set_is_as_the_server_has_it()
    {
        var options = new GbOptions { Listen = "127.0.0.1:5060", ServerId = FakeHost.ServerId };

        Assert.Equal(new GbServerOptions { ServerId = FakeHost.ServerId, Address = System.Net.IPAddress.Loopback }, options.ToServer());
    }

    [Theory]
    [InlineData("34020000001320000001", null, null, null)]
    [InlineData("34020000001320000001", "34020000001320000001", null, null)]
    [InlineData("34020000001320000001", "34020000001320000002", "34020000001110000001", null)]
    [InlineData("3402000000132000001", null, null, "camera.address")]
    [InlineData("34020000001320000001", "sub", null, "camera.address")]
    [InlineData("34020000001320000001", null, "admin", "camera.user")]
    public void A_camera_is_a_channel_of_a_device(string main, string? sub, string? device, string? fault)
    {
        var camera = new CameraDevice("gb-1", FilmedProduct.Own, "officer-1", "1", CameraSourceKind.Gb28181, main, sub, device, HasSecret: true, IsEnabled: true, 1);

        Assert.Equal(fault, GbCamera.FaultOf(camera, FakeHost.Password));
        Assert.Equal(device ?? main, GbCamera.DeviceOf(camera));
    }
}
