using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using CommandCenter.Web.Access;
using CommandCenter.Web.Tests.Access;

namespace CommandCenter.Web.Tests.Wall.Directing;

public sealed class DirectorApiTests
{
    private const string Case = "(2026)沪0115执1号";

    private static readonly Uri s_main = new("/api/v1/walls/main/director", UriKind.Relative);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_command_answers_with_the_new_state_which_everybody_then_reads()
    {
        await using var product = await ProductUnderTest.StartAsync();
        var revision = await RevisionAsync(product);

        var (status, body) = await OrderAsync(product, $$"""{"command":"hold","revision":{{revision}}}""");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.True(body.GetProperty("held").GetBoolean());
        Assert.Equal(revision + 1, body.GetProperty("revision").GetInt64());
        Assert.Equal(SignedIn.NameOf(Role.CommandStaff), body.GetProperty("changes")[0].GetProperty("by").GetString());
        var read = await product.GetAsync("/api/v1/walls/main/director");
        Assert.Equal(revision + 1, read.GetProperty("revision").GetInt64());
        var listed = (await product.GetAsync("/api/v1/walls")).EnumerateArray().Single(wall => wall.GetProperty("wall").GetString() == "main");
        Assert.Equal((revision + 1, true), (listed.GetProperty("revision").GetInt64(), listed.GetProperty("held").GetBoolean()));
        Assert.Equal(read.GetProperty("shown").GetString(), listed.GetProperty("shown").GetString());
    }

    [Fact]
    public async Task The_later_of_two_directors_gets_409_with_the_present_state()
    {
        await using var product = await ProductUnderTest.StartAsync();
        var revision = await RevisionAsync(product);
        _ = await OrderAsync(product, $$"""{"command":"hold","revision":{{revision}}}""");

        var (status, problem) = await OrderAsync(product, $$$"""{"command":"preempt","revision":{{{revision}}},"message":{"zh":"火警"}}""");

        Assert.Equal(HttpStatusCode.Conflict, status);
        Assert.Equal("director.revision-stale", problem.GetProperty("code").GetString());
        var present = problem.GetProperty("present");
        Assert.Equal(revision + 1, present.GetProperty("revision").GetInt64());
        Assert.Equal((SignedIn.NameOf(Role.CommandStaff), "hold"), (present.GetProperty("changes")[0].GetProperty("by").GetString(), present.GetProperty("changes")[0].GetProperty("command").GetString()));
    }

    [Fact]
    public async Task A_wrong_command_is_answered_400_with_its_code_and_changes_nothing()
    {
        await using var product = await ProductUnderTest.StartAsync();
        var revision = await RevisionAsync(product);
        (string Body, string Code)[] wrong =
        [
            ("""{"command":"release","revision":REV}""", "director.not-held"),
            ("""{"command":"preview","revision":REV,"scene":"none"}""", "director.scene-unknown"),
            ("""{"command":"preview","revision":REV}""", "director.bad-command"),
            ("""{"command":"hold","revision":REV,"scene":"overview"}""", "director.bad-command"),
            ("""{"command":"dance","revision":REV}""", "director.bad-command"),
            ("""{"command":"hold","revision":REV,"colour":"red"}""", "director.bad-command"),
            ("""{"command":"hold","revision":REV,"revision":REV}""", "director.bad-command"),
            ("""{"command":"hold"}""", "director.bad-command"),
            ("""{"command":"hold","revision":REV,"by":"王"}""", "director.bad-command"),
            ("""{"command":"preempt","revision":REV,"message":{}}""", "director.message-empty"),
            ("""{"command":"pin","revision":REV,"pin":{"kind":"court","key":"沪9999"}}""", "director.court-unknown"),
            ("""{"command":"pin","revision":REV,"pin":{"kind":"case","key":"(2026)沪0115执1号"}}""", "director.case-unknown"),
            ("""{"command":"pin","revision":REV,"pin":{"kind":"case","key":"drop table"}}""", "director.case-unknown"),
            ("""{"command":"pin","revision":REV,"pin":{"kind":"officer","key":"017"}}""", "director.officer-unknown"),
            ("""{"command":"pin","revision":REV,"pin":{"kind":"street","key":"x"}}""", "director.bad-command"),
            ("[]", "director.bad-command"),
            ("null", "director.bad-command"),
            ("", "director.bad-command"),
        ];

        foreach (var (body, code) in wrong)
        {
            var (status, problem) = await OrderAsync(product, body.Replace("REV", revision.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal));
            Assert.Equal((body, HttpStatusCode.BadRequest, code), (body, status, problem.GetProperty("code").GetString()));
        }

        Assert.Equal(revision, await RevisionAsync(product));
    }

