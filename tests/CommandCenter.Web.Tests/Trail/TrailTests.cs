using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CommandCenter.Audit;
using CommandCenter.Audit.Verification;
using CommandCenter.Testing;
using CommandCenter.Web.Access;
using CommandCenter.Web.Tests.Accounts;
using CommandCenter.Web.Tests.Intake;
using CommandCenter.Web.Trail;
using CommandCenter.Web.Wall;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace CommandCenter.Web.Tests.Trail;

public sealed class TrailTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_look_at_a_case_a_list_and_an_order_are_in_the_trace_with_who_and_what_came_of_it()
    {
        await using var product = await ProductUnderTest.StartAsync();
        _ = await product.SendAsync(EventLine.Of("case.filed", "a-1", 1));
        using var command = await product.ClientOfAsync(Role.CommandStaff);
        using var auditor = await product.ClientOfAsync(Role.Auditor);
        var number = EventLine.Number(1);

        _ = await command.GetAsync(Route("/api/v1/cases/" + Uri.EscapeDataString(number)), Token);
        _ = await command.GetAsync(Route("/cases/" + Uri.EscapeDataString(number)), Token);
        _ = await command.GetAsync(Route("/api/v1/cases/" + Uri.EscapeDataString("(2016)沪0115执9号")), Token);
        _ = await command.GetAsync(Route("/cases?q=%E5%BC%A0"), Token);
        _ = await command.PostAsJsonAsync(Route("/api/v1/walls/main/director"), new { command = "hold", revision = 1 }, Token);
        _ = await command.GetAsync(Route("/accounts"), Token);

        var items = (await TrailAsync(auditor, "")).Where(static item => item.Action is not ("trail.read" or "audit.started")).Reverse().ToList();
        Assert.Equal(
            ["case.view", "case.view", "case.view", "case.list", "wall.direct", "access.denied"],
            items.Select(static item => item.Action));
        string?[] subjects = [number, number, "(2016)沪0115执9号", null, "main", "GET /accounts"];
        Assert.Equal(subjects, items.Select(static item => item.Subject));
        Assert.Equal(["done", "done", "denied", "done", "done", "denied"], items.Select(static item => item.Outcome));
        Assert.All(items, static item => Assert.Equal("CommandStaff", item.Role));
        Assert.Single(items.Select(static item => item.Actor).Distinct());
        Assert.Equal("", items[3].Query); // What was looked for is a name: the trace has its print.
    }

    [Fact]
    public async Task Signing_in_rightly_wrongly_and_by_nobody_is_in_the_trace_without_what_was_typed()
    {
        await using var product = await ProductUnderTest.StartAsync();
        using var browser = new FormBrowser(product.Address);
        _ = await browser.SignInAsync("security", "My-Secret-Word-1");
        _ = await browser.SignInAsync("My-Secret-Word-1", "x");
        using var auditor = await product.ClientOfAsync(Role.AuditAdministrator);

        var items = await TrailAsync(auditor, "?action=account.");

        Assert.Equal(["account.sign-in-refused", "account.sign-in-refused"], items.Select(static item => item.Action));
        Assert.Equal([true, false], items.Select(static item => item.Subject is null));
        Assert.All(items, static item => Assert.Equal("127.0.0.1", item.From));
        Assert.DoesNotContain("Secret", string.Concat(Directory.EnumerateFiles(Path.Combine(product.DataDirectory, AuditTrail.FolderName), "*.ndjson").Select(ReadShared)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_trace_of_a_server_verifies_and_a_changed_byte_is_found()
    {
        await using var product = await ProductUnderTest.StartAsync();
        using var command = await product.ClientOfAsync(Role.CommandStaff);
        for (var i = 0; i < 20; i++)
        {
            _ = await command.GetAsync(Route("/api/v1/cases"), Token);
        }

        _ = await product.StopAndVerifyAsync();
        var folder = Path.Combine(product.DataDirectory, AuditTrail.FolderName);
        var key = await File.ReadAllTextAsync(product.DataDirectory + ".audit-key.pem.pub", Token);
        Assert.True(AuditVerifier.Verify(folder, key, expected: null, Token).IsWhole);
        var file = Directory.EnumerateFiles(folder, "*.ndjson").First();
        var bytes = await File.ReadAllBytesAsync(file, Token);
        bytes[bytes.Length / 2] ^= 1;
        await File.WriteAllBytesAsync(file, bytes, Token);

        Assert.False(AuditVerifier.Verify(folder, key, expected: null, Token).IsWhole);
    }

    [Fact]
    public async Task Every_route_that_shows_cases_or_does_something_leaves_a_trace()
    {
        await using var product = await ProductUnderTest.StartAsync();
        Right[] traced = [Right.Cases, Right.Funds, Right.Direct, Right.Operate, Right.Trail, Right.Urge, Right.AnswerUrge];

        var silent = product.Services.GetServices<EndpointDataSource>().SelectMany(static source => source.Endpoints).OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<NeedsAttribute>() is { } needs && traced.Contains(needs.Right) && endpoint.Metadata.GetMetadata<LeavesTraceAttribute>() is null)
            .Select(static endpoint => "/" + endpoint.RoutePattern.RawText!.TrimStart('/'))
            .Order(StringComparer.Ordinal);

        // A redirection to a list that leaves its own, and a page whose orders do, each by itself.
        Assert.Equal(["/drill/{figure}", "/walls/{WallId}/director"], silent);
    }

    [Theory]
    [InlineData("?from=yesterday", "query.bad-from")]
    [InlineData("?to=x", "query.bad-to")]
    [InlineData("?outcome=maybe", "query.bad-outcome")]
    [InlineData("?page=-1", "query.bad-page")]
    public async Task A_question_to_the_trace_that_cannot_be_answered_says_why(string query, string code)
    {
        await using var product = await ProductUnderTest.StartAsync();
        using var auditor = await product.ClientOfAsync(Role.Auditor);

        using var answer = await auditor.GetAsync(Route("/api/v1/trail" + query), Token);

        Assert.Equal((HttpStatusCode.BadRequest, code), (answer.StatusCode, (await answer.Content.ReadFromJsonAsync<JsonElement>(Token)).GetProperty("code").GetString()));
    }

    [Theory]
    [InlineData("", "谁、何时、从何处")]
    [InlineData("?lang=en", "It only grows")]
    public async Task The_page_shows_names_and_leaves_a_trace_itself(string query, string words)
    {
        await using var product = await ProductUnderTest.StartAsync();
        using var auditor = await product.ClientOfAsync(Role.Auditor);
        _ = await auditor.GetAsync(Route("/trail"), Token);

        var page = WebUtility.HtmlDecode(await auditor.GetStringAsync(Route("/trail" + query), Token));

        Assert.Contains(words, page, StringComparison.Ordinal);
        Assert.Contains("trail.read", page, StringComparison.Ordinal);
        Assert.Contains(Access.SignedIn.NameOf(Role.Auditor), page, StringComparison.Ordinal);
    }

    [Fact]
    public void Both_languages_of_the_page_are_complete() => Assert.All(TrailTexts.Keys, static key =>
    {
        var (zh, en) = (TrailTexts.Of(key, WallLanguage.Zh), TrailTexts.Of(key, WallLanguage.En));
        Assert.NotEqual("", zh.Trim());
        Assert.Equal(zh.Count(static letter => letter == '{'), en.Count(static letter => letter == '{'));
        Assert.DoesNotContain(en, static letter => letter is >= '一' and <= '鿿');
    });

    private static Uri Route(string path) => new(path, UriKind.Relative);

    private static string ReadShared(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    private static async Task<List<(string Action, string? Subject, string Outcome, string? Actor, string? Role, string? From, string Query)>> TrailAsync(HttpClient auditor, string query)
    {
        var page = await auditor.GetFromJsonAsync<JsonElement>(Route("/api/v1/trail" + query), Token);
        return
        [
            .. page.GetProperty("items").EnumerateArray().Select(static item => (
                item.GetProperty("action").GetString()!, Text(item, "subject"), item.GetProperty("outcome").GetString()!, Text(item, "actor"), Text(item, "role"), Text(item, "from"),
                item.TryGetProperty("detail", out var detail) && detail.ValueKind == JsonValueKind.Object && detail.TryGetProperty("query", out var asked) ? asked.GetString()! : "")),
        ];

        static string? Text(JsonElement item, string name) => item.TryGetProperty(name, out var value) ? value.GetString() : null;
    }
}
