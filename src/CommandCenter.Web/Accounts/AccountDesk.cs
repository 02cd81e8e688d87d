using CommandCenter.Web.Access;
using CommandCenter.Web.Accounts.Oidc;
using CommandCenter.Web.Grains;
using CommandCenter.Web.Trail;
using CommandCenter.Web.Wall.Directing;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace CommandCenter.Web.Accounts;

/// <summary>What the security administrator asks for a new account.</summary>
internal sealed record NewAccount(string Name, string DisplayName, Role Role, string? CourtMark, string? Handler);

/// <summary>A password that was given, to be told once.</summary>
internal sealed record GivenAccess(string Name, string Password, DateTimeOffset Until);

/// <summary>Managing accounts. Whatever changes what somebody may do ends his sessions, so that it holds from this moment.</summary>
internal sealed class AccountDesk(UserManager<Account> users, IDbContextFactory<AccountsDb> databases, SessionBook sessions, GrainHost grains, AuditTrail trail, IHttpContextAccessor contexts, IOptions<AccountOptions> options, TimeProvider time)
{
    private const int TextMax = 64;
    private const int DisplayMax = DirectorDecider.ByLengthMax; // It stands beside what its owner ordered.
    private const int AccountsMax = 10_000;
    private const string NameChars = "-._@";

    /// <summary>All accounts by name.</summary>
    public async Task<IReadOnlyList<Account>> ListAsync(CancellationToken cancellationToken) =>
        await users.Users.AsNoTracking().OrderBy(static account => account.UserName).Take(AccountsMax).ToListAsync(cancellationToken);

