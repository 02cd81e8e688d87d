using CommandCenter.Audit;
using CommandCenter.Web.Components;
using CommandCenter.Web.Hosting;
using CommandCenter.Web.Trail;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CommandCenter.Web.Access;

/// <summary>What is said to somebody who may not: programs get a problem with a code, people the sign-in page or a page that says so.</summary>
internal sealed class AccessAnswers : IAuthorizationMiddlewareResultHandler
{
    public async Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
    {
        if (authorizeResult.Succeeded)
        {
            await next(context);
            return;
        }

        if (Viewer.Of(context.User) is { IsSetUp: true } && context.RequestServices.GetService<AuditTrail>() is { Fault: null } trail)
        {
            await trail.RecordAsync(context, TrailActions.AccessDenied, TrailWords.Route(context.Request), AuditOutcome.Denied);
        }

        await RefuseAsync(context, policy);
    }

    private static Task RefuseAsync(HttpContext context, AuthorizationPolicy policy)
    {
        var isPage = context.GetEndpoint()?.Metadata.GetMetadata<ComponentTypeMetadata>() is not null;
        var viewer = Viewer.Of(context.User);
        if (KeyAuthentication.IsAsked(context.Request) && viewer is null)
        {
            return Problems.Of(StatusCodes.Status403Forbidden, "request.key-wrong", "The key is not known.").ExecuteAsync(context);
        }

        if (viewer is null)
        {
            return isPage ? ToSignIn(context) : NotSignedIn(context, policy);
        }

        if (isPage && !viewer.IsSetUp)
        {
            context.Response.Redirect(PageLook.Of(context.Request).Url(Accounts.AccountPaths.Own));
            return Task.CompletedTask;
        }

        return isPage
            ? new RazorComponentResult<DeniedPage> { StatusCode = StatusCodes.Status403Forbidden }.ExecuteAsync(context)
            : Problems.Of(StatusCodes.Status403Forbidden, "access.denied", "Your role has no right to this.").ExecuteAsync(context);
    }

    private static Task ToSignIn(HttpContext context)
    {
        var look = PageLook.Of(context.Request);
        var wanted = context.Request.Path + context.Request.QueryString;
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Redirect(wanted == "/" ? look.Url(Accounts.AccountPaths.SignIn) : look.Url(Accounts.AccountPaths.SignIn + "?to=" + Uri.EscapeDataString(wanted)));
        return Task.CompletedTask;
    }

    private static Task NotSignedIn(HttpContext context, AuthorizationPolicy policy)
    {
        context.Response.Headers.WWWAuthenticate = MachineKeys.Scheme.TrimEnd();
        var isForKeys = policy.Requirements.OfType<NeedsAttribute>().Any(static needs => needs.Right is Right.Ingest or Right.Metrics);
        return (isForKeys
            ? Problems.Of(StatusCodes.Status401Unauthorized, "request.key-missing", "Send the key as Authorization: Bearer <key>.")
            : Problems.Of(StatusCodes.Status401Unauthorized, "access.not-signed-in", "Sign in first.")).ExecuteAsync(context);
    }
}
