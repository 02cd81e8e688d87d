using System.Net;
using System.Text.Json;
using CommandCenter.Cameras.Sources;
using CommandCenter.Cameras.Tests.Gb28181;
using CommandCenter.Testing;
using CommandCenter.Web.Access;
using CommandCenter.Web.Cameras;
using CommandCenter.Web.Cameras.Gb;
using CommandCenter.Web.Tests.Access;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CommandCenter.Web.Tests.Cameras.Gb;

/// <summary>The product with its GB/T 28181 server on free ports of the loopback.</summary>
internal sealed class GbProduct : IAsyncDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private GbProduct(ProductUnderTest product) => Product = product;

    public ProductUnderTest Product { get; }

    public GbHost Host => Product.Services.GetRequiredService<GbHost>();

    public IPEndPoint Address => Host.Server!.LocalEndPoint;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<GbProduct> StartAsync(Action<GbOptions>? configure = null, TimeSpan? mainLinger = null)
    {
        var product = new GbProduct(await ProductUnderTest.StartAsync(null, services =>
        {
            services.AddSingleton(Options.Create(new GatewayOptions { MainLinger = mainLinger ?? TimeSpan.FromSeconds(1) }));
            services.PostConfigure<GbOptions>(options =>
            {
                options.Listen = "127.0.0.1:0";
                options.ServerId = FakeHost.ServerId;
                (options.MediaPortMin, options.MediaPortMax) = (0, 0);
                configure?.Invoke(options);
            });
        }));
        await product.EventuallyAsync("the server to listen", () => product.Host.Server is not null);
        return product;
    }

    /// <summary>Registers a camera; without a device it is a device itself.</summary>
    public async Task RegisterAsync(string id, string channel, string officer = "officer-1", string? device = null, string? password = FakeHost.Password, string datum = "WGS84", bool hasSub = true)
    {
        using var system = await Product.ClientOfAsync(Role.SystemAdministrator);
        var draft = FilmedProduct.Draft(officer: officer, secret: password);
        (draft["kind"], draft["main"], draft["sub"], draft["user"], draft["datum"]) = ("gb28181", channel, hasSub ? channel : null, device, datum);
        Assert.Equal((HttpStatusCode.OK, ""), await FilmedProduct.PutAsync(system, id, draft));
        var register = Product.Services.GetRequiredService<GbRegister>();
        await EventuallyAsync("the device to be known", () => register.IsKnown(device ?? channel));
    }

    /// <summary>Somebody's page with tiles.</summary>
    public async Task<TilePage> OpenAsync() =>
        await FilmedProduct.OpenAsync(Product, await SignedIn.BeginAsync(Product.Services, Role.CommandStaff, cancellationToken: Token));

    /// <summary>A camera as the API shows it.</summary>
    public async Task<JsonElement> CameraAsync(string id) =>
        (await Product.GetAsync("/api/v1/cameras")).GetProperty("cameras").EnumerateArray().Single(camera => camera.GetProperty("id").GetString() == id);

    /// <summary>Waits until a camera has a state and a reason.</summary>
    public Task StateAsync(string id, string state, string reason) => Eventually.TrueAsync(
        $"{id} to be {state} {reason}", Patience,
        async _ => await CameraAsync(id) is var camera && camera.GetProperty("state").GetString() == state && camera.GetProperty("reason").GetString() == reason, Token);

    public Task EventuallyAsync(string what, Func<bool> isTrue) => Eventually.TrueAsync(what, Patience, _ => Task.FromResult(isTrue()), Token);

    public ValueTask DisposeAsync() => Product.DisposeAsync();
}
