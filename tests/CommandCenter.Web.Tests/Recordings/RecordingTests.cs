using System.Net;
using CommandCenter.Testing;
using CommandCenter.Web.Access;
using CommandCenter.Web.Recordings;
using CommandCenter.Web.Tests.Cameras;
using Microsoft.Extensions.DependencyInjection;

namespace CommandCenter.Web.Tests.Recordings;

/// <summary>That cameras are recorded as they come and go, who sees the past of whom, and what of it stands in the trace.</summary>
public sealed class RecordingTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_camera_is_recorded_from_its_registration_to_its_end_and_each_segment_is_anchored_in_the_trace()
    {
        await using var product = await RecordedProduct.StartAsync();
        await product.RegisterAsync("cam-1");
        await product.StateAsync("cam-1", "waiting");
        await product.RegisterAsync("cam-2");
        await product.RecordAsync("cam-1", "cam-2");

        await product.ChangeAsync("cam-1", 1, static draft => draft["enabled"] = false);
        await product.StateAsync("cam-1", "off");
        // Not the first of its records: a segment also ends with its minute.
        _ = await product.TracedAsync("recording.closed", record => record.GetProperty("subject").GetString() == "cam-1" && Detail(record, "head") == product.Keeper.Store!.ChainHead("cam-1"));
        await product.RecordAsync("cam-2"); // The other goes on.
        Assert.Contains("commandcenter_recording_streams{state=\"off\"} 1", await product.Product.Client.GetStringAsync(new Uri("/metrics", UriKind.Relative), Token), StringComparison.Ordinal);

        await product.Product.RestartAsync();
        await product.StateAsync("cam-2", "waiting");
        var heads = (await product.TrailAsync("recording.")).Where(static record => record.GetProperty("subject").GetString() == "cam-2").Select(static record => Detail(record, "head")!).ToArray();
        Assert.NotEmpty(heads); // What the stop closed is in it; a file that was begun since is not closed yet.
        Assert.All(heads, head => Assert.True(product.Keeper.Store!.HasLine("cam-2", head)));
        Assert.Empty(await product.TrailAsync("recording.chain-lost"));
    }

    [Fact]
    public async Task The_past_of_an_officer_is_seen_by_his_own_court_also_when_the_camera_is_anothers_by_now()
    {
        await using var product = await RecordedProduct.StartAsync();
        await product.RegisterAsync("cam-1");
        await product.RecordAsync("cam-1");
        var range = product.Keeper.Library.Ranges("cam-1", DateTimeOffset.MinValue.AddYears(1), DateTimeOffset.MaxValue.AddYears(-1))[0];
        await product.ChangeAsync("cam-1", 1, static draft => draft["court"] = FilmedProduct.Elsewhere);
        await Eventually.TrueAsync("the change to be noted", TimeSpan.FromSeconds(10), _ => Task.FromResult(product.Keeper.Carriers!.Of("cam-1").Count == 2), Token);

        using var own = await product.Product.ClientOfAsync(Role.CourtChief, FilmedProduct.Own);
        using var other = await product.Product.ClientOfAsync(Role.CourtChief, FilmedProduct.Elsewhere);
        using var third = await product.Product.ClientOfAsync(Role.CourtChief, "沪0101");
        using var handler = await product.Product.ClientOfAsync(Role.Handler, FilmedProduct.Own, "judge-1");
        var (page, stream) = ("/cameras/cam-1/recordings", StreamUrl("cam-1", range.From, range.Until));

        using var played = await own.GetAsync(Route(stream), Token);
        Assert.Equal((HttpStatusCode.OK, "video/mp4", "no-store"), (played.StatusCode, played.Content.Headers.ContentType!.ToString(), played.Headers.CacheControl!.ToString()));
        Assert.Equal("ftyp", System.Text.Encoding.ASCII.GetString((await played.Content.ReadAsByteArrayAsync(Token)).AsSpan(4, 4)));
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (await StatusAsync(own, page), await StatusAsync(other, page)));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(other, stream)); // His camera, but not his officer then.

        // Of others, and not there at all: alike.
        foreach (var path in new[] { page, stream })
        {
            using var forbidden = await third.GetAsync(Route(path), Token);
            using var missing = await third.GetAsync(Route(path.Replace("cam-1", "cam-9", StringComparison.Ordinal)), Token);
            Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (forbidden.StatusCode, missing.StatusCode));
            if (path == stream)
            {
                Assert.Equal(Code(await forbidden.Content.ReadAsStringAsync(Token)), Code(await missing.Content.ReadAsStringAsync(Token)));
            }

            Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(handler, path));
        }

        Assert.Contains("cam-1", await own.GetStringAsync(Route("/recordings"), Token), StringComparison.Ordinal);
        Assert.DoesNotContain("cam-1", await third.GetStringAsync(Route("/recordings"), Token), StringComparison.Ordinal);
        var traced = (await product.TrailAsync("recording.play")).Last(static record => record.GetProperty("outcome").GetString() == "done");
        Assert.Equal(("officer-1", FilmedProduct.Own, RecordingTimes.Url(range.From)), (Detail(traced, "officer"), Detail(traced, "court"), Detail(traced, "from")));
        Assert.Contains(await product.TrailAsync("recording.play"), static record => record.GetProperty("outcome").GetString() == "denied");
    }

    [Theory]
    [InlineData("from=2026-11-23T08:00:00Z&until=2026-11-23T08:10:01Z")] // Longer than may be.
    [InlineData("from=2026-11-23T08:00:00Z&until=2026-11-23T08:00:00Z")]
    [InlineData("from=yesterday&until=2026-11-23T08:00:00Z")]
    [InlineData("")]
    public async Task What_is_no_range_is_refused(string query)
    {
        await using var product = await RecordedProduct.StartAsync();
        await product.RegisterAsync("cam-1");
        using var command = await product.Product.ClientOfAsync(Role.CommandStaff);

        Assert.Equal(HttpStatusCode.BadRequest, await StatusAsync(command, "/cameras/cam-1/recordings/stream?" + query));
    }

    [Fact]
    public async Task A_damaged_camera_is_set_aside_and_says_so_and_the_others_record_on()
    {
        await using var product = await RecordedProduct.StartAsync();
        await product.RegisterAsync("cam-1");
        await product.RegisterAsync("cam-2");
        await product.RecordAsync("cam-1", "cam-2");
        product.Product.BeforeRestart = () =>
        {
            var chain = Directory.EnumerateFiles(Path.Combine(product.Product.DataDirectory, "recordings", "cam-1"), "*.ndjson").Single();
            File.WriteAllText(chain, File.ReadAllText(chain).Replace("\"kind\":\"begun\"", "\"kind\":\"began\"", StringComparison.Ordinal));
        };

        await product.Product.RestartAsync();
        await product.StateAsync("cam-1", "damaged");
        await product.RecordAsync("cam-2");
        using var command = await product.Product.ClientOfAsync(Role.CommandStaff);
        Assert.Contains("data-state=\"damaged\"", await command.GetStringAsync(Route("/cameras/cam-1/recordings"), Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_chain_that_was_written_anew_while_the_server_stood_still_is_seen_at_its_start()
    {
        await using var product = await RecordedProduct.StartAsync();
        await product.RegisterAsync("cam-1");
        await product.RecordAsync("cam-1");
        product.Product.BeforeRestart = () => Directory.Delete(Path.Combine(product.Product.DataDirectory, "recordings", "cam-1"), recursive: true);
        await product.Product.RestartAsync();

        var lost = await product.TracedAsync("recording.chain-lost");
        Assert.Equal(("cam-1", "failed"), (lost.GetProperty("subject").GetString(), lost.GetProperty("outcome").GetString()));
    }

    [Fact]
    public async Task A_main_stream_is_recorded_on_demand_until_somebody_ends_it_and_both_are_in_the_trace()
    {
        await using var product = await RecordedProduct.StartAsync();
        await product.RegisterAsync("cam-1");
        await product.RecordAsync("cam-1");
        var session = await product.SessionAsync(Role.CourtChief, FilmedProduct.Own);
        const string Page = "/cameras/cam-1/recordings";

        Assert.Equal("done-started", await OutcomeAsync(product.SendAsync(session, Page + "/demand", new() { ["act"] = "start" }, Page)));
        Assert.Equal("running", await OutcomeAsync(product.SendAsync(session, Page + "/demand", new() { ["act"] = "start" }, Page)));
        await product.RecordAsync("cam-1", "cam-1.main");
        Assert.Equal("done-stopped", await OutcomeAsync(product.SendAsync(session, Page + "/demand", new() { ["act"] = "stop" }, Page)));
        await Eventually.TrueAsync("the main stream to end", TimeSpan.FromSeconds(10), _ => Task.FromResult(!product.Keeper.States.ContainsKey("cam-1.main")), Token);
        Assert.Equal(["asked"], (await product.TrailAsync("recording.stopped")).Select(static record => record.GetProperty("reason").GetString()));
        _ = Assert.Single(await product.TrailAsync("recording.started"));

        // It ends by itself when its camera gets another officer.
        Assert.Equal("done-started", await OutcomeAsync(product.SendAsync(session, Page + "/demand", new() { ["act"] = "start" }, Page)));
        await product.ChangeAsync("cam-1", 1, static draft => draft["officer"] = "officer-2");
        _ = await product.TracedAsync("recording.stopped", static record => record.GetProperty("reason").GetString() == "camera");
    }

    internal static async Task<string> OutcomeAsync(Task<HttpResponseMessage> sending)
    {
        using var answer = await sending;
        Assert.True(answer.StatusCode == HttpStatusCode.Redirect, $"{answer.StatusCode}: {await answer.Content.ReadAsStringAsync(Token)}");
        return answer.Headers.Location!.ToString().Split("outcome=")[1];
    }

    internal static string StreamUrl(string camera, DateTimeOffset from, DateTimeOffset until) =>
        $"/cameras/{camera}/recordings/stream?from={RecordingTimes.Url(from)}&until={RecordingTimes.Url(until)}";

    private static string? Detail(System.Text.Json.JsonElement record, string name) => record.GetProperty("detail").GetProperty(name).GetString();

    private static string Code(string problem) => System.Text.Json.JsonDocument.Parse(problem).RootElement.GetProperty("code").GetString()!;

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client, string path)
    {
        using var answer = await client.GetAsync(Route(path), Token);
        return answer.StatusCode;
    }

    private static Uri Route(string path) => new(path, UriKind.Relative);
}
