using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CommandCenter.Audit.Reading;
using CommandCenter.Testing;
using CommandCenter.Web.Access;
using CommandCenter.Web.Accounts;
using CommandCenter.Web.Accounts.Oidc;
using CommandCenter.Web.Tests.Docs;
using CommandCenter.Web.Trail;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;

namespace CommandCenter.Web.Tests.Accounts.Provider;

/// <summary>Signing in with a real identity provider, as a browser does, and with one that lies.</summary>
public sealed class OidcTests(OidcTests.Running running) : IClassFixture<OidcTests.Running>
{
    private const string Client = "command-centre";
    private const string Secret = "a secret of tests alone";

    private static readonly string[] s_lies = ["nonce", "nonceless", "audience", "party", "issuer", "expired", "endless", "old", "unsigned", "shared", "key", "kid", "changed", "none"];
    private static int s_last;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> Lies => [.. s_lies];

    private ProductUnderTest Product => running.Product;

    private ProviderProcess Provider => running.Provider;

    [Fact]
    public async Task Somebody_new_waits_for_the_security_administrator_and_then_has_a_session_like_all_others()
    {
        SkipWithoutProvider();
        using var browser = new ProviderBrowser(Product.Address);
        var person = New("chief");

        Assert.Equal("/sign-in?failed=" + OidcCodes.Awaiting, await browser.SignInAsync(person));
        Assert.Contains("oidc.awaiting-approval", await browser.PageAsync("/sign-in?failed=" + OidcCodes.Awaiting), StringComparison.Ordinal);
        var account = await AccountOfAsync(person);
        Assert.Equal(("王局长", Role.CourtChief, "沪0115", true), (account.DisplayName, account.Role, account.CourtMark, account.IsDisabled));

        await ApproveAsync(account);
        Assert.Equal("/cases", await browser.SignInAsync(person, "?to=/cases"));
        Assert.Equal(HttpStatusCode.OK, await browser.StatusAsync("/api/v1/cases"));
        Assert.Equal(HttpStatusCode.Forbidden, await browser.StatusAsync("/api/v1/cases?scope=" + Uri.EscapeDataString("沪0101")));

        var sessions = Product.Services.GetRequiredService<SessionBook>();
        await sessions.EndAsync(Assert.Single(sessions.Of(account.Id)).Id, "test", Token);
        Assert.Equal(HttpStatusCode.Unauthorized, await browser.StatusAsync("/api/v1/cases"));
        Assert.Equal([TrailActions.SignedIn, TrailActions.AccountEnabled, TrailActions.AccountProposed], ActsOf(account.Id));
    }

    [Fact]
    public async Task More_sessions_than_three_end_the_oldest_also_with_the_provider()
    {
        SkipWithoutProvider();
        var account = await ApprovedAsync("chief");
        var browsers = Enumerable.Range(0, 4).Select(_ => new ProviderBrowser(Product.Address)).ToList();
        foreach (var browser in browsers)
        {
            Assert.Equal("/", await browser.SignInAsync(account.Person));
        }

        Assert.Equal([HttpStatusCode.Unauthorized, HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.OK], await Task.WhenAll(browsers.Select(static browser => browser.StatusAsync("/api/v1/courts"))));
        browsers.ForEach(static browser => browser.Dispose());
    }