    /// <summary>The ids of those whom the identity provider proposed and nobody has let in yet.</summary>
    public async Task<IReadOnlySet<string>> AwaitingAsync(CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return (await database.UserClaims.Where(static claim => claim.ClaimType == OidcDesk.AwaitingClaim).Select(static claim => claim.UserId).ToListAsync(cancellationToken)).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>Makes an account with a password for one use, or says by a code why not.</summary>
    public async Task<(GivenAccess? Given, string? Refusal)> CreateAsync(NewAccount asked)
    {
        if (FaultOf(asked) is { } fault)
        {
            return (null, fault);
        }

        if (await users.FindByNameAsync(asked.Name) is not null)
        {
            return (null, "account.name-taken");
        }

        var account = new Account
        {
            UserName = asked.Name,
            DisplayName = asked.DisplayName,
            Role = asked.Role,
            CourtMark = RoleRights.HasCourt(asked.Role) ? asked.CourtMark : null,
            Handler = asked.Role == Role.Handler ? asked.Handler : null,
            LockoutEnabled = true,
        };
        var given = Give(account);
        await RecordAsync(TrailActions.AccountCreated, account.Id, new Dictionary<string, string>
        {
            ["name"] = asked.Name,
            ["role"] = asked.Role.ToString(),
            ["court"] = account.CourtMark ?? "",
            ["handler"] = account.Handler ?? "",
        });
        var made = await users.CreateAsync(account, given.Password);
        return made.Succeeded ? (given, null) : (null, "account.name-invalid");
    }

    /// <summary>Gives a new password for one use and takes the second factor off: somebody lost his phone, or never had the account.</summary>
    public async Task<(GivenAccess? Given, string? Refusal)> GivePasswordAsync(Viewer viewer, string accountId, CancellationToken cancellationToken)
    {
        var (account, refusal) = await FindAsync(viewer, accountId);
        if (account is null)
        {
            return (null, refusal);
        }

        var given = Give(account);
        await RecordAsync(TrailActions.PasswordGiven, account.Id);
        Check(await users.RemovePasswordAsync(account));
        Check(await users.AddPasswordAsync(account, given.Password));
        Check(await users.SetTwoFactorEnabledAsync(account, false));
        Check(await users.ResetAuthenticatorKeyAsync(account));
        Check(await users.SetLockoutEndDateAsync(account, null));
        await sessions.EndAllAsync(account.Id, "password-given", except: null, cancellationToken);
        return (given, null);
    }

    /// <summary>Lets nobody sign in with an account any more, or again.</summary>
    public async Task<string?> SetDisabledAsync(Viewer viewer, string accountId, bool isDisabled, CancellationToken cancellationToken)
    {
        var (account, refusal) = await FindAsync(viewer, accountId);
        if (account is null)
        {
            return refusal;
        }

        if (isDisabled && account.Role == Role.SecurityAdministrator
            && !await users.Users.AnyAsync(other => other.Id != account.Id && other.Role == Role.SecurityAdministrator && !other.IsDisabled, cancellationToken))
        {
            return "account.last";
        }

        await RecordAsync(isDisabled ? TrailActions.AccountDisabled : TrailActions.AccountEnabled, account.Id);
        account.IsDisabled = isDisabled;
        Check(await users.UpdateAsync(account));
        if (!isDisabled)
        {
            // What the identity provider proposed holds from now on.
            Check(await users.RemoveClaimsAsync(account, (await users.GetClaimsAsync(account)).Where(static claim => claim.Type == OidcDesk.AwaitingClaim)));
        }

        await sessions.EndAllAsync(account.Id, "account-disabled", except: null, cancellationToken);
        return null;
    }

    /// <summary>Ends all sessions of an account.</summary>
    public async Task<string?> EndSessionsAsync(Viewer viewer, string accountId, CancellationToken cancellationToken)
    {
        var (account, refusal) = await FindAsync(viewer, accountId);
        if (account is not null)
        {
            await RecordAsync(TrailActions.SessionsEnded, account.Id);
            await sessions.EndAllAsync(account.Id, "ended-by-administrator", except: null, cancellationToken);
        }

        return refusal;
    }

    /// <summary>Ends the rest of an account after too many wrong tries.</summary>
    public async Task<string?> UnlockAsync(Viewer viewer, string accountId)
    {
        var (account, refusal) = await FindAsync(viewer, accountId);
        if (account is not null)
        {
            await RecordAsync(TrailActions.AccountUnlocked, account.Id);
            Check(await users.SetLockoutEndDateAsync(account, null));
            Check(await users.ResetAccessFailedCountAsync(account));
        }

        return refusal;
    }

    private string? FaultOf(NewAccount asked) =>
        asked.Name.Length is 0 or > TextMax || asked.Name.Any(static c => !char.IsAsciiLetterOrDigit(c) && !NameChars.Contains(c, StringComparison.Ordinal)) ? "account.name-invalid"
        : asked.DisplayName.Length is 0 or > DisplayMax || asked.DisplayName.Any(char.IsControl) ? "account.display-invalid"
        : !Enum.IsDefined(asked.Role) || !RoleRights.IsPerson(asked.Role) ? "account.role-invalid"
        : RoleRights.HasCourt(asked.Role) && (asked.CourtMark is null || !grains.Courts.TryFind(asked.CourtMark, out _)) ? "account.court-wanted"
        : asked.Role == Role.Handler && asked.Handler is not { Length: > 0 and <= TextMax } ? "account.handler-wanted"
        : null;

    // Before the act: what cannot be recorded is not done.
    private Task RecordAsync(string action, string accountId, IReadOnlyDictionary<string, string>? detail = null) =>
        contexts.HttpContext is { } http ? trail.RecordAsync(http, action, accountId, detail: detail) : trail.RecordAsync(null, null, action, accountId, detail: detail);

    // Nobody manages himself: neither gives himself a role nor shuts himself out.
    private async Task<(Account? Account, string? Refusal)> FindAsync(Viewer viewer, string accountId) =>
        accountId == viewer.Id ? (null, "account.own")
        : await users.FindByIdAsync(accountId) is { } account ? (account, null) : (null, "account.unknown");

    private GivenAccess Give(Account account)
    {
        var until = time.GetUtcNow() + options.Value.GivenPasswordLength;
        account.MustChangePassword = true;
        account.PasswordEndsAt = until.UtcTicks;
        return new GivenAccess(account.UserName!, GivenPassword.Make(), until);
    }

    private static void Check(IdentityResult result)
    {
        if (!result.Succeeded)
        {
            throw new InvalidOperationException(string.Join(' ', result.Errors.Select(static error => error.Code)));
        }
    }
}
