using System.Net;
using System.Text.Json;
using CommandCenter.Testing;
using CommandCenter.Web.Replay;
using CommandCenter.Web.Wall;
using Microsoft.Extensions.DependencyInjection;

namespace CommandCenter.Web.Tests.Replay;

/// <summary>The API of the past over HTTP, of a product that has just started.</summary>
public sealed class HistoryApiTests : IAsyncLifetime
{
    private ProductUnderTest _product = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _product = await ProductUnderTest.StartAsync();
        _ = await _product.SendAsync(
            """{"id":"f1","type":"case.filed","at":"2026-03-02T09:30:00+08:00","court":"沪0115","case":"(2026)沪0115执1号","by":"o1","data":{"kind":"执","cause":"买卖合同纠纷","claimFen":100,"basis":"判决","applicants":["甲"],"debtors":["乙"]}}""");
        await UntilAsync("the case on the wall", () => Figures.Read().Courts.Sum(court => court.Year.Received) == 1);
        var seen = History.State.Pictures;
        await UntilAsync("a picture of the case", () => History.State.Pictures > seen);
    }

    public ValueTask DisposeAsync() => _product.DisposeAsync();

    private ShownHistory History => _product.Services.GetRequiredService<ShownHistory>();

    private IFigureSource Figures => _product.Services.GetRequiredService<IFigureSource>();

    [Theory]
    [InlineData("/at", 400, "history.bad-time")]
    [InlineData("/at?t=yesterday", 400, "history.bad-time")]
    [InlineData("/at?t=2026-11-22T09:00:00", 400, "history.bad-time")]
    [InlineData("/at?t=2999-01-01T00:00:00Z", 400, "history.in-the-future")]
    [InlineData("/at?t=2026-03-02T09:29:59%2B08:00", 404, "history.before-first")]
    [InlineData("/changes?since=x", 400, "history.bad-time")]
    [InlineData("/changes?since=2026-03-03T00:00:00Z&until=x", 400, "history.bad-time")]
    [InlineData("/changes?since=2026-03-03T00:00:00Z&until=2026-03-02T00:00:00Z", 400, "history.bad-order")]
    [InlineData("/changes?since=2001-01-01T00:00:00Z", 404, "history.before-first")]
    [InlineData("?from=x", 400, "history.bad-time")]
    [InlineData("?from=2026-03-03T00:00:00Z&to=2026-03-02T00:00:00Z", 400, "history.bad-order")]
    public async Task What_cannot_be_told_is_refused_with_a_code(string path, int status, string code)
    {
        using var response = await _product.Client.GetAsync(new Uri("/api/v1/walls/history" + path, UriKind.Relative), Token);

        Assert.Equal((HttpStatusCode)status, response.StatusCode);
        using var problem = JsonDocument.Parse(await response.Content.ReadAsStringAsync(Token));
        Assert.Equal(code, problem.RootElement.GetProperty("code").GetString());
    }

    [Theory]
    [InlineData("2026-03-02T09:36:00%2B08:00")]
    [InlineData("2026-03-02T09:36:00+08:00")] // Not encoded: the plus sign arrives as a space.
    [InlineData("2026-03-02T01:36:00Z")]
    [InlineData("2026-03-01T20:36:00-05:00")]
    public async Task A_moment_is_the_same_in_every_zone(string t)
    {
        var moment = await GetAsync("/at?t=" + t);

        Assert.Equal("not-on-the-wall", moment.GetProperty("kind").GetString());
        Assert.Equal(DateTimeOffset.Parse("2026-03-02T01:35:00Z", null), moment.GetProperty("known").GetProperty("at").GetDateTimeOffset());
        Assert.Equal(1, moment.GetProperty("known").GetProperty("city").GetProperty("today").GetProperty("received").GetInt64());
        Assert.Equal(JsonValueKind.Null, moment.GetProperty("shown").ValueKind);
    }

    [Fact]
    public async Task What_is_shown_now_is_told_from_the_recording()
    {
        var now = History.State.Last!.Value;

        var moment = await GetAsync("/at?t=" + Uri.EscapeDataString(now.ToString("O")));

        Assert.Equal("shown", moment.GetProperty("kind").GetString());
        Assert.Equal(1, moment.GetProperty("shown").GetProperty("city").GetProperty("year").GetProperty("received").GetInt64());
        Assert.Equal(23, moment.GetProperty("shown").GetProperty("courts").GetArrayLength());
        Assert.Equal(288, moment.GetProperty("shown").GetProperty("funds24h").GetArrayLength());
    }

    [Fact]
    public async Task What_changed_since_before_the_recording_is_told_too()
    {
        var changes = await GetAsync("/changes?since=2026-03-02T01:36:00Z");

        Assert.Equal("not-on-the-wall", changes.GetProperty("sinceKind").GetString());
        Assert.Equal("shown", changes.GetProperty("untilKind").GetString());
        Assert.DoesNotContain(changes.GetProperty("city").EnumerateArray(), one => one.GetProperty("figure").GetString() == "received.year");
    }

    [Fact]
    public async Task A_restart_is_a_gap_and_the_spans_leave_it_out()
    {
        await _product.RestartAsync();
        await UntilAsync("the first picture after the restart", () => History.State.Pictures > 0);
        var state = await GetAsync("");

        var spans = state.GetProperty("spans").EnumerateArray().ToArray();
        var gaps = state.GetProperty("gaps").EnumerateArray().ToArray();

        // A restart that took less than ten seconds leaves no hole that anybody would see.
        Assert.Equal(gaps.Length + 1, spans.Length);
        Assert.Equal(state.GetProperty("recordedFrom").GetDateTimeOffset(), spans[0].GetProperty("from").GetDateTimeOffset());
        Assert.Equal(DateTimeOffset.Parse("2026-03-02T01:30:00Z", null), state.GetProperty("knownFrom").GetDateTimeOffset());
        Assert.Equal(400, state.GetProperty("daysMax").GetInt32());
    }

    [Fact]
    public async Task Routes_and_metrics_are_where_people_look_for_them()
    {
        var routes = (await _product.GetAsync("/openapi/v1.json")).GetProperty("paths");
        var metrics = await _product.Client.GetStringAsync(new Uri("/metrics", UriKind.Relative), Token);

        Assert.All(["", "/at", "/changes"], route => Assert.True(routes.TryGetProperty("/api/v1/walls/history" + route, out _)));
        Assert.All(
            ["pictures", "skipped", "size_bytes", "unsaved_bytes", "failing", "age_seconds", "running"],
            name => Assert.Contains("\ncommandcenter_replay_" + name, metrics, StringComparison.Ordinal));
    }

    private static Task UntilAsync(string what, Func<bool> condition) =>
        Eventually.TrueAsync(what, TimeSpan.FromSeconds(20), _ => Task.FromResult(condition()), Token);

    private Task<JsonElement> GetAsync(string path) => _product.GetAsync("/api/v1/walls/history" + path);
}
