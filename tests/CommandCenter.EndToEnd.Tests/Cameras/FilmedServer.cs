using System.Text.RegularExpressions;
using CommandCenter.Testing;
using CommandCenter.Web.Access;
using CommandCenter.Web.Accounts;
using CommandCenter.Web.Cameras;
using CommandCenter.Web.Hosting;
using CommandCenter.Web.Tests.Cameras;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Playwright;
using Cookie = Microsoft.Playwright.Cookie;

namespace CommandCenter.EndToEnd.Tests.Cameras;

/// <summary>The product in this process, with the pictures of a clip in the place of cameras, so that a browser can show them without GStreamer.</summary>
internal sealed class FilmedServer : IAsyncDisposable
{
    private readonly TemporaryDirectory _data;
    private readonly int _port;
    private readonly bool _hasGateway;
    private ProductApp _app = null!;

    private FilmedServer(TemporaryDirectory data, int port, bool hasGateway)
    {
        _data = data;
        _port = port;
        _hasGateway = hasGateway;
    }

    public FilmedFeeds Feeds { get; private set; } = new();

    public Uri Address => new($"http://127.0.0.1:{_port}/");

    public IServiceProvider Services => _app.Web.Services;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <param name="hasGateway">Whether the pictures come through the gateway after all.</param>
    public static async Task<FilmedServer> StartAsync(bool hasGateway = false)
    {
        var server = new FilmedServer(new TemporaryDirectory(), LoopbackPort.Free(), hasGateway);
        await server.ServeAsync();
        return server;
    }

    /// <summary>Ends, and comes back on the same port with the same data.</summary>
    public async Task RestartAsync()
    {
        await CloseAsync();
        Feeds = new FilmedFeeds();
        await ServeAsync();
    }

    /// <summary>Registers a camera of an officer who is on duty.</summary>
    public async Task RegisterAsync(string id, string officer, string court = ShippedConfig.Pudong, string kind = "rtsp-pull", string? address = null)
    {
        var draft = new CameraDraft(court, officer, "胸针 " + id, kind, address ?? "rtsp://10.0.0.9/" + id, null, null, null, ClearSecret: false, Enabled: true, Revision: null);
        Assert.Null(await Services.GetRequiredService<CameraDesk>().SaveAsync(new DefaultHttpContext(), id, draft, Token));
        using var client = new HttpClient { BaseAddress = Address };
        client.DefaultRequestHeaders.Authorization = new("Bearer", (await File.ReadAllTextAsync(Path.Combine(_data.Path, "keys", "intake.key"), Token)).Trim());
        using var content = new StringContent(
            $$$"""{"id":"{{{Guid.NewGuid()}}}","type":"officer.duty","at":"{{{TimeProvider.System.GetUtcNow():O}}}","court":"{{{court}}}","by":"{{{officer}}}","data":{"state":"on"}}""" + "\n",
            System.Text.Encoding.UTF8,
            "application/x-ndjson");
        using var answer = await client.PostAsync(new Uri("api/v1/events", UriKind.Relative), content, Token);
        Assert.Contains("\"accepted\":1", Regex.Replace(await answer.Content.ReadAsStringAsync(Token), @"\s", ""), StringComparison.Ordinal);
    }

    /// <summary>Signs a browser in.</summary>
    public async Task SignInAsync(IPage page, Role role)
    {
        await Services.GetRequiredService<AccountHouse>().Ready;
        await using var scope = Services.CreateAsyncScope();
        var account = new Account { UserName = $"{role}-{Guid.NewGuid():N}", DisplayName = "王敏", Role = role, LockoutEnabled = true };
        Assert.True((await scope.ServiceProvider.GetRequiredService<UserManager<Account>>().CreateAsync(account)).Succeeded);
        var session = await Services.GetRequiredService<SessionBook>().BeginAsync(account.Id, "127.0.0.1", "test", Token);
        var options = Services.GetRequiredService<IOptionsMonitor<CookieAuthenticationOptions>>().Get(SignInSchemes.Person);
        var now = TimeProvider.System.GetUtcNow();
        var viewer = new Viewer(account.Id, account.DisplayName, role, null, null, session.Id, IsSetUp: true);
        var ticket = new AuthenticationTicket(
            viewer.ToPrincipal(SignInSchemes.Person), new AuthenticationProperties { IssuedUtc = now, ExpiresUtc = now + options.ExpireTimeSpan }, SignInSchemes.Person);
        await page.Context.AddCookiesAsync([new Cookie { Name = SignInSchemes.PersonCookie, Value = options.TicketDataFormat.Protect(ticket), Url = Address.ToString() }]);
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        foreach (var ending in new[] { "", ".pub", ".head" })
        {
            File.Delete(_data.Path + ".audit-key.pem" + ending);
        }

        _data.Dispose();
    }

    private async Task CloseAsync()
    {
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
    }

    private async Task ServeAsync()
    {
        _app = await ProductApp.OpenAsync(
            new ServeOptions
            {
                DataDirectory = _data.Path,
                ConfigDirectory = RepositoryRoot.Combine("wallboard-config"),
                Urls = Address.GetLeftPart(UriPartial.Authority),
                PartitionCount = 2,
                LogLevelMin = LogLevel.Error,
                SettingsFile = RepositoryRoot.Combine("tests", "CommandCenter.Web.Tests", "Hosting", "Limits", "without-limits.json"),
            },
            _hasGateway ? null : services => services.AddSingleton<ICameraFeeds>(Feeds),
            Token);
        await _app.Web.StartAsync(Token);
    }
}
