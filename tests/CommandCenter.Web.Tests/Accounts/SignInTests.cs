using System.Diagnostics;
using System.Net;
using System.Net.WebSockets;
using CommandCenter.Testing;
using CommandCenter.Web.Access;
using CommandCenter.Web.Accounts;
using CommandCenter.Web.Cameras;
using CommandCenter.Web.Hosting;
using CommandCenter.Web.Tests.Access;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CommandCenter.Web.Tests.Accounts;

/// <summary>Signing in by the forms, as a browser does.</summary>
public sealed class SignInTests
{
    private const string Password = "Right-Password-1";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_right_password_opens_the_page_that_was_wanted_and_a_wrong_one_says_nothing_more_than_that()
    {
        await using var product = await ProductUnderTest.StartAsync();
        await MakeAsync(product, "chief");
        using var browser = new FormBrowser(product.Address);

        var (wrongStatus, wrong, _) = await browser.SignInAsync("chief", "wrong");
        var (_, unknown, _) = await browser.SignInAsync("nobody", "wrong");
        var (status, _, to) = await browser.SignInAsync("chief", Password, "?to=%2Fcases%3Fscope%3D1");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Redirect, "/cases?scope=1"), (wrongStatus, status, to));
        Assert.Contains("用户名或密码不正确", wrong, StringComparison.Ordinal);
        Assert.Equal(FormBrowser.WithoutTokens(wrong), FormBrowser.WithoutTokens(unknown));
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example/")]
    [InlineData("/\\evil.example")]
    [InlineData("javascript:alert(1)")]
    [InlineData("/sign-in?to=/sign-in")]
    public async Task Another_sites_address_is_no_place_to_go_to(string wanted)
    {
        await using var product = await ProductUnderTest.StartAsync();
        await MakeAsync(product, "chief");
        using var browser = new FormBrowser(product.Address);

        var (_, _, to) = await browser.SignInAsync("chief", Password, "?to=" + Uri.EscapeDataString(wanted));

        Assert.Equal("/", to);
    }

    [Fact]
    public async Task Strangers_lock_out_only_strangers()
    {
        await using var product = await ProductUnderTest.StartAsync();
        await MakeAsync(product, "chief");
        using var owner = new FormBrowser(product.Address);
        using var stranger = new FormBrowser(product.Address);
        Assert.Equal(HttpStatusCode.Redirect, (await owner.SignInAsync("chief", Password)).Status);

        for (var i = 0; i < new AccountOptions().TriesMax; i++)
        {
            Assert.Equal(HttpStatusCode.OK, (await stranger.SignInAsync("chief", "wrong " + i)).Status);
        }

        // Even the right password does not help a stranger now; the owner's own browser is not touched, and has tries of its own.
        Assert.Equal(HttpStatusCode.OK, (await stranger.SignInAsync("chief", Password)).Status);
        Assert.Equal(HttpStatusCode.Redirect, (await owner.SignInAsync("chief", Password)).Status);
        for (var i = 0; i < new AccountOptions().TriesMax; i++)
        {
            _ = await owner.SignInAsync("chief", "wrong " + i);
        }

        Assert.Equal(HttpStatusCode.OK, (await owner.SignInAsync("chief", Password)).Status);
    }

    [Fact]
    public async Task One_address_cannot_try_name_after_name()
    {
        await using var product = await ProductUnderTest.StartAsync();
        using var browser = new FormBrowser(product.Address);

        var statuses = new List<HttpStatusCode>();
        for (var i = 0; i <= new AccountOptions().TriesPerMinuteMax; i++)
        {
            statuses.Add((await browser.SignInAsync("name-" + i, "wrong")).Status);
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, statuses[^1]);
        Assert.All(statuses[..^1], status => Assert.Equal(HttpStatusCode.OK, status));
    }

    [Fact]
    public async Task A_form_without_its_token_is_refused()
    {
        await using var product = await ProductUnderTest.StartAsync();
        await MakeAsync(product, "chief");
        using var client = product.Stranger();
        using var form = new FormUrlEncodedContent([new("_handler", "sign-in"), new("name", "chief"), new("password", Password)]);

        using var answer = await client.PostAsync(new Uri("/sign-in", UriKind.Relative), form, Token);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task The_whole_way_of_a_new_court_ends_with_command_staff_that_survives_a_restart()
    {
        await using var product = await ProductUnderTest.StartAsync();
        string given;
        await using (var scope = product.Services.CreateAsyncScope())
        {
            var users = scope.ServiceProvider.GetRequiredService<UserManager<Account>>();
            var first = await users.FindByNameAsync(AccountHouse.FirstName);
            Assert.True(first!.MustChangePassword);
            given = GivenPassword.Make();
            Assert.True((await users.RemovePasswordAsync(first)).Succeeded);
            Assert.True((await users.AddPasswordAsync(first, given)).Succeeded);
        }

        var accounts = await FirstAccounts.MakeAsync(product.Address, $"one-time password {given}, until", Token);
        using var client = product.Stranger();
        client.DefaultRequestHeaders.Add("Cookie", accounts.Command.GetCookieHeader(product.Address));
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(new Uri("/api/v1/cases", UriKind.Relative), Token)).StatusCode);

        await product.RestartAsync();

        using var again = product.Stranger();
        again.DefaultRequestHeaders.Add("Cookie", client.DefaultRequestHeaders.GetValues("Cookie"));
        Assert.Equal(HttpStatusCode.OK, (await again.GetAsync(new Uri("/api/v1/cases", UriKind.Relative), Token)).StatusCode);
    }

    [Fact]
    public async Task A_session_that_is_ended_loses_its_requests_and_its_open_hub_at_once()
    {
        await using var product = await ProductUnderTest.StartAsync();
        var cookie = await SignedIn.BeginAsync(product.Services, Role.CommandStaff, cancellationToken: Token);
        using var client = product.Stranger();
        client.DefaultRequestHeaders.Add("Cookie", cookie);
        using var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Cookie", cookie);
        await socket.ConnectAsync(new UriBuilder(product.Address) { Scheme = "ws", Path = "/hubs/wall" }.Uri, Token);
        var account = await AccountAsync(product, Role.CommandStaff);
        var reading = ReadToEndAsync(socket);

        var begin = Stopwatch.GetTimestamp();
        await product.Services.GetRequiredService<SessionBook>().EndAllAsync(account.Id, "test", except: null, Token);
        await reading.WaitAsync(TimeSpan.FromSeconds(30), Token);

        TestContext.Current.TestOutputHelper!.WriteLine($"The hub ended after {Stopwatch.GetElapsedTime(begin).TotalMilliseconds:F0} ms.");
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync(new Uri("/api/v1/cases", UriKind.Relative), Token)).StatusCode);
    }

    [Fact]
    public async Task An_account_has_so_many_sessions_and_one_more_ends_the_oldest()
    {
        await using var product = await ProductUnderTest.StartAsync();
        await MakeAsync(product, "chief");
        var browsers = Enumerable.Range(0, new AccountOptions().SessionsMax + 1).Select(_ => new FormBrowser(product.Address)).ToList();
        foreach (var browser in browsers)
        {
            Assert.Equal(HttpStatusCode.Redirect, (await browser.SignInAsync("chief", Password)).Status);
        }

        Assert.Equal(
            [HttpStatusCode.Unauthorized, .. browsers.Skip(1).Select(static _ => HttpStatusCode.OK)],
            await Task.WhenAll(browsers.Select(static browser => browser.StatusAsync("/api/v1/courts"))));
        browsers.ForEach(static browser => browser.Dispose());
    }

    [Fact]
    public async Task A_disabled_account_is_out_and_stays_out()
    {
        await using var product = await ProductUnderTest.StartAsync();
        await MakeAsync(product, "chief");
        using var browser = new FormBrowser(product.Address);
        _ = await browser.SignInAsync("chief", Password);
        var account = await AccountAsync(product, Role.CourtChief);

        await using (var scope = product.Services.CreateAsyncScope())
        {
            Assert.Null(await scope.ServiceProvider.GetRequiredService<AccountDesk>().SetDisabledAsync(Viewers.Of(Role.SecurityAdministrator), account.Id, isDisabled: true, Token));
        }

        Assert.Equal(HttpStatusCode.Unauthorized, await browser.StatusAsync("/api/v1/courts"));
        Assert.Equal(HttpStatusCode.OK, (await browser.SignInAsync("chief", Password)).Status);
    }

    [Fact]
    public async Task A_demonstration_leaves_no_account_behind_and_its_data_are_never_served_as_real()
    {
        await using var product = await ProductUnderTest.StartAsync(static options => options.Demonstration = true);
        Assert.All(
            Directory.EnumerateFiles(Path.Combine(product.DataDirectory, AccountHouse.FolderName)),
            static file => Assert.StartsWith(CameraDatabase.FileName, Path.GetFileName(file), StringComparison.Ordinal)); // Cameras lie there, and nobody who signs in.

        var refused = await Assert.ThrowsAsync<ConfigurationException>(() => ProductApp.OpenAsync(Real(product.DataDirectory), Token));

        Assert.Contains("--demonstration", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Real_data_are_never_served_with_the_log_ins_of_a_demonstration()
    {
        await using var product = await ProductUnderTest.StartAsync();
        var options = Real(product.DataDirectory);
        options.Demonstration = true;

        var refused = await Assert.ThrowsAsync<ConfigurationException>(() => ProductApp.OpenAsync(options, Token));

        Assert.Contains("--demonstration", refused.Message, StringComparison.Ordinal);
    }

    private static ServeOptions Real(string data) => new() { DataDirectory = data, ConfigDirectory = RepositoryRoot.Combine("wallboard-config"), Urls = "http://127.0.0.1:0" };

    // Without a second factor, so that one step is tested at a time: set up by hand.
    private static async Task MakeAsync(ProductUnderTest product, string name)
    {
        await product.Services.GetRequiredService<AccountHouse>().Ready;
        product.Services.GetRequiredService<Microsoft.Extensions.Options.IOptions<AccountOptions>>().Value.SecondFactorRequired = false;
        await using var scope = product.Services.CreateAsyncScope();
        var made = await scope.ServiceProvider.GetRequiredService<UserManager<Account>>().CreateAsync(
            new Account { UserName = name, DisplayName = name, Role = Role.CourtChief, CourtMark = ShippedConfig.Pudong, LockoutEnabled = true }, Password);
        Assert.True(made.Succeeded, string.Join(' ', made.Errors.Select(static error => error.Code)));
    }

    private static async Task<Account> AccountAsync(ProductUnderTest product, Role role)
    {
        await using var database = await product.Services.GetRequiredService<IDbContextFactory<AccountsDb>>().CreateDbContextAsync(Token);
        return await database.Users.SingleAsync(account => account.Role == role, Token);
    }

    private static async Task ReadToEndAsync(ClientWebSocket socket)
    {
        var buffer = new byte[1024];
        try
        {
            while ((await socket.ReceiveAsync(buffer, Token)).MessageType != WebSocketMessageType.Close)
            {
            }
        }
        catch (WebSocketException)
        {
            // Cut off, as it should be.
        }
    }
}
