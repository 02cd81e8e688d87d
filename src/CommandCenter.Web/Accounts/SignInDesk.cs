using System.Security.Claims;
using CommandCenter.Audit;
using CommandCenter.Web.Access;
using CommandCenter.Web.Hosting;
using CommandCenter.Web.Trail;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace CommandCenter.Web.Accounts;

/// <summary>What a try to sign in came to.</summary>
internal enum SignInAnswer
{
    /// <summary>Signed in.</summary>
    In,

    /// <summary>The password is right; the code of the second factor is asked for.</summary>
    CodeWanted,

    /// <summary>Wrong, unknown, disabled, or at rest after too many wrong tries. Strangers are not told which.</summary>
    Refused,
}

/// <summary>Signs people in: password, then the second factor, then a session.</summary>
internal sealed class SignInDesk(
    UserManager<Account> users, SessionBook sessions, KnownDevices devices, AccountHouse house, AuditTrail trail, IOptions<AccountOptions> options, IOptions<ServeOptions> serve, TimeProvider time)
{
    private const int NameMax = 64;
    private const int PasswordMax = 256;
    private const int CodeMax = 32;

    private static readonly Dictionary<string, string> s_unknown = new() { ["why"] = "unknown name" };
    private static readonly Dictionary<string, string> s_resting = new() { ["why"] = "at rest" };

    // Of a password nobody knows: an unknown name costs the same time as a wrong password.
    private static readonly string s_nobodysHash = new PasswordHasher<Account>().HashPassword(new Account(), Guid.NewGuid().ToString());

    /// <summary>The first step.</summary>
    public async Task<SignInAnswer> TryPasswordAsync(HttpContext http, string name, string password)
    {
        await house.Ready;
        if (name.Length is 0 or > NameMax || password.Length is 0 or > PasswordMax || await users.FindByNameAsync(name.Trim()) is not { } account)
        {
            _ = users.PasswordHasher.VerifyHashedPassword(new Account(), s_nobodysHash, password.Length > PasswordMax ? "" : password);

            // What was typed is not kept: it may be a password in the wrong field.
            await trail.RecordAsync(http, TrailActions.SignInRefused, subject: null, AuditOutcome.Denied, detail: s_unknown);
            return SignInAnswer.Refused;
        }

        // Always computed, so that the time does not say that an account rests.
        var isRight = await users.CheckPasswordAsync(account, password);
        if (await IsRestingAsync(http, account))
        {
            await trail.RecordAsync(http, TrailActions.SignInRefused, account.Id, AuditOutcome.Denied, detail: s_resting);
            return SignInAnswer.Refused;
        }

        if (!isRight || account.IsDisabled || (account.PasswordEndsAt != 0 && account.PasswordEndsAt < time.GetUtcNow().UtcTicks))
        {
            await CountAsync(http, account);
            return SignInAnswer.Refused;
        }

        if (!account.TwoFactorEnabled)
        {
            await BeginAsync(http, account);
            return SignInAnswer.In;
        }

        await HalfInAsync(http, account);
        return SignInAnswer.CodeWanted;
    }

    /// <summary>Lets somebody in for whom the identity provider vouches.</summary>
    /// <param name="http">His request.</param>
    /// <param name="account">His account here, which is not disabled.</param>
    /// <param name="hasFactor">Whether the provider asked for a second factor. If not, ours is asked for.</param>
    public async Task<SignInAnswer> EnterAsync(HttpContext http, Account account, bool hasFactor)
    {
        if (!hasFactor && account.TwoFactorEnabled)
        {
            await HalfInAsync(http, account);
            return SignInAnswer.CodeWanted;
        }

        await BeginAsync(http, account, hasFactor);
        return SignInAnswer.In;
    }

    /// <summary>Whether somebody is between password and code.</summary>
    public static async Task<bool> IsHalfInAsync(HttpContext http) => (await http.AuthenticateAsync(SignInSchemes.Half)).Succeeded;

    /// <summary>The second step: a code of the authenticator, or a recovery code.</summary>
    public async Task<SignInAnswer> TryCodeAsync(HttpContext http, string code)
    {
        await house.Ready;
        var half = await http.AuthenticateAsync(SignInSchemes.Half);
        var id = half.Principal?.FindFirstValue(ClaimTypes.NameIdentifier);
        if (id is null || await users.FindByIdAsync(id) is not { IsDisabled: false } account || await IsRestingAsync(http, account))
        {
            return SignInAnswer.Refused;
        }

        if (code.Length > CodeMax || !await IsCodeRightAsync(account, code))
        {
            await CountAsync(http, account);
            return SignInAnswer.Refused;
        }

        await http.SignOutAsync(SignInSchemes.Half);
        await BeginAsync(http, account);
        return SignInAnswer.In;
    }

    /// <summary>Takes a code of the authenticator, each once.</summary>
    public async Task<bool> TakeCodeAsync(Account account, string code)
    {
        var digits = string.Concat(code.Where(char.IsAsciiDigit));
        if (digits.Length != 6 || digits == account.LastCode || !await users.VerifyTwoFactorTokenAsync(account, users.Options.Tokens.AuthenticatorTokenProvider, digits))
        {
            return false;
        }

        // Whoever looked over a shoulder finds the code used.
        account.LastCode = digits;
        return (await users.UpdateAsync(account)).Succeeded;
    }

    /// <summary>Writes the claims anew after something of the account's own changed, within the same session.</summary>
    public Task RenewAsync(HttpContext http, Account account, string session) =>
        http.SignInAsync(SignInSchemes.Person, ViewerOf(account, session).ToPrincipal(SignInSchemes.Person));

    /// <summary>Ends the session of a request.</summary>
    public async Task SignOutAsync(HttpContext http)
    {
        if (Viewer.Of(http.User)?.Session is { } session)
        {
            await trail.RecordAsync(http, TrailActions.SignedOut, session[..Math.Min(12, session.Length)]);
            await sessions.EndAsync(session, "signed-out", CancellationToken.None);
        }

        // The last picture of a wall, which the browser keeps for outages, goes too: the next one at this desk is somebody else.
        http.Response.Headers["Clear-Site-Data"] = "\"cache\", \"storage\"";
        await http.SignOutAsync(SignInSchemes.Person);
    }

    private Viewer ViewerOf(Account account, string session, bool hasFactor = false) => new(
        account.Id, account.DisplayName, account.Role, account.CourtMark, account.Handler, session,
        IsSetUp: !account.MustChangePassword && (hasFactor || account.TwoFactorEnabled || !options.Value.SecondFactorRequired || serve.Value.Demonstration));

    private static Task HalfInAsync(HttpContext http, Account account) => http.SignInAsync(
        SignInSchemes.Half,
        new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, account.Id)], SignInSchemes.Half)));

    private async Task BeginAsync(HttpContext http, Account account, bool hasFactor = false)
    {
        _ = await users.ResetAccessFailedCountAsync(account);
        if (devices.Find(http.Request, account.Id) is { } device)
        {
            devices.Clear(account.Id, device);
        }

        await trail.RecordAsync(ViewerOf(account, "", hasFactor), http, TrailActions.SignedIn, account.Id);
        devices.Remember(http, account.Id);
        var session = await sessions.BeginAsync(account.Id, AddressOf(http), http.Request.Headers.UserAgent.ToString(), http.RequestAborted);
        await http.SignInAsync(SignInSchemes.Person, ViewerOf(account, session.Id, hasFactor).ToPrincipal(SignInSchemes.Person));
    }

    private async Task<bool> IsCodeRightAsync(Account account, string code) =>
        await TakeCodeAsync(account, code) || (await users.RedeemTwoFactorRecoveryCodeAsync(account, code.Trim())).Succeeded;

    private async Task<bool> IsRestingAsync(HttpContext http, Account account) => devices.Find(http.Request, account.Id) is { } device
        ? devices.IsLocked(account.Id, device, options.Value.TriesMax)
        : await users.IsLockedOutAsync(account);

    private async Task CountAsync(HttpContext http, Account account)
    {
        await trail.RecordAsync(http, TrailActions.SignInRefused, account.Id, AuditOutcome.Denied);
        if (devices.Find(http.Request, account.Id) is { } device)
        {
            devices.Count(account.Id, device, options.Value.LockLength);
        }
        else
        {
            _ = await users.AccessFailedAsync(account);
        }
    }

    private static string AddressOf(HttpContext http) => http.Connection.RemoteIpAddress?.ToString() ?? "";
}
