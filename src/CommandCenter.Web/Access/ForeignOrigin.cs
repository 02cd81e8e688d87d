using CommandCenter.Web.Hosting;

namespace CommandCenter.Web.Access;

/// <summary>Refuses what a page of another site makes a browser send with our cookies: anything that changes something, and connections that stay.</summary>
internal static class ForeignOrigin
{
    public static IApplicationBuilder UseOriginCheck(this IApplicationBuilder app) => app.Use(static (context, next) =>
        context.Request.Headers.Origin is [{ Length: > 0 } origin, ..] && IsTold(context.Request) && !IsOurs(origin, context.Request)
            ? Problems.Of(StatusCodes.Status403Forbidden, "access.foreign-origin", "A page of another site sent this.").ExecuteAsync(context)
            : next(context));

    // A key is not sent by a browser on its own.
    private static bool IsTold(HttpRequest request) =>
        !KeyAuthentication.IsAsked(request)
        && (!(HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method))
            || request.HttpContext.WebSockets.IsWebSocketRequest
            || request.Headers.Upgrade.Count > 0);

    private static bool IsOurs(string origin, HttpRequest request) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var from)
        && string.Equals(from.Authority, new Uri($"{request.Scheme}://{request.Host}").Authority, StringComparison.OrdinalIgnoreCase);
}
