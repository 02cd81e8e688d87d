using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using CommandCenter.Runtime.Journal;
using CommandCenter.Testing;
using CommandCenter.Web.Access;
using CommandCenter.Web.Grains;
using CommandCenter.Web.Hosting;
using CommandCenter.Web.Intake;
using CommandCenter.Web.Reading;
using CommandCenter.Web.Recount;
using CommandCenter.Web.Tests.Access;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CommandCenter.Web.Tests;

/// <summary>The product itself, as the verb <c>serve</c> builds it, on a free port of the loopback and a data directory of its own.</summary>
internal sealed class ProductUnderTest : IAsyncDisposable
{
    private readonly TemporaryDirectory _data;
    private readonly Action<ServeOptions>? _configure;
    private readonly Action<IServiceCollection>? _replace;
    private ProductApp _app;
    private bool _isClosed;

    private ProductUnderTest(TemporaryDirectory data, Action<ServeOptions>? configure, Action<IServiceCollection>? replace, ProductApp app)
    {
        _data = data;
        _configure = configure;
        _replace = replace;
        _app = app;
        Client = Connect();
    }

    /// <summary>A client that may do everything: each request goes as somebody who may.</summary>
    public HttpClient Client { get; private set; }

    public Uri Address => new(_app.Web.Urls.First());

    /// <summary>All of them, where it listens on several.</summary>
    public IEnumerable<Uri> Addresses => _app.Web.Urls.Select(static url => new Uri(url));

    public GrainHost Grains => _app.Grains;

    public RecountJob Recount => _app.Web.Services.GetRequiredService<RecountJob>();

    public IServiceProvider Services => _app.Web.Services;

    public string DataDirectory => _data.Path;

    public string KeyFile => Path.Combine(_data.Path, "keys", "intake.key");

    public string Key => File.ReadAllText(KeyFile).Trim();

    /// <summary>The key of another kind of machine.</summary>
    public string KeyOf(string machine) => File.ReadAllText(Path.Combine(_data.Path, "keys", machine + ".key")).Trim();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Starts a product that holds nothing, with two partitions unless told otherwise.</summary>
    public static async Task<ProductUnderTest> StartAsync(Action<ServeOptions>? configure = null, Action<IServiceCollection>? replace = null)
    {
        var data = new TemporaryDirectory();
        try
        {
            return new ProductUnderTest(data, configure, replace, await ServeAsync(data.Path, configure, replace));
        }
        catch
        {
            data.Dispose();
            throw;
        }
    }

    /// <summary>Waits until the lists of payments know all that is booked now: they read the journal, beside its writer.</summary>
    public Task PaymentsReadAsync() => PaymentsReadAsync(Services, Grains, TimeProvider.System.GetUtcNow());

    private static Task PaymentsReadAsync(IServiceProvider services, GrainHost grains, DateTimeOffset since)
    {
        var book = services.GetRequiredService<FundsBook>();
        return Eventually.TrueAsync(
            "the payments to be read", TimeSpan.FromSeconds(30), _ => Task.FromResult(Enumerable.Range(0, grains.PartitionCount).All(partition => book.AsOf(partition) >= since)), Token);
    }

    /// <summary>Posts lines, each ended by a line feed.</summary>
    public Task<HttpResponseMessage> PostAsync(params string[] lines) => PostAsync(Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n"));

    /// <summary>Posts a body as it is.</summary>
    public async Task<HttpResponseMessage> PostAsync(byte[] body, string? encoding = null, string mediaType = "application/x-ndjson")
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue(mediaType);
        if (encoding is not null)
        {
            _ = content.Headers.TryAddWithoutValidation("Content-Encoding", encoding);
        }

        return await Client.PostAsync(new Uri("/api/v1/events", UriKind.Relative), content, Token);
    }

    /// <summary>Posts lines that must be answered 200.</summary>
    public Task<IntakeAnswer> SendAsync(params string[] lines) => AnswerAsync(PostAsync(lines));

    /// <summary>The answer 200 to a request.</summary>
    public static async Task<IntakeAnswer> AnswerAsync(Task<HttpResponseMessage> posting)
    {
        using var response = await posting;
        Assert.True(response.StatusCode == HttpStatusCode.OK, $"{response.StatusCode}: {await response.Content.ReadAsStringAsync(Token)}");
        return (await response.Content.ReadFromJsonAsync<IntakeAnswer>(Token))!;
    }

    /// <summary>The body of a page of the API.</summary>
    public async Task<JsonElement> GetAsync(string path) => await Client.GetFromJsonAsync<JsonElement>(new Uri(path, UriKind.Relative), Token);

    /// <summary>A case as the API shows it.</summary>
    public Task<JsonElement> CaseAsync(string number) => GetAsync("/api/v1/cases/" + Uri.EscapeDataString(number));

    /// <summary>The figures of everything up to today, of the whole city.</summary>
    public async Task<JsonElement> TotalsAsync() => (await GetAsync("/api/v1/totals")).GetProperty("all");

    /// <summary>What happens while it stands still.</summary>
    public Action? BeforeRestart { get; set; }

    /// <summary>Stops cleanly and starts again on the same data.</summary>
    public async Task RestartAsync()
    {
        await CloseAsync();
        BeforeRestart?.Invoke();
        _app = await ServeAsync(_data.Path, _configure, _replace);
        _isClosed = false;
        Client = Connect();
    }

    /// <summary>Stops cleanly and reads the whole journal.</summary>
    public async Task<VerificationReport> StopAndVerifyAsync()
    {
        await CloseAsync();
        return PartitionVerifier.Verify(_data.Path, Token);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_isClosed)
        {
            await CloseAsync();
        }

        foreach (var ending in new[] { "", ".pub", ".head" })
        {
            File.Delete(_data.Path + ".audit-key.pem" + ending);
        }

        _data.Dispose();
    }

    private static async Task<ProductApp> ServeAsync(string data, Action<ServeOptions>? configure, Action<IServiceCollection>? replace)
    {
        var options = new ServeOptions
        {
            DataDirectory = data,
            ConfigDirectory = RepositoryRoot.Combine("wallboard-config"),
            Urls = "http://127.0.0.1:0",
            PartitionCount = 2,
            LogLevelMin = LogLevel.Error,
            SettingsFile = RepositoryRoot.Combine("tests", "CommandCenter.Web.Tests", "Hosting", "Limits", "without-limits.json"), // One account asks for all.
        };
        configure?.Invoke(options);
        var app = await ProductApp.OpenAsync(options, replace, Token);
        try
        {
            await app.Web.StartAsync(Token);
            await PaymentsReadAsync(app.Web.Services, app.Grains, DateTimeOffset.MinValue);
            return app;
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    private HttpClient Connect() => new(new AsWhoeverMay(this)) { BaseAddress = Address };

    /// <summary>A client of somebody with a role, in a session of his own; it follows no redirections.</summary>
    public async Task<HttpClient> ClientOfAsync(Role role, string? court = null, string? handler = null)
    {
        var client = Stranger();
        client.DefaultRequestHeaders.Add("Cookie", await SignedIn.BeginAsync(Services, role, court, handler, Token));
        return client;
    }

    /// <summary>A client of nobody; it follows no redirections.</summary>
    public HttpClient Stranger() => new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = Address };

    private async Task CloseAsync()
    {
        _isClosed = true;
        Client.Dispose();
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
    }
}
