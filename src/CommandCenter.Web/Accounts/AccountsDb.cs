using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace CommandCenter.Web.Accounts;

/// <summary>Accounts and sessions.</summary>
internal sealed class AccountsDb(DbContextOptions<AccountsDb> options) : IdentityUserContext<Account>(options)
{
    /// <summary>The version of the tables; another one is refused at the start.</summary>
    public const int TablesVersion = 1;

    public DbSet<Session> Sessions => Set<Session>();

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        _ = builder.Entity<Session>(static session =>
        {
            _ = session.HasKey(static s => s.Id);
            _ = session.HasIndex(static s => new { s.EndedAt, s.AccountId });
            _ = session.HasOne<Account>().WithMany().HasForeignKey(static s => s.AccountId);
        });
        _ = builder.Entity<Account>().Property(static account => account.Role).HasConversion<string>();
    }
}
