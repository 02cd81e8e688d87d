using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using CommandCenter.Testing;
using CommandCenter.Web.Access;
using CommandCenter.Web.Recordings;
using CommandCenter.Web.Tests.Access;
using CommandCenter.Web.Tests.Cameras;
using Microsoft.Extensions.DependencyInjection;

namespace CommandCenter.Web.Tests.Recordings;

/// <summary>The product with cameras of tests whose pictures can be recorded: real parameter sets, slices of noise.</summary>
internal sealed partial class RecordedProduct : IAsyncDisposable
{
    private readonly FilmedProduct _filmed;

    private RecordedProduct(FilmedProduct filmed) => _filmed = filmed;

    public ProductUnderTest Product => _filmed.Product;

    public FilmedFeeds Feeds => _filmed.Feeds;

    public RecordingKeeper Keeper => Product.Services.GetRequiredService<RecordingKeeper>();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<RecordedProduct> StartAsync() => new(await FilmedProduct.StartAsync());

    /// <summary>A second of 15 pictures, of which the first is a key picture.</summary>
    public static H264Clip Clip()
    {
        var random = new Random(1);
        List<byte> stream = [];
        byte[] sets = [0, 0, 0, 1, 0x67, 0x64, 0x00, 0x1e, 0xac, 0xb4, 0x05, 0x01, 0x7f, 0xca, 0x80, 0, 0, 0, 1, 0x68, 0xce, 0x3c, 0x80];
        for (var i = 0; i < 15; i++)
        {
            stream.AddRange(i == 0 ? sets : []);
            stream.AddRange([0, 0, 0, 1, i == 0 ? (byte)0x65 : (byte)0x41, 0x88]);
            stream.AddRange(Enumerable.Range(0, 400).Select(_ => (byte)random.Next(1, 256)));
        }

        return H264Clip.Cut([.. stream]);
    }

    public Task RegisterAsync(string id, string court = FilmedProduct.Own, string officer = "officer-1") => _filmed.RegisterAsync(id, court, officer);

    /// <summary>Films until there are some seconds of every one of these on the disk.</summary>
    public async Task RecordAsync(params string[] names)
    {
        await using var running = Feeds.Run(Clip());
        var since = TimeProvider.System.GetUtcNow();
        await Eventually.TrueAsync(
            "seconds to be recorded", TimeSpan.FromSeconds(30),
            _ => Task.FromResult(names.All(name => Keeper.Library.Ranges(name, since, since.AddHours(1)) is [.., var range] && range.Until - since > TimeSpan.FromSeconds(2.5))), Token);
    }

    public Task StateAsync(string name, string state) => Eventually.TrueAsync(
        $"{name} to be {state}", TimeSpan.FromSeconds(30), _ => Task.FromResult(Keeper.States.GetValueOrDefault(name) == state), Token);

    /// <summary>Changes a camera by the API.</summary>
    public async Task ChangeAsync(string id, long revision, Action<Dictionary<string, object?>> change)
    {
        using var system = await Product.ClientOfAsync(Role.SystemAdministrator);
        var draft = FilmedProduct.Draft(revision: revision);
        change(draft);
        Assert.Equal((HttpStatusCode.OK, ""), await FilmedProduct.PutAsync(system, id, draft));
    }

    /// <summary>The records of the trace that begin so, newest first.</summary>
    public async Task<JsonElement[]> TrailAsync(string action)
    {
        using var auditor = await Product.ClientOfAsync(Role.Auditor);
        return [.. (await auditor.GetFromJsonAsync<JsonElement>(new Uri("/api/v1/trail?action=" + action, UriKind.Relative), Token)).GetProperty("items").EnumerateArray()];
    }

    /// <summary>Waits for a record of the trace.</summary>
    public async Task<JsonElement> TracedAsync(string action, Func<JsonElement, bool>? isSo = null)
    {
        JsonElement found = default;
        await Eventually.TrueAsync(action, TimeSpan.FromSeconds(30), async _ => (found = (await TrailAsync(action)).FirstOrDefault(isSo ?? (static _ => true))).ValueKind == JsonValueKind.Object, Token);
        return found;
    }

    /// <summary>Somebody's browser without scripts: opens the page of a camera and sends one of its forms.</summary>
    public async Task<HttpResponseMessage> SendAsync(string session, string path, Dictionary<string, string> fields, string page)
    {
        using var client = Product.Stranger();
        using var opening = new HttpRequestMessage(HttpMethod.Get, page);
        opening.Headers.Add("Cookie", session);
        using var opened = await client.SendAsync(opening, Token);
        var form = opened.Headers.GetValues("Set-Cookie").First(static cookie => cookie.StartsWith("cc-form=", StringComparison.Ordinal)).Split(';')[0];
        fields["__RequestVerificationToken"] = TokenPattern().Match(await opened.Content.ReadAsStringAsync(Token)).Groups[1].Value;
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(fields) };
        request.Headers.Add("Cookie", $"{session}; {form}");
        return await client.SendAsync(request, Token);
    }

    public Task<string> SessionAsync(Role role, string? court = null) => SignedIn.BeginAsync(Product.Services, role, court, cancellationToken: Token);

    public ValueTask DisposeAsync() => _filmed.DisposeAsync();

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex TokenPattern();
}