    [Fact]
    public async Task Without_a_second_factor_at_the_provider_ours_is_asked_for()
    {
        SkipWithoutProvider();
        var (person, _) = await ApprovedAsync("handler");
        using var browser = new ProviderBrowser(Product.Address);

        Assert.Equal("/", await browser.SignInAsync(person));

        Assert.Equal(HttpStatusCode.Forbidden, await browser.StatusAsync("/api/v1/cases")); // Nothing but his own account, until he has a factor.
        Assert.Contains("qr", await browser.PageAsync("/account"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Other_rights_than_before_have_to_be_approved_again()
    {
        SkipWithoutProvider();
        var (person, account) = await ApprovedAsync("chief");
        await using (var scope = Product.Services.CreateAsyncScope())
        {
            // As if the provider had said another court the last time.
            var users = scope.ServiceProvider.GetRequiredService<UserManager<Account>>();
            var kept = (await users.FindByIdAsync(account.Id))!;
            kept.CourtMark = "沪0101";
            Assert.True((await users.UpdateAsync(kept)).Succeeded);
        }

        using var browser = new ProviderBrowser(Product.Address);

        Assert.Equal("/sign-in?failed=" + OidcCodes.Awaiting, await browser.SignInAsync(person));
        Assert.Equal(("沪0115", true), ((await AccountOfAsync(person)).CourtMark, (await AccountOfAsync(person)).IsDisabled));
    }

    [Theory]
    [InlineData("visitor", OidcCodes.Role)]
    [InlineData("double", OidcCodes.Role)]
    [InlineData("homeless", OidcCodes.Court)]
    [InlineData("nobody", OidcCodes.Denied)]
    public async Task Who_has_no_place_here_gets_no_account(string kind, string code)
    {
        SkipWithoutProvider();
        using var browser = new ProviderBrowser(Product.Address);
        var person = kind == "nobody" ? kind : New(kind);

        Assert.Equal("/sign-in?failed=" + code, await browser.SignInAsync(person));

        await using var scope = Product.Services.CreateAsyncScope();
        Assert.Null(await scope.ServiceProvider.GetRequiredService<UserManager<Account>>().FindByLoginAsync(OidcDesk.Provider, person));
    }

    [Fact]
    public async Task A_disabled_account_is_refused()
    {
        SkipWithoutProvider();
        var (person, account) = await ApprovedAsync("chief");
        await using (var scope = Product.Services.CreateAsyncScope())
        {
            _ = await scope.ServiceProvider.GetRequiredService<AccountDesk>().SetDisabledAsync(Administrator, account.Id, isDisabled: true, Token);
        }

        using var browser = new ProviderBrowser(Product.Address);
        Assert.Equal("/sign-in?failed=" + OidcCodes.Disabled, await browser.SignInAsync(person));
    }

    [Theory]
    [MemberData(nameof(Lies))]
    public async Task A_token_that_is_not_right_lets_nobody_in(string lie)
    {
        SkipWithoutProvider();
        var (person, _) = await running.ApprovedOnceAsync(() => ApprovedAsync("chief"));
        using var browser = new ProviderBrowser(Product.Address);
        await Provider.LieAsync(lie, Token);
        try
        {
            Assert.Equal("/sign-in?failed=" + OidcCodes.Token, await browser.SignInAsync(person));
        }
        finally
        {
            await Provider.LieAsync(null, Token);
        }

        Assert.Equal(HttpStatusCode.Unauthorized, await browser.StatusAsync("/api/v1/courts"));
        Assert.Equal("/", await browser.SignInAsync(person)); // The same person, told truly.
    }

    [Theory]
    [InlineData("state", OidcCodes.State)]
    [InlineData("code", OidcCodes.Code)]
    [InlineData("iss", OidcCodes.Token)]
    [InlineData("-state", OidcCodes.State)]
    [InlineData("-code", OidcCodes.Code)]
    public async Task An_answer_that_was_tampered_with_lets_nobody_in(string part, string code)
    {
        SkipWithoutProvider();
        var (person, _) = await running.ApprovedOnceAsync(() => ApprovedAsync("chief"));
        using var browser = new ProviderBrowser(Product.Address);

        Assert.Equal("/sign-in?failed=" + code, await browser.SignInAsync(person, spoil: query =>
        {
            if (part[0] == '-')
            {
                _ = query.Remove(part[1..]);
            }
            else
            {
                query[part] = "x" + query[part];
            }
        }));
    }

    [Fact]
    public async Task An_answer_in_another_browser_lets_nobody_in_and_a_code_counts_once()
    {
        SkipWithoutProvider();
        var (person, _) = await running.ApprovedOnceAsync(() => ApprovedAsync("chief"));
        using var begun = new ProviderBrowser(Product.Address);
        using var other = new ProviderBrowser(Product.Address);
        var back = await begun.ComeBackAsync(person);

        Assert.Equal("/sign-in?failed=" + OidcCodes.State, await other.FollowAsync(back));
        Assert.Equal("/", await begun.FollowAsync(back));
        Assert.Equal("/sign-in?failed=" + OidcCodes.State, await begun.FollowAsync(back));
    }

    [Fact]
    public async Task Who_signs_out_at_the_provider_is_signed_out_here()
    {
        SkipWithoutProvider();
        var (person, account) = await ApprovedAsync("chief");
        using var browser = new ProviderBrowser(Product.Address);
        Assert.Equal("/", await browser.SignInAsync(person));
        using var provider = Product.Stranger();

        using var wrong = await EndAsync(provider, (await Provider.LogoutTokenAsync(person, Token))[..^4] + "AAAA");
        Assert.Equal(OidcCodes.Token, (await wrong.Content.ReadFromJsonAsync<JsonElement>(Token)).GetProperty("code").GetString());
        Assert.Equal(HttpStatusCode.OK, await browser.StatusAsync("/api/v1/courts"));

        using var ended = await EndAsync(provider, await Provider.LogoutTokenAsync(person, Token));
        Assert.Equal(HttpStatusCode.OK, ended.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, await browser.StatusAsync("/api/v1/courts"));
        Assert.Contains(TrailActions.SessionsEnded, ActsOf(account.Id));
    }

    [Fact]
    public async Task Without_its_provider_the_sign_in_page_says_so_and_our_own_accounts_go_on()
    {
        using var folder = new TemporaryDirectory();
        await using var product = await ProductUnderTest.StartAsync(Running.SettingsOf(folder.Path, $"http://127.0.0.1:{LoopbackPort.Free()}")); // Where nobody listens.
        await using (var scope = product.Services.CreateAsyncScope())
        {
            var made = await scope.ServiceProvider.GetRequiredService<UserManager<Account>>().CreateAsync(
                new Account { UserName = "chief", DisplayName = "x", Role = Role.CourtChief, CourtMark = "沪0115" }, "Right-Password-1");
            Assert.True(made.Succeeded);
        }

        using var browser = new ProviderBrowser(product.Address);
        using var own = new FormBrowser(product.Address);

        Assert.Equal("/sign-in?failed=" + OidcCodes.Unavailable, await browser.FollowAsync(new Uri(product.Address, "/sign-in/provider")));
        var page = await browser.PageAsync("/sign-in?failed=" + OidcCodes.Unavailable + "&lang=en");
        Assert.Contains("does not answer", page, StringComparison.Ordinal);
        Assert.Contains("/sign-in/provider", page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, (await own.SignInAsync("chief", "Right-Password-1")).Status);
    }

    [Fact]
    public void Wrong_settings_are_all_named()
    {
        var result = new OidcOptionsValidator().Validate(null, new OidcOptions { Authority = "http://id.court.example", ClientSecretFile = "/no/such/file" });

        Assert.Equal(4, result.Failures!.Count());
    }

    [Fact]
    public void Every_code_is_explained() =>
        Assert.Equal(OidcCodes.All.Order(StringComparer.Ordinal), MarkdownFile.Read("docs", "access.md").FirstColumnOf("code").Order(StringComparer.Ordinal));

    private static Viewer Administrator => new("administrator", "安全管理员", Role.SecurityAdministrator, null, null, null, IsSetUp: true);

    // What stands behind the @ makes somebody else of the same kind.
    private static string New(string kind) => $"{kind}@{Interlocked.Increment(ref s_last)}";

    private static void SkipWithoutProvider() => Assert.SkipWhen(ProviderProcess.Missing is not null, ProviderProcess.Missing ?? "");

    private static async Task<HttpResponseMessage> EndAsync(HttpClient client, string token)
    {
        using var form = new FormUrlEncodedContent([new("logout_token", token)]);
        return await client.PostAsync(new Uri("/sign-in/provider/sign-out", UriKind.Relative), form, Token);
    }

    private async Task<(string Person, Account Account)> ApprovedAsync(string kind)
    {
        var person = New(kind);
        using var browser = new ProviderBrowser(Product.Address);
        Assert.Equal("/sign-in?failed=" + OidcCodes.Awaiting, await browser.SignInAsync(person));
        var account = await AccountOfAsync(person);
        await ApproveAsync(account);
        return (person, account);
    }

    private async Task ApproveAsync(Account account)
    {
        await using var scope = Product.Services.CreateAsyncScope();
        Assert.Null(await scope.ServiceProvider.GetRequiredService<AccountDesk>().SetDisabledAsync(Administrator, account.Id, isDisabled: false, Token));
    }

    private async Task<Account> AccountOfAsync(string person)
    {
        await using var scope = Product.Services.CreateAsyncScope();
        return (await scope.ServiceProvider.GetRequiredService<UserManager<Account>>().FindByLoginAsync(OidcDesk.Provider, person))!;
    }

    private List<string> ActsOf(string account) =>
        [.. Product.Services.GetRequiredService<AuditTrail>().Search(new AuditQuery { Subject = account }, Token).Records.Select(static record => record.Entry.Action)];

    /// <summary>One product and one provider for all of them.</summary>
    public sealed class Running : IAsyncLifetime
    {
        private readonly TemporaryDirectory _folder = new();
        private Task<(string Person, Account Account)>? _approved;

        internal ProductUnderTest Product { get; private set; } = null!;

        internal ProviderProcess Provider { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            if (ProviderProcess.Missing is not null)
            {
                return;
            }

            var (port, provider) = (LoopbackPort.Free(), LoopbackPort.Free());
            Provider = await ProviderProcess.StartAsync(provider, Client, Secret, $"http://127.0.0.1:{port}/sign-in/provider/back", CancellationToken.None);
            var settings = SettingsOf(_folder.Path, Provider.Address.GetLeftPart(UriPartial.Authority));
            Product = await ProductUnderTest.StartAsync(serve =>
            {
                settings(serve);
                serve.Urls = $"http://127.0.0.1:{port}";
            });
        }

        public async ValueTask DisposeAsync()
        {
            if (Product is not null)
            {
                await Product.DisposeAsync();
                await Provider.DisposeAsync();
            }

            _folder.Dispose();
        }

        internal static Action<Web.Hosting.ServeOptions> SettingsOf(string folder, string authority)
        {
            var secret = Path.Combine(folder, "secret");
            File.WriteAllText(secret, Secret + "\n");
            File.SetUnixFileMode(secret, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            var file = Path.Combine(folder, "settings.json");
            File.WriteAllText(file, JsonSerializer.Serialize(new
            {
                Oidc = new
                {
                    Authority = authority,
                    ClientId = Client,
                    ClientSecretFile = secret,
                    Roles = new Dictionary<string, string> { ["enforcement-chief"] = "CourtChief", ["enforcement-handler"] = "Handler" },
                },
                Accounts = new { TriesPerMinuteMax = 1_000 },
            }));
            return serve => serve.SettingsFile = file;
        }

        // Somebody for all tests that need no account of their own.
        internal Task<(string Person, Account Account)> ApprovedOnceAsync(Func<Task<(string, Account)>> approve) => _approved ??= approve();
    }

    /// <summary>A browser that goes to the provider and comes back, one step at a time.</summary>
    private sealed class ProviderBrowser(Uri address) : IDisposable
    {
        private readonly HttpClient _client = new(new SocketsHttpHandler { AllowAutoRedirect = false });

        /// <summary>Where it ends up.</summary>
        public async Task<string> SignInAsync(string person, string query = "", Action<Dictionary<string, string?>>? spoil = null)
        {
            var back = await ComeBackAsync(person, query);
            if (spoil is not null)
            {
                var parts = QueryHelpers.ParseQuery(back.Query).ToDictionary(static pair => pair.Key, static pair => (string?)pair.Value.ToString());
                spoil(parts);
                back = new Uri(QueryHelpers.AddQueryString(back.GetLeftPart(UriPartial.Path), parts));
            }

            return await FollowAsync(back);
        }

        /// <summary>As far as the address with which the provider sends it back.</summary>
        public async Task<Uri> ComeBackAsync(string person, string query = "")
        {
            var at = await NextAsync(new Uri(address, "/sign-in/provider" + query));
            for (var step = 0; step < 8 && at.Port != address.Port; step++)
            {
                at = await NextAsync(at.AbsolutePath.StartsWith("/interaction/", StringComparison.Ordinal) ? new Uri(at + "?as=" + Uri.EscapeDataString(person)) : at);
            }

            return at;
        }

        public async Task<string> FollowAsync(Uri at) => (await NextAsync(at)).PathAndQuery;

        public async Task<HttpStatusCode> StatusAsync(string path)
        {
            using var answer = await _client.GetAsync(new Uri(address, path), Token);
            return answer.StatusCode;
        }

        public async Task<string> PageAsync(string path) => WebUtility.HtmlDecode(await _client.GetStringAsync(new Uri(address, path), Token));

        public void Dispose() => _client.Dispose();

        private async Task<Uri> NextAsync(Uri at)
        {
            using var answer = await _client.GetAsync(at, Token);
            Assert.True(answer.Headers.Location is not null, $"{at} answers {answer.StatusCode}: {await answer.Content.ReadAsStringAsync(Token)}");
            return new Uri(at, answer.Headers.Location);
        }
    }
}
