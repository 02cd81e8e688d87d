using System.Net.WebSockets;
using CommandCenter.Testing;
using CommandCenter.Web.Hosting;
using CommandCenter.Web.Places;
using CommandCenter.Web.Tests.Access;
using CommandCenter.Web.Tests.Places;
using CommandCenter.Web.Wall;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CommandCenter.Web.Tests.Wall;

/// <summary>The wall's part of the product behind a test server, fed by <see cref="MovingCity"/> and moved by hand.</summary>
internal sealed class WallHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private WallHost(WebApplication app, ManualTime time, MovingCity city)
    {
        _app = app;
        Time = time;
        City = city;
        Client = app.GetTestClient();
    }

    public ManualTime Time { get; }

    public MovingCity City { get; }

    public HttpClient Client { get; }

    public static async Task<WallHost> StartAsync(Action<MovingCity>? arrange = null)
    {
        var root = FindRoot();
        var time = new ManualTime(new DateTimeOffset(2026, 11, 22, 1, 41, 23, TimeSpan.Zero));
        var city = new MovingCity(time);
        arrange?.Invoke(city);
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            ContentRootPath = root,
            WebRootPath = Path.Combine(root, "src", "CommandCenter.Web", "wwwroot"),
        });
        builder.Logging.ClearProviders();
        builder.WebHost.UseTestServer();
        builder.Services.AddSingleton<TimeProvider>(time);
        builder.Services.AddSingleton<IFigureSource>(city);
        EverybodyIsCommandStaff.Add(builder.Services);
        builder.Services.AddWall();
        builder.Services.AddPlaces(Path.Combine(root, "wallboard-config"), ShippedConfig.Courts).AddSingleton<IOfficerSource>(new MovingOfficers(time));
        var app = builder.Build();
        app.UseStaticFiles();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseAntiforgery();
        app.MapWall();
        app.MapBlazorScript();
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new WallHost(app, time, city);
    }

    public Task<WebSocket> ConnectWebSocketAsync(string path, CancellationToken cancellationToken) =>
        _app.GetTestServer().CreateWebSocketClient().ConnectAsync(new Uri("ws://localhost" + path), cancellationToken);

    public static string FindRoot()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "CommandCenter.sln")))
        {
            directory = directory.Parent;
        }

        return directory?.FullName ?? throw new InvalidOperationException("No CommandCenter.sln above the test binaries.");
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
    }
}
