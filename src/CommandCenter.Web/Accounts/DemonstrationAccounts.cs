using CommandCenter.Web.Access;
using Microsoft.AspNetCore.Identity;
using Microsoft.Data.Sqlite;

namespace CommandCenter.Web.Accounts;

/// <summary>
/// The log-ins of a demonstration, one for each role, with a password of this start alone. They live in memory: a server without
/// <c>--demonstration</c> cannot have them, and none is left when this one ends.
/// </summary>
internal static class DemonstrationAccounts
{
    /// <summary>What the line with the password begins with.</summary>
    public const string Announcement = "Log-ins of the demonstration, gone when it ends; password of all: ";

    private static readonly (string Name, string DisplayName, Role Role, string? Court, string? Handler)[] s_accounts =
    [
        ("command", "指挥中心一号席", Role.CommandStaff, null, null),
        ("area", "一中院执行局", Role.IntermediateCourt, "沪01", null),
        ("chief", "浦东法院执行局长", Role.CourtChief, "沪0115", null),
        ("handler", "浦东法院承办人", Role.Handler, "沪0115", DemonstrationHandler),
        ("finance", "浦东法院案款专户", Role.Finance, "沪0115", null),
        ("query", "浦东法院查询员", Role.QueryOfficer, "沪0115", null),
        ("auditor", "督察室", Role.Auditor, null, null),
        ("system", "系统管理员", Role.SystemAdministrator, null, null),
        ("security", "安全管理员", Role.SecurityAdministrator, null, null),
        ("audit", "审计管理员", Role.AuditAdministrator, null, null),
    ];

    private const string DemonstrationHandler = "handler-0115-01";

    /// <summary>Makes them and says how to get in.</summary>
    public static async Task MakeAsync(UserManager<Account> users)
    {
        var password = GivenPassword.Make();
        var hash = users.PasswordHasher.HashPassword(new Account(), password); // Once: it is slow on purpose, and they share it.
        foreach (var (name, displayName, role, court, handler) in s_accounts)
        {
            var made = await users.CreateAsync(
                new Account { UserName = name, DisplayName = displayName, Role = role, CourtMark = court, Handler = handler, LockoutEnabled = true, PasswordHash = hash });
            if (!made.Succeeded)
            {
                throw new InvalidOperationException(string.Join(' ', made.Errors.Select(static error => error.Description)));
            }
        }

        Console.Out.WriteLine(Announcement + password);
        Console.Out.WriteLine("  " + string.Join(", ", s_accounts.Select(static account => account.Name)));
    }
}

/// <summary>A database in memory lives as long as one connection to it: this one, which every server of a process has for itself.</summary>
internal sealed class AccountsInMemory : IDisposable
{
    private readonly SqliteConnection _kept;

    public AccountsInMemory()
    {
        ConnectionString = $"Data Source=accounts-{Guid.NewGuid():N};Mode=Memory;Cache=Shared";
        _kept = new SqliteConnection(ConnectionString);
        _kept.Open();
    }

    public string ConnectionString { get; }

    public void Dispose() => _kept.Dispose();
}
