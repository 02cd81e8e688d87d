using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using CommandCenter.Testing;
using CommandCenter.Web.Access;
using CommandCenter.Web.PersonalData;
using CommandCenter.Web.Trail;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CommandCenter.Web.Tests.PersonalData;

/// <summary>Two cases full of what tells of people, in names, reasons, references and wherever else a source can put it.</summary>
public sealed class PeopledCity : IAsyncLifetime
{
    internal const string Name = "慕容雪鸢";
    internal const string Former = "慕容旧名";
    internal const string Payer = "司徒锋利";
    internal const string Identity = "11010519491231002X";
    internal const string Phone = "13812345678";
    internal const string Account = "6222021234567890128";
    internal const string Number = "(2026)沪0115执1号";

    private static readonly JsonSerializerOptions s_json = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly string[] s_bank = ["上海示例银行"];

    internal ProductUnderTest Product { get; private set; } = null!;

    internal CapturedLogs Logs { get; } = new();

    /// <summary>What may be nowhere.</summary>
    internal static string[] Seeds => [Name, Former, Payer, Identity, Phone, Account];

    public async ValueTask InitializeAsync()
    {
        Product = await ProductUnderTest.StartAsync(static options => options.LogLevelMin = LogLevel.Information);
        Product.Services.GetRequiredService<ILoggerFactory>().AddProvider(Logs);
        Assert.Empty((await Product.SendAsync(
            Line(1, "case.filed", 1, new { kind = "执", cause = $"借款合同纠纷 电话{Phone}", claimFen = 500_000L, basis = $"对{Name}的判决 {Identity}", applicants = s_bank, debtors = new[] { Former, $"{Payer}{Phone}" } }),
            Line(1, "case.assigned", 2, new { handler = "judge-1" }),
            Line(1, "party.renamed", 3, new { was = Former, now = Name }),
            Line(1, "funds.received", 4, new { amountFen = 1_000L, serial = $"T{Account}", payer = $"{Payer} {Account}" }),
            Line(1, "funds.disbursed", 5, new { amountFen = 500L, serial = "S-2", payee = Name }),
            Line(1, "property.controlled", 6, new { propertyId = $"card-{Account}", @class = "deposit", act = "freeze", until = "2027-03-06", amountFen = 1_000L }),
            Line(1, "petition.received", 7, new { petitionId = $"p-{Phone}" }),
            Line(1, "case.suspended", 8, new { ground = $"与{Name}和解，卡号{Account}" }),
            Line(1, "case.node", 9, new { node = "XG", phase = "done" }),
            Line(2, "case.filed", 2, new { kind = "执", cause = "买卖合同纠纷", claimFen = 100L, basis = "判决", applicants = new[] { Payer }, debtors = new[] { Name } }),
            Line(2, "case.assigned", 3, new { handler = "judge-2" }))).Rejected);
    }

    public ValueTask DisposeAsync() => Product.DisposeAsync();

    private static string Line(int number, string type, int day, object data) => JsonSerializer.Serialize(
        new { id = $"{type}-{number}", type, at = $"2026-03-{day:00}T09:00:00+08:00", court = ShippedConfig.Pudong, @case = $"(2026)沪0115执{number}号", by = $"clerk {Phone}", data }, s_json);
}

/// <summary>Everything that is logged, by whomever.</summary>
internal sealed class CapturedLogs : ILoggerProvider, ILogger
{
    public ConcurrentQueue<string> Lines { get; } = [];

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Lines.Enqueue(formatter(state, exception) + exception);

    public void Dispose()
    {
    }
}

