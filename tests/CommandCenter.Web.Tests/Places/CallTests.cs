using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CommandCenter.Testing;
using CommandCenter.Web.Access;
using CommandCenter.Web.Tests.Cameras;
using CommandCenter.Web.Trail;

namespace CommandCenter.Web.Tests.Places;

/// <summary>求助: from the button of an officer to whoever is responsible for him, and its end.</summary>
public sealed class CallTests
{
    private static readonly Uri s_cameras = new("/api/v1/cameras", UriKind.Relative);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_call_is_seen_in_scope_until_somebody_of_that_scope_ends_it_also_after_a_restart()
    {
        await using var product = await ProductUnderTest.StartAsync();
        await CallAsync(product, "1", TimeSpan.Zero);
        using var chief = await product.ClientOfAsync(Role.CourtChief, FilmedProduct.Own);
        using var stranger = await product.ClientOfAsync(Role.CourtChief, FilmedProduct.Elsewhere);
        Assert.Equal(["officer-1"], await CallsAsync(chief, 1));
        Assert.Empty(await CallsAsync(stranger, 0));

        await product.RestartAsync();
        using var again = await product.ClientOfAsync(Role.CourtChief, FilmedProduct.Own);
        Assert.Equal(["officer-1"], await CallsAsync(again, 1));
        using var strangerAgain = await product.ClientOfAsync(Role.CourtChief, FilmedProduct.Elsewhere);
        Assert.Equal(HttpStatusCode.Forbidden, await EndAsync(strangerAgain));
        Assert.Equal(HttpStatusCode.NoContent, await EndAsync(again));
        Assert.Equal(HttpStatusCode.Conflict, await EndAsync(again));
        Assert.Empty(await CallsAsync(again, 0));

        using var auditor = await product.ClientOfAsync(Role.Auditor);
        var ends = (await auditor.GetFromJsonAsync<JsonElement>(new Uri("/api/v1/trail?action=" + TrailActions.OfficerSosEnd, UriKind.Relative), Token)).GetProperty("items").EnumerateArray();
        Assert.Contains(ends, static end => end.GetProperty("outcome").GetString() == "done");
    }

    [Fact]
    public async Task A_call_that_a_device_dated_ahead_is_ended_all_the_same()
    {
        await using var product = await ProductUnderTest.StartAsync();
        await CallAsync(product, "1", TimeSpan.FromMinutes(5));
        using var chief = await product.ClientOfAsync(Role.CourtChief, FilmedProduct.Own);
        Assert.Equal(["officer-1"], await CallsAsync(chief, 1));

        Assert.Equal(HttpStatusCode.NoContent, await EndAsync(chief));
        Assert.Empty(await CallsAsync(chief, 0));
    }

    private static async Task CallAsync(ProductUnderTest product, string id, TimeSpan ahead)
    {
        var answer = await product.SendAsync(
            $$$"""{"id":"sos-{{{id}}}","type":"officer.sos","at":"{{{TimeProvider.System.GetUtcNow() + ahead:O}}}","court":"{{{FilmedProduct.Own}}}","by":"officer-1","data":{"state":"on"}}""");
        Assert.Equal(1, answer.Accepted);
    }

    private static async Task<string[]> CallsAsync(HttpClient client, int count)
    {
        string[] calls = [];
        await Eventually.TrueAsync($"{count} calls", TimeSpan.FromSeconds(10), async _ =>
        {
            calls = [.. (await client.GetFromJsonAsync<JsonElement>(s_cameras, Token)).GetProperty("calls").EnumerateArray().Select(static call => call.GetProperty("officer").GetString()!)];
            return calls.Length == count;
        }, Token);
        return calls;
    }

    private static async Task<HttpStatusCode> EndAsync(HttpClient client)
    {
        using var answer = await client.PostAsync(new Uri($"/api/v1/officers/{Uri.EscapeDataString(FilmedProduct.Own)}/officer-1/sos/end", UriKind.Relative), content: null, Token);
        return answer.StatusCode;
    }
}
