namespace CommandCenter.Web.Hosting;

/// <summary>What every answer tells the browser, whoever made the answer. The content security policy of pages is <see cref="ContentPolicy"/>.</summary>
internal static class SecurityHeaders
{
    /// <summary>No page of ours needs any of it.</summary>
    private const string Permissions =
        "accelerometer=(), browsing-topics=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), hid=(), magnetometer=(), microphone=(), midi=(), payment=(), serial=(), usb=()";

    public static IApplicationBuilder UseSecurityHeaders(this IApplicationBuilder app) => app.Use(static (context, next) =>
    {
        // As late as can be: whoever answers an error clears what was set before.
        context.Response.OnStarting(static state => Set((HttpContext)state), context);
        return next(context);
    });

    private static Task Set(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin"; // Addresses hold numbers of cases. Not "no-referrer": forms would then send no origin, which is checked.
        headers["Permissions-Policy"] = Permissions;
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";

        // Answers are about cases or people unless they are files: a shared desk's browser keeps none of them.
        if (headers.CacheControl.Count == 0 && context.GetEndpoint() is not null)
        {
            headers.CacheControl = "no-store";
        }

        return Task.CompletedTask;
    }
}