/// <summary>Names and numbers of people leave the product in one answer alone: that to somebody who may and has said why.</summary>
public sealed partial class PersonalDataTests(PeopledCity city) : IClassFixture<PeopledCity>
{
    // The truth itself, and what it is rebuilt from.
    private static readonly Regex s_truth = Truth();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_the_product_shows_answers_logs_and_writes_tells_of_nobody()
    {
        List<string> said = [];
        foreach (var (role, court, handler) in new[] { (Role.CommandStaff, (string?)null, (string?)null), (Role.CourtChief, ShippedConfig.Pudong, null), (Role.Handler, ShippedConfig.Pudong, "judge-1"), (Role.Finance, ShippedConfig.Pudong, null), (Role.SystemAdministrator, null, null) })
        {
            using var client = await city.Product.ClientOfAsync(role, court, handler);
            foreach (var path in Paths())
            {
                using var answer = await client.GetAsync(new Uri(path, UriKind.Relative), Token);
                said.Add($"{role} {path.Split('?')[0]}: {answer.Headers} {Encoding.UTF8.GetString(await answer.Content.ReadAsByteArrayAsync(Token))}");
            }

            // Found by a whole name: the answer repeats the question to who asked it, and nothing else.
            using var searched = await client.PostAsJsonAsync(new Uri("/api/v1/search", UriKind.Relative), new { q = PeopledCity.Name }, Token);
            said.Add((await searched.Content.ReadAsStringAsync(Token)).Replace($"\"q\":\"{PeopledCity.Name}\"", "", StringComparison.Ordinal));
        }

        using var metrics = city.Product.Stranger();
        metrics.DefaultRequestHeaders.Authorization = new("Bearer", city.Product.KeyOf("metrics"));
        said.Add(await metrics.GetStringAsync(new Uri("/metrics", UriKind.Relative), Token));
        using var auditor = await city.Product.ClientOfAsync(Role.Auditor);
        said.Add(await auditor.GetStringAsync(new Uri("/trail", UriKind.Relative), Token));
        said.Add(await auditor.GetStringAsync(new Uri("/api/v1/trail", UriKind.Relative), Token));
        said.AddRange(city.Logs.Lines.Select(static line => "log: " + line));
        foreach (var file in Directory.EnumerateFiles(city.Product.DataDirectory, "*", SearchOption.AllDirectories).Where(file => Path.GetFileName(file) != "lock" && !s_truth.IsMatch(Path.GetRelativePath(city.Product.DataDirectory, file))))
        {
            said.Add($"{file}: {Bytes(file)}");
        }

        var found = said.Select(static text => WebUtility.HtmlDecode(Regex.Unescape(Safe(text)))).SelectMany(text => PeopledCity.Seeds.Where(seed => text.Contains(seed, StringComparison.Ordinal)).Select(seed => $"{seed} in {text[..Math.Min(text.Length, 90)]}"));
        Assert.True(!found.Any(), string.Join('\n', found));
        Assert.Contains(said, static text => text.Contains("慕**", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(nameof(Role.CommandStaff), null, null, true)]
    [InlineData(nameof(Role.CourtChief), ShippedConfig.Pudong, null, true)]
    [InlineData(nameof(Role.Handler), ShippedConfig.Pudong, "judge-1", true)]
    [InlineData(nameof(Role.IntermediateCourt), "沪01", null, false)]
    public async Task Who_may_and_says_why_sees_the_names_in_that_answer_and_the_trace_has_it(string role, string? court, string? handler, bool may)
    {
        using var client = await city.Product.ClientOfAsync(Enum.Parse<Role>(role), court, handler);
        using var auditor = await city.Product.ClientOfAsync(Role.Auditor);
        var before = (await RevealsAsync(auditor)).Select(Sequence).FirstOrDefault(-1);

        var page = await RevealAsync(client, PeopledCity.Number, "payment", $"核对到账款项 {PeopledCity.Account}");
        var record = (await RevealsAsync(auditor)).FirstOrDefault();
        var again = await client.GetStringAsync(CasePath(PeopledCity.Number), Token);

        Assert.Equal(may, page.Contains(PeopledCity.Name, StringComparison.Ordinal));
        Assert.Equal(may, page.Contains(PeopledCity.Identity, StringComparison.Ordinal));
        Assert.Equal(may, page.Contains("http-equiv=\"refresh\"", StringComparison.Ordinal));
        Assert.DoesNotContain(PeopledCity.Name, WebUtility.HtmlDecode(again), StringComparison.Ordinal);
        Assert.Equal(may ? 1 : 0, (await RevealsAsync(auditor)).Count(item => Sequence(item) > before)); // The newest come first, and a page has an end.
        if (!may)
        {
            return; // His page has no such form, and a made-up one leads nowhere.
        }

        Assert.Equal((PeopledCity.Number, "done", "payment"), (record.GetProperty("subject").GetString(), record.GetProperty("outcome").GetString(), record.GetProperty("detail").GetProperty("purpose").GetString()));
        Assert.Equal("核对到账款项 ***************0128", record.GetProperty("reason").GetString());
    }

    [Theory]
    [InlineData(null, "核对到账款项")]
    [InlineData("payment", null)]
    [InlineData("payment", "  x ")]
    [InlineData("curiosity", "想看看是谁")]
    public async Task Without_a_reason_nothing_is_shown(string? purpose, string? words)
    {
        using var chief = await city.Product.ClientOfAsync(Role.CourtChief, ShippedConfig.Pudong);

        var page = await RevealAsync(chief, PeopledCity.Number, purpose, words);

        Assert.DoesNotContain(PeopledCity.Name, page, StringComparison.Ordinal);
        Assert.Contains("请选择用途，并写明事由。", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_case_of_others_shows_no_name_for_any_reason_and_a_form_of_another_session_does_nothing()
    {
        using var other = await city.Product.ClientOfAsync(Role.Handler, ShippedConfig.Pudong, "judge-2");
        using var chief = await city.Product.ClientOfAsync(Role.CourtChief, "沪0104");
        using var own = await city.Product.ClientOfAsync(Role.CourtChief, ShippedConfig.Pudong);
        using var form = Form("no-token", "payment", "核对到账款项");
        using var forged = await own.PostAsync(CasePath(PeopledCity.Number), form, Token);

        Assert.Equal(HttpStatusCode.BadRequest, forged.StatusCode);
        Assert.DoesNotContain(PeopledCity.Name, await forged.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        foreach (var client in new[] { other, chief })
        {
            var page = await RevealAsync(client, PeopledCity.Number, "payment", "核对到账款项", tokenFrom: "/account");
            Assert.DoesNotContain(PeopledCity.Name, page, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Reveals_have_an_end()
    {
        var desk = city.Product.Services.GetRequiredService<RevealDesk>();
        var viewer = Viewer.Machine("someone", Role.CommandStaff);
        var http = new Microsoft.AspNetCore.Http.DefaultHttpContext();
        for (var i = 0; i < RevealDesk.PerHourMax; i++)
        {
            Assert.Equal(RevealAnswer.Granted, await desk.AskAsync(http, viewer, PeopledCity.Number, "other", "逐一核对"));
        }

        Assert.Equal(RevealAnswer.TooMany, await desk.AskAsync(http, viewer, PeopledCity.Number, "other", "逐一核对"));
        Assert.Equal(RevealAnswer.Granted, await desk.AskAsync(http, viewer with { Id = "someone else" }, PeopledCity.Number, "other", "逐一核对"));
    }

    [Theory]
    [InlineData("/search?q=")]
    [InlineData("/cases?status=suspended&q=")]
    public async Task A_text_that_was_typed_leaves_the_URL_and_is_looked_for_all_the_same(string path)
    {
        using var chief = await city.Product.ClientOfAsync(Role.CourtChief, ShippedConfig.Pudong);

        using var first = await chief.GetAsync(new Uri(path + Uri.EscapeDataString(PeopledCity.Name), UriKind.Relative), Token);
        var to = first.Headers.Location!.ToString();
        var page = WebUtility.HtmlDecode(await chief.GetStringAsync(new Uri(to, UriKind.Relative), Token));

        Assert.Equal(HttpStatusCode.Redirect, first.StatusCode);
        Assert.Contains("ask=", to, StringComparison.Ordinal);
        Assert.DoesNotContain(PeopledCity.Name, Uri.UnescapeDataString(to), StringComparison.Ordinal);
        Assert.Contains(PeopledCity.Number, page, StringComparison.Ordinal);
        Assert.DoesNotContain(PeopledCity.Name, TitleOf().Match(page).Value, StringComparison.Ordinal);
        Assert.All(Links().Matches(page), static link => Assert.DoesNotContain("q=", link.Value, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_form_is_sealed_and_leads_to_its_list()
    {
        using var chief = await city.Product.ClientOfAsync(Role.CourtChief, ShippedConfig.Pudong);
        var (token, cookie) = await TokenAsync(chief, "/cases?lang=en");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/ask/cases")
        {
            Content = new FormUrlEncodedContent([new("__RequestVerificationToken", token), new("lang", "en"), new("status", "suspended"), new("way", ""), new("q", PeopledCity.Name)]),
        };
        request.Headers.Add("Cookie", [.. chief.DefaultRequestHeaders.GetValues("Cookie"), cookie]);
        using var answer = await chief.SendAsync(request, Token);
        using var none = await chief.PostAsync(new Uri("/ask/cases", UriKind.Relative), new FormUrlEncodedContent([new("q", "x")]), Token);

        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        Assert.Matches("^/cases\\?lang=en&status=suspended&ask=[A-Za-z0-9_-]+$", answer.Headers.Location!.ToString());
        Assert.Equal("request.form-unknown", (await none.Content.ReadFromJsonAsync<JsonElement>(Token)).GetProperty("code").GetString());
    }

    private static IEnumerable<string> Paths()
    {
        var number = Uri.EscapeDataString(PeopledCity.Number);
        foreach (var path in new[]
        {
            "/", "/cases", "/cases?lang=en&status=suspended", "/funds?direction=in&from=2026-03-01&to=2026-04-01", $"/cases/{number}", $"/cases/{number}?lang=en", "/search", "/operations", "/account",
            "/wall/main", "/api/v1/cases", $"/api/v1/cases/{number}", $"/api/v1/cases/{number}/related", "/api/v1/funds?direction=in&from=2026-03-01&to=2026-04-01", "/api/v1/courts", "/api/v1/totals",
            "/api/v1/series?scope=%E6%B2%AA", "/api/v1/cases/export?format=csv", "/api/v1/funds/export?format=csv&direction=out&from=2026-03-01&to=2026-04-01", "/api/v1/search?q=mrxy", "/api/v1/recount", "/openapi/v1.json",
            "/health/ready", "/nothing/here",
            // What is typed is not repeated by an error, and not kept.
            "/cases/" + Uri.EscapeDataString(PeopledCity.Name), "/api/v1/cases/" + Uri.EscapeDataString(PeopledCity.Name), "/api/v1/cases?handler=x&sort=" + PeopledCity.Phone, "/api/v1/cases?status=" + PeopledCity.Identity,
        })
        {
            yield return path;
        }
    }

    // The journal and its snapshots hold the truth; the journal of accounts and keys holds none of it.
    [GeneratedRegex(@"^(partition|p)[-_]?\d|journal|snapshot", RegexOptions.IgnoreCase)]
    private static partial Regex Truth();

    [GeneratedRegex("<title>.*?</title>")]
    private static partial Regex TitleOf();

    [GeneratedRegex("href=\"[^\"]*\"")]
    private static partial Regex Links();

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex FormToken();

    private static string Safe(string text) => Regex.Replace(text, @"\\(?!u[0-9a-fA-F]{4})", "");

    private static string Bytes(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }

    private static Uri CasePath(string number) => new("/cases/" + Uri.EscapeDataString(number), UriKind.Relative);

    private static FormUrlEncodedContent Form(string token, string? purpose, string? words) => new(
        new[] { ("_handler", "reveal"), ("__RequestVerificationToken", token), ("purpose", purpose), ("words", words) }
            .Where(static field => field.Item2 is not null).Select(static field => KeyValuePair.Create(field.Item1, field.Item2!)));

    private static async Task<(string Token, string Cookie)> TokenAsync(HttpClient client, string page)
    {
        using var answer = await client.GetAsync(new Uri(page, UriKind.Relative), Token);
        return (FormToken().Match(await answer.Content.ReadAsStringAsync(Token)).Groups[1].Value,
            answer.Headers.TryGetValues("Set-Cookie", out var cookies) ? cookies.Single(static cookie => cookie.StartsWith("cc-form=", StringComparison.Ordinal)).Split(';')[0] : "");
    }

    private static async Task<string> RevealAsync(HttpClient client, string number, string? purpose, string? words, string? tokenFrom = null)
    {
        var path = CasePath(number);
        var (token, cookie) = await TokenAsync(client, tokenFrom ?? path.ToString());
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = Form(token, purpose, words) };
        request.Headers.Add("Cookie", [.. client.DefaultRequestHeaders.GetValues("Cookie"), cookie]);
        using var answer = await client.SendAsync(request, Token);
        return WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Token));
    }

    private static long Sequence(JsonElement item) => item.GetProperty("sequence").GetInt64();

    private static async Task<List<JsonElement>> RevealsAsync(HttpClient auditor) =>
        [.. (await auditor.GetFromJsonAsync<JsonElement>(new Uri("/api/v1/trail?action=" + TrailActions.PersonReveal, UriKind.Relative), Token)).GetProperty("items").EnumerateArray()];
}
