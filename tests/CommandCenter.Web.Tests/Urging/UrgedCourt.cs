using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CommandCenter.Testing;
using CommandCenter.Web.Access;
using CommandCenter.Web.Tests.Intake;

namespace CommandCenter.Web.Tests.Urging;

/// <summary>One product for a class of tests: Pudong with cases of two handlers, a neighbour and another area, and somebody of each.</summary>
public sealed class UrgedCourt : IAsyncLifetime
{
    public const string Neighbour = "沪0104"; // Of the same area.
    public const string Elsewhere = "沪0101"; // Of another.

    private ProductUnderTest _product = null!;

    /// <summary>The number of the last case made; each test takes cases of its own.</summary>
    private int _last;

    internal ProductUnderTest Product => _product;

    internal HttpClient Chief { get; private set; } = null!;

    internal HttpClient Handler { get; private set; } = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _product = await ProductUnderTest.StartAsync();
        Chief = await _product.ClientOfAsync(Role.CourtChief, ShippedConfig.Pudong);
        Handler = await _product.ClientOfAsync(Role.Handler, ShippedConfig.Pudong, "judge-1");
    }

    public async ValueTask DisposeAsync()
    {
        Chief.Dispose();
        Handler.Dispose();
        await _product.DisposeAsync();
    }

    /// <summary>A case of a handler, or of nobody.</summary>
    internal async Task<string> CaseAsync(string? handler = "judge-1", string court = ShippedConfig.Pudong, DateTimeOffset? filed = null)
    {
        var number = Interlocked.Increment(ref _last);
        var at = (filed ?? TimeProvider.System.GetUtcNow().AddDays(-10)).ToString("O");
        string[] lines = [EventLine.Of("case.filed", $"filed-{number}", number, at: at, court: court)];
        if (handler is not null)
        {
            lines = [.. lines, EventLine.Of("case.assigned", $"assigned-{number}", number, $$"""{"handler":"{{handler}}"}""", at, court)];
        }

        Assert.Equal(lines.Length, (await _product.SendAsync(lines)).Accepted);
        return EventLine.Number(number, court);
    }

    /// <summary>Another event of a case.</summary>
    internal async Task TellAsync(string number, string type, string data, DateTimeOffset? at = null)
    {
        var line = EventLine.Good(type);
        line["id"] = Guid.NewGuid().ToString("N");
        line["at"] = (at ?? TimeProvider.System.GetUtcNow()).ToString("O");
        line["court"] = number[(number.IndexOf(')', StringComparison.Ordinal) + 1)..number.IndexOf('执', StringComparison.Ordinal)];
        line["case"] = number;
        line["data"] = System.Text.Json.Nodes.JsonNode.Parse(data);
        Assert.Equal(1, (await _product.SendAsync(EventLine.Text(line))).Accepted);
    }

    internal static Task<(HttpStatusCode Status, string? Code, JsonElement Body)> UrgeAsync(HttpClient client, string number, string? id = null, string about = "limit", string? text = null, string? due = null) =>
        PostAsync(client, $"/api/v1/cases/{Uri.EscapeDataString(number)}/urges", new { id = id ?? Guid.NewGuid().ToString("N"), about, text, due });

    internal static Task<(HttpStatusCode Status, string? Code, JsonElement Body)> ReplyAsync(HttpClient client, string number, string urgeId, string? text = "已办") =>
        PostAsync(client, $"/api/v1/cases/{Uri.EscapeDataString(number)}/urges/{urgeId}/reply", new { text });

    /// <summary>What the tablet of somebody shows.</summary>
    internal static Task<JsonElement> TabletAsync(HttpClient client, string query = "") => client.GetFromJsonAsync<JsonElement>(new Uri("/api/v1/tablet" + query, UriKind.Relative), Token);

    private static async Task<(HttpStatusCode Status, string? Code, JsonElement Body)> PostAsync(HttpClient client, string path, object body)
    {
        using var answer = await client.PostAsJsonAsync(new Uri(path, UriKind.Relative), body, Token);
        var json = await answer.Content.ReadFromJsonAsync<JsonElement>(Token);
        return (answer.StatusCode, json.TryGetProperty("code", out var code) ? code.GetString() : null, json);
    }
}
