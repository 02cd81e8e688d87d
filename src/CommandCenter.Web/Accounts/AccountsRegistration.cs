using CommandCenter.Web.Access;
using CommandCenter.Web.Accounts.Oidc;
using CommandCenter.Web.Hosting;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace CommandCenter.Web.Accounts;

/// <summary>What the host calls so that people and machines can be known.</summary>
internal static class AccountsRegistration
{
    private static readonly TimeSpan s_halfLife = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan s_deviceLife = TimeSpan.FromDays(365);

    public static void AddAccounts(this IServiceCollection services, ServeOptions serve)
    {
        services.AddSingleton<IValidateOptions<AccountOptions>, AccountOptionsValidator>();
        services.AddOptions<AccountOptions>().BindConfiguration(AccountOptions.Section).ValidateOnStart();
        var keys = MachineKeys.Open(serve.DataDirectory);
        services.AddSingleton(keys);
        services.AddDataProtection().SetApplicationName("CommandCenter").PersistKeysToFileSystem(Directory.CreateDirectory(Path.Combine(keys.Directory, "protection")));

        if (serve.Demonstration)
        {
            // In memory alone, so that none of them outlives the demonstration.
            services.AddSingleton<AccountsInMemory>();
            services.AddDbContextFactory<AccountsDb>(static (provider, database) => database.UseSqlite(provider.GetRequiredService<AccountsInMemory>().ConnectionString));
        }
        else
        {
            var connection = AccountHouse.ConnectionString(serve);
            services.AddDbContextFactory<AccountsDb>(database => database.UseSqlite(connection));
        }

        services.AddSingleton<SessionBook>();
        services.AddHostedService(provider => provider.GetRequiredService<SessionBook>());
        services.AddSingleton<AccountHouse>();
        services.AddHostedService(provider => provider.GetRequiredService<AccountHouse>());
        services.AddSingleton<KnownDevices>();
        services.AddHttpContextAccessor();
        services.AddScoped<SignInDesk>();
        services.AddScoped<AccountDesk>();
        AddIdentity(services);
        AddSchemes(services);
        services.AddOidc();
        services.AddAntiforgery(static forms =>
        {
            forms.Cookie.Name = "cc-form";
            forms.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            forms.SuppressXFrameOptionsHeader = true; // The content security policy says it.
        });
        services.AddSignInLimit();
        services.AddAccess();
    }

    private static void AddIdentity(IServiceCollection services)
    {
        services.AddIdentityCore<Account>(static identity =>
            {
                // One rule of ours says which kinds of characters; these would each say it again.
                identity.Password.RequireDigit = identity.Password.RequireLowercase = identity.Password.RequireUppercase = identity.Password.RequireNonAlphanumeric = false;
                identity.User.AllowedUserNameCharacters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._@";
            })
            .AddEntityFrameworkStores<AccountsDb>()
            .AddTokenProvider<AuthenticatorTokenProvider<Account>>(TokenOptions.DefaultAuthenticatorProvider)
            .AddPasswordValidator<PasswordRules>();
        services.AddOptions<IdentityOptions>().Configure<IOptions<AccountOptions>>(static (identity, accounts) =>
        {
            identity.Password.RequiredLength = accounts.Value.PasswordLengthMin;
            identity.Lockout.MaxFailedAccessAttempts = accounts.Value.TriesMax;
            identity.Lockout.DefaultLockoutTimeSpan = accounts.Value.LockLength;
        });
    }

    private static void AddSchemes(IServiceCollection services)
    {
        services.AddAuthentication(SignInSchemes.Any)
            .AddPolicyScheme(SignInSchemes.Any, null, static any => any.ForwardDefaultSelector = static http =>
                KeyAuthentication.IsAsked(http.Request) ? KeyAuthentication.SchemeName
                : HostCookies.Has(http.Request, SignInSchemes.PersonCookie) ? SignInSchemes.Person
                : SignInSchemes.Device)
            .AddScheme<AuthenticationSchemeOptions, KeyAuthentication>(KeyAuthentication.SchemeName, null)
            .AddCookie(SignInSchemes.Person, static cookie =>
            {
                Harden(cookie, SignInSchemes.PersonCookie);
                cookie.SlidingExpiration = false;
                cookie.Events.OnValidatePrincipal = CheckSessionAsync;
            })
            .AddCookie(SignInSchemes.Half, static cookie =>
            {
                Harden(cookie, SignInSchemes.HalfCookie);
                cookie.ExpireTimeSpan = s_halfLife;
                cookie.SlidingExpiration = false;
            })
            .AddCookie(SignInSchemes.Device, static cookie =>
            {
                Harden(cookie, SignInSchemes.DeviceCookie);
                cookie.ExpireTimeSpan = s_deviceLife;
                cookie.Events.OnValidatePrincipal = static context =>
                {
                    // A new key shuts out the computers that came with the old one.
                    if (Viewer.Of(context.Principal!) is not { } wall || !context.HttpContext.RequestServices.GetRequiredService<MachineKeys>().IsKnown(wall.Id))
                    {
                        context.RejectPrincipal();
                    }

                    return Task.CompletedTask;
                };
            });
        services.AddOptions<CookieAuthenticationOptions>(SignInSchemes.Person)
            .Configure<IOptions<AccountOptions>>(static (cookie, accounts) => cookie.ExpireTimeSpan = accounts.Value.SessionLength);
    }

    private static void Harden(CookieAuthenticationOptions options, string name)
    {
        options.Cookie.Name = name;
        options.Cookie.HttpOnly = true;
        options.Cookie.SameSite = SameSiteMode.Lax;
        options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        options.CookieManager = new HostCookies();
    }

    // The cookie says who it was; whether the session still lasts is known here alone.
    private static async Task CheckSessionAsync(CookieValidatePrincipalContext context)
    {
        var services = context.HttpContext.RequestServices;
        await services.GetRequiredService<AccountHouse>().Ready;
        if (Viewer.Of(context.Principal!)?.Session is not { } session || services.GetRequiredService<SessionBook>().Touch(session) is null)
        {
            context.RejectPrincipal();
            await context.HttpContext.SignOutAsync(SignInSchemes.Person);
        }
    }
}
