using System.Net;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text.Json;
using CommandCenter.Testing;
using CommandCenter.Web.Access;
using CommandCenter.Web.Cameras;
using CommandCenter.Web.Hosting;
using CommandCenter.Web.Tests.Access;
using Microsoft.Extensions.DependencyInjection;

namespace CommandCenter.Web.Tests.Cameras;

/// <summary>The product with cameras of tests in the place of the gateway.</summary>
internal sealed class FilmedProduct : IAsyncDisposable
{
    public const string Own = ShippedConfig.Pudong;
    public const string Elsewhere = "沪0106";

    private FilmedProduct(FilmedFeeds feeds, ProductUnderTest product)
    {
        Feeds = feeds;
        Product = product;
    }

    public FilmedFeeds Feeds { get; }

    public ProductUnderTest Product { get; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<FilmedProduct> StartAsync(Action<CameraOptions>? configure = null, Action<ServeOptions>? serve = null)
    {
        var feeds = new FilmedFeeds();
        return new FilmedProduct(feeds, await ProductUnderTest.StartAsync(serve, services =>
        {
            services.AddSingleton<ICameraFeeds>(feeds);
            services.PostConfigure<CameraOptions>(options =>
            {
                options.LookGrace = TimeSpan.Zero;
                configure?.Invoke(options);
            });
        }));
    }

    /// <summary>A camera as it is registered.</summary>
    public static Dictionary<string, object?> Draft(string court = Own, string officer = "officer-1", string? secret = "s3cret-of-a-camera", long? revision = null) => new()
    {
        ["court"] = court,
        ["officer"] = officer,
        ["name"] = "胸针 1",
        ["kind"] = "rtsp-pull",
        ["main"] = "rtsp://10.0.0.9/main",
        ["sub"] = "rtsp://10.0.0.9/sub",
        ["user"] = "viewer",
        ["secret"] = secret,
        ["enabled"] = true,
        ["clearSecret"] = false,
        ["revision"] = revision,
    };

    /// <summary>Registers a camera and waits until it has streams.</summary>
    public async Task RegisterAsync(string id, string court = Own, string officer = "officer-1")
    {
        using var system = await Product.ClientOfAsync(Role.SystemAdministrator);
        Assert.Equal((HttpStatusCode.OK, ""), await PutAsync(system, id, Draft(court, officer)));
        await Eventually.TrueAsync("the camera to have streams", TimeSpan.FromSeconds(10), _ => Task.FromResult(Feeds.Find(id, StreamKind.Sub) is not null), Token);
    }

    /// <summary>Saves a camera.</summary>
    /// <returns>The status, and the code of a refusal.</returns>
    public static async Task<(HttpStatusCode Status, string Code)> PutAsync(HttpClient client, string id, Dictionary<string, object?> draft)
    {
        using var answer = await client.PutAsJsonAsync(new Uri("/api/v1/cameras/devices/" + id, UriKind.Relative), draft, Token);
        return (answer.StatusCode, answer.IsSuccessStatusCode ? "" : (await answer.Content.ReadFromJsonAsync<JsonElement>(Token)).GetProperty("code").GetString()!);
    }

    /// <summary>Somebody's page with tiles.</summary>
    public async Task<TilePage> OpenAsync(Role role = Role.CommandStaff, string? court = null) =>
        await OpenAsync(await SignedIn.BeginAsync(Product.Services, role, court, cancellationToken: Token));

    /// <summary>The page of a session.</summary>
    public Task<TilePage> OpenAsync(string cookie, string? origin = null) => OpenAsync(Product, cookie, origin);

    /// <summary>The page of a session of another product.</summary>
    public static async Task<TilePage> OpenAsync(ProductUnderTest product, string cookie, string? origin = null)
    {
        var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Cookie", cookie);
        if (origin is not null)
        {
            socket.Options.SetRequestHeader("Origin", origin);
        }

        socket.Options.CollectHttpResponseDetails = true;
        var page = new TilePage(socket);
        try
        {
            await socket.ConnectAsync(new UriBuilder(product.Address) { Scheme = "ws", Path = "/cameras/feed" }.Uri, Token);
        }
        catch (WebSocketException)
        {
            page.Refused = socket.HttpStatusCode;
        }

        return page;
    }

    public ValueTask DisposeAsync() => Product.DisposeAsync();
}
