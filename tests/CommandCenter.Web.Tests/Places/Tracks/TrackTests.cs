using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CommandCenter.Testing;
using CommandCenter.Web.Access;
using CommandCenter.Web.Grains;
using CommandCenter.Web.Places.Tracks;
using CommandCenter.Web.Trail;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace CommandCenter.Web.Tests.Places.Tracks;

/// <summary>Tracks by the API: what was sent is there, late or not, to whom it may be shown, and with a trace.</summary>
public sealed class TrackTests
{
    private const string Own = ShippedConfig.Pudong;

    private static readonly DateTimeOffset s_now = DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds());

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_track_has_what_came_late_in_its_place_and_what_is_odd_marked_and_survives_a_restart()
    {
        await using var product = await ProductUnderTest.StartAsync();
        _ = await product.SendAsync(Line("1", -3_600, 31.22), Line("2", -3_590, 31.221), Line("5", -20, 31.225), Line("6", -10, 35), Line("7", 0, 31.226));
        _ = await product.SendAsync(Line("4", -1_800, 31.223, ""","accuracyM":12.5,"speedMps":3,"headingDeg":90"""), Line("4b", -1_800, 31.224, by: "officer-2"));

        foreach (var _ in (int[])[1, 2])
        {
            var track = await TrackAsync(product, $"?from={Time(-7_200)}");
            var points = track.GetProperty("points").EnumerateArray().ToArray();
            Assert.Equal([31.22, 31.221, 31.223, 31.225, 35, 31.226], points.Select(static point => point.GetProperty("lat").GetDouble()));
            Assert.Equal([false, false, false, false, true, false], points.Select(static point => point.GetProperty("outlier").GetBoolean()));
            Assert.Equal((2, 1), (track.GetProperty("gaps").GetInt32(), track.GetProperty("outliers").GetInt32()));
            Assert.Equal(1_790, points[2].GetProperty("gapS").GetDouble());
            Assert.InRange(points[2].GetProperty("lateS").GetDouble(), 1_795, 1_980);
            Assert.Equal(JsonValueKind.Null, points[5].GetProperty("lateS").ValueKind);
            Assert.Equal((12.5, 3.0, 90.0), (points[2].GetProperty("accuracyM").GetDouble(), points[2].GetProperty("speedMps").GetDouble(), points[2].GetProperty("headingDeg").GetDouble()));
            Assert.Equal((false, "WGS84"), (track.GetProperty("more").GetBoolean(), points[0].GetProperty("datum").GetString()));
            await product.RestartAsync();
        }
    }

    [Fact]
    public async Task A_range_is_half_open_and_one_that_is_none_is_refused()
    {
        await using var product = await ProductUnderTest.StartAsync();
        _ = await product.SendAsync(Line("1", -100, 31.22), Line("2", -90, 31.221), Line("3", -80, 31.222));

        var track = await TrackAsync(product, $"?from={Time(-90)}&until={Time(-80)}");
        Assert.Equal(31.221, Assert.Single(track.GetProperty("points").EnumerateArray()).GetProperty("lat").GetDouble());
        Assert.Empty((await TrackAsync(product, "", officer: "officer-9")).GetProperty("points").EnumerateArray());
        using var bad = await product.Client.GetAsync(Url("?from=yesterday"), Token);
        Assert.Equal((HttpStatusCode.BadRequest, "query.bad-range"), (bad.StatusCode, (await bad.Content.ReadFromJsonAsync<JsonElement>(Token)).GetProperty("code").GetString()));
    }

    [Fact]
    public async Task Where_an_officer_was_is_told_in_scope_and_the_trace_says_to_whom()
    {
        await using var product = await ProductUnderTest.StartAsync();
        _ = await product.SendAsync(Line("1", -10, 31.22));
        using var chief = await product.ClientOfAsync(Role.CourtChief, Own);
        using var other = await product.ClientOfAsync(Role.CourtChief, "沪0106");
        using var handler = await product.ClientOfAsync(Role.Handler, Own, "judge-1");

        Assert.Equal(HttpStatusCode.OK, (await chief.GetAsync(Url(""), Token)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await other.GetAsync(Url(""), Token)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await handler.GetAsync(Url(""), Token)).StatusCode);

        using var auditor = await product.ClientOfAsync(Role.Auditor);
        var looks = (await auditor.GetFromJsonAsync<JsonElement>(new Uri("/api/v1/trail?action=" + TrailActions.OfficerTrack, UriKind.Relative), Token)).GetProperty("items").EnumerateArray().ToArray();
        Assert.Equal(2, looks.Length); // Whoever has no right at all is another act, access.denied.
    }

    [Fact]
    public async Task What_is_too_much_is_given_up_by_whole_hours_and_an_answer_says_from_when_on_it_knows()
    {
        await using var product = await ProductUnderTest.StartAsync();
        _ = await product.SendAsync([.. Enumerable.Range(0, 30).Select(static i => Line($"p{i}", (i * 600) - 18_000, 31.2 + (i / 1_000.0)))]);
        var book = new TrackBook(product.Grains, TimeProvider.System, pointsMax: 20);
        using var follower = new JournalFollower(product.Grains, [book], TimeProvider.System, NullLogger<JournalFollower>.Instance);

        await follower.TurnAsync(Token);

        Assert.True(product.Grains.Courts.TryFind(Own, out var court));
        var (points, from, asOf) = book.Read(product.Grains.Map.PartitionOf(court), Own, "officer-1", s_now.AddDays(-2), s_now);
        Assert.InRange(points.Count, 14, 20);
        Assert.Equal((0, 0), (from.Minute, from.Second));
        Assert.All(points, point => Assert.True(point.AtMs >= from.ToUnixTimeMilliseconds()));
        Assert.NotNull(asOf);
    }

    private static async Task<JsonElement> TrackAsync(ProductUnderTest product, string query, string officer = "officer-1")
    {
        var since = TimeProvider.System.GetUtcNow();
        JsonElement track = default;
        await Eventually.TrueAsync("the journal to be read", TimeSpan.FromSeconds(30), async _ =>
        {
            track = await product.GetAsync(Url(query, officer).OriginalString);
            return track.GetProperty("asOf") is { ValueKind: JsonValueKind.String } asOf && asOf.GetDateTimeOffset() >= since;
        }, Token);
        return track;
    }

    private static Uri Url(string query, string officer = "officer-1") => new($"/api/v1/officers/{Uri.EscapeDataString(Own)}/{officer}/track{query}", UriKind.Relative);

    private static string Time(int seconds) => s_now.AddSeconds(seconds).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static string Line(string id, int seconds, double latitude, string more = "", string by = "officer-1") => string.Create(
        CultureInfo.InvariantCulture,
        $$$"""{"id":"track-{{{id}}}","type":"officer.position","at":"{{{Time(seconds)}}}","court":"{{{Own}}}","by":"{{{by}}}","data":{"lat":{{{latitude}}},"lon":121.5,"datum":"WGS84"{{{more}}} } }""");
}
