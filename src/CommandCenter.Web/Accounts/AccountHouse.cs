using System.Globalization;
using CommandCenter.Web.Access;
using CommandCenter.Web.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace CommandCenter.Web.Accounts;

/// <summary>Opens the accounts at the start: makes the tables, the first security administrator, or the demonstration's accounts.</summary>
/// <remarks>The server listens only afterwards; who comes by another way, or before, waits for <see cref="Ready"/>.</remarks>
internal sealed class AccountHouse(IServiceProvider services, IDbContextFactory<AccountsDb> databases, SessionBook sessions, IOptions<ServeOptions> serve, TimeProvider time)
    : IHostedService
{
    /// <summary>The folder in the data directory.</summary>
    public const string FolderName = "access";

    /// <summary>The file in it.</summary>
    public const string FileName = "accounts.db";

    /// <summary>The name of the account that the first start makes.</summary>
    public const string FirstName = "security";

    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Done when accounts and sessions can be asked for; fails when they cannot be opened.</summary>
    public Task Ready => _ready.Task;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            await OpenAsync(cancellationToken);
            await sessions.LoadAsync(cancellationToken);
            _ready.SetResult();
        }
        catch (Exception exception)
        {
            _ready.SetException(exception);
            throw;
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>The file where accounts are kept.</summary>
    public static string ConnectionString(ServeOptions serve)
    {
        var folder = Path.Combine(serve.DataDirectory, FolderName);
        _ = Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return new SqliteConnectionStringBuilder { DataSource = Path.Combine(folder, FileName), ForeignKeys = true }.ToString();
    }

    /// <exception cref="ConfigurationException">The file is of another version.</exception>
    private async Task OpenAsync(CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        if (await database.Database.EnsureCreatedAsync(cancellationToken))
        {
            _ = await database.Database.ExecuteSqlRawAsync(
                string.Create(CultureInfo.InvariantCulture, $"PRAGMA user_version = {AccountsDb.TablesVersion}; PRAGMA journal_mode = WAL"), cancellationToken);
        }

        var version = (await database.Database.SqlQueryRaw<int>("SELECT user_version AS Value FROM pragma_user_version").ToListAsync(cancellationToken)).Single();
        if (version != AccountsDb.TablesVersion)
        {
            throw new ConfigurationException(string.Create(CultureInfo.InvariantCulture,
                $"{FolderName}/{FileName} is of version {version}; this program reads version {AccountsDb.TablesVersion}."), null);
        }

        await using var scope = services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<Account>>();
        if (serve.Value.Demonstration)
        {
            await DemonstrationAccounts.MakeAsync(users);
        }
        else if (!await database.Users.AnyAsync(static account => account.Role == Role.SecurityAdministrator, cancellationToken))
        {
            await MakeFirstAsync(scope.ServiceProvider, users);
        }
    }

    private async Task MakeFirstAsync(IServiceProvider scoped, UserManager<Account> users)
    {
        var length = scoped.GetRequiredService<IOptions<AccountOptions>>().Value.GivenPasswordLength;
        var password = GivenPassword.Make();
        var ends = time.GetUtcNow() + length;
        var made = await users.CreateAsync(
            new Account
            {
                UserName = FirstName,
                DisplayName = "安全管理员",
                Role = Role.SecurityAdministrator,
                MustChangePassword = true,
                PasswordEndsAt = ends.UtcTicks,
                LockoutEnabled = true,
            },
            password);
        if (!made.Succeeded)
        {
            throw new InvalidOperationException(string.Join(' ', made.Errors.Select(static error => error.Description)));
        }

        // On the terminal and nowhere else: a log is read by many and kept for long.
        Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"The first account: {FirstName}, one-time password {password}, until {ends:yyyy-MM-dd HH:mm} UTC. It makes all others; this line is not shown again."));
    }
}
