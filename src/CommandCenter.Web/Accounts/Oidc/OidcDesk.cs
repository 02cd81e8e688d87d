using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using CommandCenter.Audit;
using CommandCenter.Web.Access;
using CommandCenter.Web.Grains;
using CommandCenter.Web.Trail;
using CommandCenter.Web.Wall.Directing;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace CommandCenter.Web.Accounts.Oidc;

/// <summary>
/// Turns a person whom the provider vouches for into an account here. The provider proposes role, court and handler; the security
/// administrator disposes: who comes for the first time, or with other rights than before, waits until he is let in.
/// </summary>
internal sealed class OidcDesk(
    UserManager<Account> users, IDbContextFactory<AccountsDb> databases, SignInDesk desk, SessionBook sessions, AuditTrail trail, GrainHost grains, IOptions<OidcOptions> options)
{
    /// <summary>What a login of the provider is filed under.</summary>
    public const string Provider = "oidc";

    /// <summary>The claim of an account that waits for the security administrator.</summary>
    public const string AwaitingClaim = "awaiting-approval";

    private const string SecondFactor = "mfa";
    private const int AwaitingMax = 1_000; // Whoever has an account there cannot fill our tables.
    private const int NameMax = 64;
    private const string NameChars = "-._@";

    /// <summary>Begins a session, or says by a code why not. Both leave a trace.</summary>
    /// <returns>What is to be done next.</returns>
    /// <exception cref="OidcException">Nobody is signed in.</exception>
    public async Task<SignInAnswer> EnterAsync(HttpContext http, ClaimsPrincipal told)
    {
        var subject = told.FindFirstValue("sub")!;
        var (role, court, handler) = Proposed(told);
        var account = await users.FindByLoginAsync(Provider, subject) ?? await MakeAsync(http, told, subject, role, court, handler);
        if (await IsAwaitingAsync(account))
        {
            throw new OidcException(OidcCodes.Awaiting, "The account waits for the security administrator.");
        }

        if (account.IsDisabled)
        {
            await trail.RecordAsync(http, TrailActions.SignInRefused, account.Id, AuditOutcome.Denied, detail: Why(OidcCodes.Disabled));
            throw new OidcException(OidcCodes.Disabled, "The account is disabled.");
        }

        if (account.Role != role || account.CourtMark != court || account.Handler != handler)
        {
            await ProposeAsync(http, account, role, court, handler);
            throw new OidcException(OidcCodes.Awaiting, "The provider gives other rights than before.");
        }

        var hasFactor = told.FindAll("amr").Any(static claim => claim.Value == SecondFactor);
        return await desk.EnterAsync(http, account, hasFactor);
    }

    /// <summary>Ends all sessions of a person, because the provider says that he signed out there.</summary>
    public async Task EndAsync(HttpContext http, string subject)
    {
        if (await users.FindByLoginAsync(Provider, subject) is { } account)
        {
            await trail.RecordAsync(http, TrailActions.SessionsEnded, account.Id, detail: Why("signed out at the provider"));
            await sessions.EndAllAsync(account.Id, "provider-signed-out", except: null, CancellationToken.None);
        }
    }

    private static Dictionary<string, string> Why(string why) => new(StringComparer.Ordinal) { ["why"] = why };

    // What the provider says is checked against our own tables before anything is kept of it.
    private (Role Role, string? Court, string? Handler) Proposed(ClaimsPrincipal told)
    {
        var known = told.FindAll(options.Value.RoleClaim).Where(claim => options.Value.Roles.ContainsKey(claim.Value)).Select(claim => options.Value.Roles[claim.Value]).Distinct().ToArray();
        if (known is not [var role])
        {
            throw new OidcException(OidcCodes.Role, known.Length == 0 ? "The provider gives no role that is known here." : "The provider gives several roles; an account has one.");
        }

        var court = RoleRights.HasCourt(role) ? told.FindFirstValue(options.Value.CourtClaim) : null;
        if (RoleRights.HasCourt(role) && (court is null || !grains.Courts.TryFind(court, out _)))
        {
            throw new OidcException(OidcCodes.Court, "The provider gives no court that is known here.");
        }

        var handler = role == Role.Handler ? told.FindFirstValue(options.Value.HandlerClaim) : null;
        return role != Role.Handler || handler is { Length: > 0 and <= NameMax } ? (role, court, handler) : throw new OidcException(OidcCodes.Court, "The provider gives no name in cases.");
    }

    private async Task<Account> MakeAsync(HttpContext http, ClaimsPrincipal told, string subject, Role role, string? court, string? handler)
    {
        await using (var database = await databases.CreateDbContextAsync(http.RequestAborted))
        {
            if (await database.UserClaims.CountAsync(static claim => claim.ClaimType == AwaitingClaim, http.RequestAborted) >= AwaitingMax)
            {
                throw new OidcException(OidcCodes.Awaiting, "Too many accounts wait for the security administrator.");
            }
        }

        var account = new Account
        {
            UserName = await FreeNameAsync(told.FindFirstValue("preferred_username"), subject),
            DisplayName = DisplayOf(told.FindFirstValue("name") ?? told.FindFirstValue("preferred_username") ?? subject),
            Role = role,
            CourtMark = court,
            Handler = handler,
            IsDisabled = true,
            LockoutEnabled = true,
        };
        await trail.RecordAsync(http, TrailActions.AccountProposed, account.Id, detail: Detail(account));
        Check(await users.CreateAsync(account));
        Check(await users.AddClaimAsync(account, new Claim(AwaitingClaim, bool.TrueString)));
        Check(await users.AddLoginAsync(account, new UserLoginInfo(Provider, subject, options.Value.Name ?? Provider)));
        return account;
    }

    private async Task ProposeAsync(HttpContext http, Account account, Role role, string? court, string? handler)
    {
        (account.Role, account.CourtMark, account.Handler, account.IsDisabled) = (role, court, handler, true);
        await trail.RecordAsync(http, TrailActions.AccountProposed, account.Id, detail: Detail(account));
        Check(await users.UpdateAsync(account));
        Check(await users.AddClaimAsync(account, new Claim(AwaitingClaim, bool.TrueString)));
        await sessions.EndAllAsync(account.Id, "rights-changed", except: null, CancellationToken.None);
    }

    private static Dictionary<string, string> Detail(Account account) => new(StringComparer.Ordinal)
    {
        ["name"] = account.UserName!,
        ["role"] = account.Role.ToString(),
        ["court"] = account.CourtMark ?? "",
        ["handler"] = account.Handler ?? "",
    };

    private async Task<bool> IsAwaitingAsync(Account account) => account.IsDisabled && (await users.GetClaimsAsync(account)).Any(static claim => claim.Type == AwaitingClaim);

    // A name that is taken, or that we do not allow, says nothing about the person: the subject alone does.
    private async Task<string> FreeNameAsync(string? wished, string subject) =>
        wished is { Length: > 0 and <= NameMax } && wished.All(static c => char.IsAsciiLetterOrDigit(c) || NameChars.Contains(c, StringComparison.Ordinal)) && await users.FindByNameAsync(wished) is null
            ? wished
            : "oidc-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(subject)))[..16];

    private static string DisplayOf(string name)
    {
        var clean = string.Concat(name.Where(static c => !char.IsControl(c)));
        return clean.Length > DirectorDecider.ByLengthMax ? clean[..DirectorDecider.ByLengthMax] : clean;
    }

    private static void Check(IdentityResult result)
    {
        if (!result.Succeeded)
        {
            throw new InvalidOperationException(string.Join(' ', result.Errors.Select(static error => error.Code)));
        }
    }
}
