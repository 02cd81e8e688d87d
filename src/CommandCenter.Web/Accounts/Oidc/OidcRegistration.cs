using CommandCenter.Audit;
using CommandCenter.Web.Components;
using CommandCenter.Web.Hosting;
using CommandCenter.Web.Trail;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OAuth;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace CommandCenter.Web.Accounts.Oidc;

/// <summary>What the host calls so that people can sign in with the court's identity provider. Without one configured the routes are not there.</summary>
internal static class OidcRegistration
{
    public const string SchemeName = "oidc";
    public const string CallbackPath = AccountPaths.SignIn + "/provider/back";

    private const int LogoutTokenMax = 64 * 1024;
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(10); // Somebody looks for his phone.

    public static void AddOidc(this IServiceCollection services)
    {
        services.AddSingleton<IValidateOptions<OidcOptions>, OidcOptionsValidator>();
        services.AddOptions<OidcOptions>().BindConfiguration(OidcOptions.Section).ValidateOnStart();
        services.AddSingleton<OidcProvider>();
        services.AddScoped<OidcDesk>();

        // What AddOAuth does, but the scheme itself: one that is named there is asked at every request, also where there is no provider.
        services.AddTransient<OidcHandler>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IPostConfigureOptions<OAuthOptions>, OAuthPostConfigureOptions<OAuthOptions, OidcHandler>>());
        services.AddOptions<OAuthOptions>(SchemeName).Configure<IOptions<OidcOptions>>(static (oauth, oidc) =>
        {
            oauth.AuthorizationEndpoint = oauth.TokenEndpoint = OidcHandler.Placeholder;
            oauth.ClientId = oidc.Value.ClientId!;
            oauth.ClientSecret = "by-the-file"; // The provider's side reads it when it needs it.
            oauth.UsePkce = true;
            oauth.CallbackPath = CallbackPath;
            oauth.SignInScheme = SignInSchemes.Person;
            oauth.RemoteAuthenticationTimeout = s_patience;
            oauth.CorrelationCookie.SameSite = SameSiteMode.Lax; // The provider sends the browser back by a link.
            oauth.CorrelationCookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            oauth.Events.OnTicketReceived = ReceiveAsync;
            oauth.Events.OnRemoteFailure = FailAsync;
            oauth.Scope.Clear();
            oauth.Scope.Add("openid");
            foreach (var scope in oidc.Value.Scope.Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(static scope => scope != "openid"))
            {
                oauth.Scope.Add(scope);
            }
        });
    }

    public static void MapOidc(this IEndpointRouteBuilder routes)
    {
        if (!routes.ServiceProvider.GetRequiredService<IOptions<OidcOptions>>().Value.IsOn)
        {
            return;
        }

        routes.ServiceProvider.GetRequiredService<IAuthenticationSchemeProvider>().AddScheme(new AuthenticationScheme(SchemeName, displayName: null, typeof(OidcHandler)));
        _ = routes.MapGet(AccountPaths.Provider, static (HttpContext http, string? to) => http.ChallengeAsync(
                SchemeName, new AuthenticationProperties { RedirectUri = ReturnPath.Of(to, PageLook.Of(http.Request)) }))
            .AllowAnonymous().ExcludeFromDescription();
        _ = routes.MapPost(AccountPaths.Provider + "/sign-out", EndAsync).AllowAnonymous().RequireRateLimiting(SignInLimit.Name).DisableAntiforgery().ExcludeFromDescription();
    }

    private static async Task ReceiveAsync(TicketReceivedContext context)
    {
        var http = context.HttpContext;
        var services = http.RequestServices;
        var look = PageLook.Of(http.Request);
        try
        {
            await services.GetRequiredService<AccountHouse>().Ready;
            var wanted = context.ReturnUri;
            var answer = await services.GetRequiredService<OidcDesk>().EnterAsync(http, context.Principal!);
            http.Response.Redirect(answer == SignInAnswer.CodeWanted ? ReturnPath.Keep(AccountPaths.Code, wanted) : ReturnPath.Of(wanted, look));
        }
        catch (OidcException exception)
        {
            await RefuseAsync(http, exception);
        }

        context.HandleResponse();
    }

    private static async Task FailAsync(RemoteFailureContext context)
    {
        await RefuseAsync(context.HttpContext, context.Failure switch
        {
            OidcException known => known,
            _ when context.Request.Query.ContainsKey("error") => new OidcException(OidcCodes.Denied, "The identity provider let nobody in."),
            AuthenticationFailureException { Message: var message } when message.Contains("state", StringComparison.OrdinalIgnoreCase) || message.Contains("Correlation", StringComparison.Ordinal) => new OidcException(OidcCodes.State, message),
            _ => new OidcException(OidcCodes.Code, context.Failure?.Message ?? "No code came."),
        });
        context.HandleResponse();
    }

    // To the sign-in page, which says it in words and still takes accounts of our own.
    private static async Task RefuseAsync(HttpContext http, OidcException exception)
    {
        var services = http.RequestServices;
        services.GetRequiredService<ILogger<OidcHandler>>().Refused(exception.Code, exception.Message, exception.InnerException?.Message);
        if (exception.Code != OidcCodes.Disabled) // Which the desk has recorded with the account.
        {
            await services.GetRequiredService<AuditTrail>().RecordAsync(
                http, TrailActions.SignInRefused, subject: null, AuditOutcome.Denied, detail: new Dictionary<string, string> { ["why"] = exception.Code });
        }

        http.Response.Redirect(PageLook.Of(http.Request).Url($"{AccountPaths.SignIn}?failed={exception.Code}"));
    }

    private static async Task<IResult> EndAsync(HttpContext http, OidcProvider provider, OidcDesk desk, AccountHouse house, CancellationToken cancellationToken)
    {
        await house.Ready;
        http.Response.Headers.CacheControl = "no-store";
        if (!http.Request.HasFormContentType || (await http.Request.ReadFormAsync(cancellationToken))["logout_token"] is not [{ Length: > 0 and <= LogoutTokenMax } token])
        {
            return Problems.Of(StatusCodes.Status400BadRequest, OidcCodes.Token, "Send logout_token.");
        }

        try
        {
            await desk.EndAsync(http, await provider.BelieveLogoutAsync(token, cancellationToken));
            return Results.Ok();
        }
        catch (OidcException exception)
        {
            return Problems.Of(exception.Code == OidcCodes.Unavailable ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status400BadRequest, exception.Code, exception.Message);
        }
    }
}

/// <summary>What is written to the log of sign-ins that came to nothing.</summary>
internal static partial class OidcLog
{
    [LoggerMessage(LogLevel.Warning, "A sign-in with the identity provider came to nothing, {Code}: {Reason} {Cause}")]
    public static partial void Refused(this ILogger logger, string code, string reason, string? cause);
}
