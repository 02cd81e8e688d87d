using System.Net.Http.Headers;
using CommandCenter.Web.Access;
using CommandCenter.Web.Accounts;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CommandCenter.Web.Tests.Access;

/// <summary>Accounts and sessions made in the product itself, without the forms: tests of other things do not sign in by hand.</summary>
internal static class SignedIn
{
    private static int s_last;

    /// <summary>Makes an account and begins a session of it.</summary>
    /// <returns>The cookie of the session.</returns>
    public static async Task<string> BeginAsync(
        IServiceProvider services, Role role, string? court = null, string? handler = null, CancellationToken cancellationToken = default)
    {
        await services.GetRequiredService<AccountHouse>().Ready;
        await using var scope = services.CreateAsyncScope();
        var account = new Account
        {
            UserName = $"{role}-{Interlocked.Increment(ref s_last)}",
            DisplayName = NameOf(role),
            Role = role,
            CourtMark = court,
            Handler = handler,
            LockoutEnabled = true,
        };
        var made = await scope.ServiceProvider.GetRequiredService<UserManager<Account>>().CreateAsync(account);
        Assert.True(made.Succeeded, string.Join(' ', made.Errors.Select(error => error.Code)));
        var session = await services.GetRequiredService<SessionBook>().BeginAsync(account.Id, "127.0.0.1", "test", cancellationToken);
        return CookieOf(services, new Viewer(account.Id, account.DisplayName, role, court, handler, session.Id, IsSetUp: true));
    }

    /// <summary>What accounts of tests are called.</summary>
    public static string NameOf(Role role) => "测试 " + role;

    private static string CookieOf(IServiceProvider services, Viewer viewer)
    {
        var options = services.GetRequiredService<IOptionsMonitor<CookieAuthenticationOptions>>().Get(SignInSchemes.Person);
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        var ticket = new AuthenticationTicket(
            viewer.ToPrincipal(SignInSchemes.Person),
            new AuthenticationProperties { IssuedUtc = now, ExpiresUtc = now + options.ExpireTimeSpan },
            SignInSchemes.Person);
        return $"{SignInSchemes.PersonCookie}={options.TicketDataFormat.Protect(ticket)}";
    }
}

/// <summary>Sends each request as somebody who may: the machine's key where a machine asks, the administrator's session where the system is run, else the command staff's.</summary>
internal sealed class AsWhoeverMay(ProductUnderTest product) : DelegatingHandler(new SocketsHttpHandler { UseCookies = false })
{
    private string? _command;
    private string? _system;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Headers.Authorization is null && !request.Headers.Contains("Cookie"))
        {
            var path = request.RequestUri!.AbsolutePath;
            if (path is "/api/v1/events" or "/metrics")
            {
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", path == "/metrics" ? product.KeyOf("metrics") : product.Key);
            }
            else if (request.Method == HttpMethod.Post && !path.StartsWith("/api/v1/walls", StringComparison.Ordinal))
            {
                request.Headers.Add("Cookie", _system ??= await SignedIn.BeginAsync(product.Services, Role.SystemAdministrator, cancellationToken: cancellationToken));
            }
            else
            {
                request.Headers.Add("Cookie", _command ??= await SignedIn.BeginAsync(product.Services, Role.CommandStaff, cancellationToken: cancellationToken));
            }
        }

        return await base.SendAsync(request, cancellationToken);
    }
}