    [Fact]
    public async Task A_wall_computer_reads_what_is_directed_and_directs_nothing()
    {
        await using var product = await ProductUnderTest.StartAsync();
        using var wall = product.Stranger();
        wall.DefaultRequestHeaders.Authorization = new("Bearer", product.KeyOf("wall"));
        using var command = Json("""{"command":"hold","revision":1}""");

        Assert.Equal(HttpStatusCode.OK, (await wall.GetAsync(s_main, Token)).StatusCode);
        using var answer = await wall.PostAsync(s_main, command, Token);

        Assert.Equal((HttpStatusCode.Forbidden, "access.denied"), (answer.StatusCode, await CodeAsync(answer)));
    }

    [Fact]
    public async Task An_unknown_wall_is_404_and_a_huge_command_413()
    {
        await using var product = await ProductUnderTest.StartAsync();
        var none = new Uri("/api/v1/walls/none/director", UriKind.Relative);

        using var read = await product.Client.GetAsync(none, Token);
        using var command = Json("""{"command":"hold","revision":1}""");
        using var ordered = await product.Client.PostAsync(none, command, Token);
        using var huge = Json(new string(' ', 9_000));
        using var refused = await product.Client.PostAsync(s_main, huge, Token);

        Assert.Equal((HttpStatusCode.NotFound, "wall.unknown"), (read.StatusCode, await CodeAsync(read)));
        Assert.Equal((HttpStatusCode.NotFound, "wall.unknown"), (ordered.StatusCode, await CodeAsync(ordered)));
        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, "request.too-large"), (refused.StatusCode, await CodeAsync(refused)));
    }

    [Fact]
    public async Task Courts_cases_and_officers_that_exist_are_pinned_in_their_one_form_and_outlive_a_restart()
    {
        await using var product = await ProductUnderTest.StartAsync();
        _ = await product.SendAsync(
            $$$"""{"id":"a","type":"case.filed","at":"2026-01-05T09:00:00+08:00","court":"沪0115","case":"{{{Case}}}","data":{"kind":"执","cause":"借款","claimFen":100,"basis":"判决","applicants":["甲"],"debtors":["乙"]}}""",
            """{"id":"b","type":"officer.duty","at":"2026-01-05T09:00:00+08:00","court":"沪0115","by":"017","data":{"state":"on"}}""",
            """{"id":"c","type":"officer.duty","at":"2026-01-05T09:00:00+08:00","court":"沪0104","by":"018","data":{"state":"on"}}""",
            """{"id":"d","type":"officer.duty","at":"2026-01-05T09:00:00+08:00","court":"沪0115","by":"018","data":{"state":"on"}}""");

        foreach (var (kind, key) in new[] { ("court", "沪0115"), ("case", "（2026）沪0115执1号"), ("officer", "017"), ("officer", "沪0104/018") })
        {
            var (status, body) = await PinAsync(product, kind, key);
            Assert.True(status == HttpStatusCode.OK, $"{key}: {body}");
        }

        var (_, ambiguous) = await PinAsync(product, "officer", "018");
        Assert.Equal("director.officer-unknown", ambiguous.GetProperty("code").GetString());
        await product.RestartAsync();
        var pins = (await product.GetAsync("/api/v1/walls/main/director")).GetProperty("pins").EnumerateArray();
        Assert.Equal(["沪0115", Case, "沪0115/017", "沪0104/018"], pins.Select(static pin => pin.GetProperty("key").GetString()));
    }

    [Fact]
    public async Task The_routes_are_in_OpenAPI()
    {
        await using var product = await ProductUnderTest.StartAsync();

        var paths = (await product.GetAsync("/openapi/v1.json")).GetProperty("paths");

        Assert.True(paths.TryGetProperty("/api/v1/walls", out _));
        var director = paths.GetProperty("/api/v1/walls/{id}/director");
        Assert.True(director.TryGetProperty("get", out _));
        Assert.True(director.GetProperty("post").GetProperty("responses").TryGetProperty("409", out _));
        Assert.True(director.GetProperty("post").TryGetProperty("requestBody", out _));
    }

    private static async Task<long> RevisionAsync(ProductUnderTest product) =>
        (await product.GetAsync("/api/v1/walls/main/director")).GetProperty("revision").GetInt64();

    private static async Task<(HttpStatusCode Status, JsonElement Body)> PinAsync(ProductUnderTest product, string kind, string key) => await OrderAsync(
        product, $$$"""{"command":"pin","revision":{{{await RevisionAsync(product)}}},"pin":{"kind":"{{{kind}}}","key":"{{{key}}}" }}""");

    private static async Task<(HttpStatusCode Status, JsonElement Body)> OrderAsync(ProductUnderTest product, string body)
    {
        using var content = Json(body);
        using var answer = await product.Client.PostAsync(s_main, content, Token);
        return (answer.StatusCode, await answer.Content.ReadFromJsonAsync<JsonElement>(Token));
    }

    private static async Task<string?> CodeAsync(HttpResponseMessage answer) =>
        (await answer.Content.ReadFromJsonAsync<JsonElement>(Token)).GetProperty("code").GetString();

    private static StringContent Json(string body) => new(body, Encoding.UTF8, "application/json");
}
