using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;

namespace CommandCenter.Web.Hosting.Https;

/// <summary>
/// Lets nothing but this machine itself speak plain HTTP: others are led to https, or come through a proxy that speaks https in front of the
/// server and says so.
/// </summary>
internal static class SecureTransport
{
    private const string HttpsOnly = "max-age=15552000"; // 180 days.

    public static IApplicationBuilder UseSecureTransport(this IApplicationBuilder app)
    {
        var serve = app.ApplicationServices.GetRequiredService<IOptions<ServeOptions>>().Value;
        if (serve.ProxyNetworks is { Count: > 0 } proxies)
        {
            _ = app.Use((context, next) => IsPlain(context) && !proxies.Any(proxy => proxy.Contains(AddressOf(context)))
                ? Refuse(context, "request.not-through-proxy", "Plain HTTP is answered to the proxy in front of the server alone.")
                : next(context));
            var forwarded = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto };
            forwarded.KnownProxies.Clear();
            forwarded.KnownIPNetworks.Clear();
            foreach (var proxy in proxies)
            {
                forwarded.KnownIPNetworks.Add(proxy);
            }

            _ = app.UseForwardedHeaders(forwarded);
        }

        var secure = serve.ListenAddresses.FirstOrDefault(static address => address.IsHttps);
        return app.Use((context, next) =>
        {
            if (IsPlain(context))
            {
                return secure is not null && (HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method))
                    ? LeadToHttps(context, secure.Port)
                    : Refuse(context, "request.https-wanted", "Speak https.");
            }

            if (context.Request.IsHttps && !IsLoopback(context.Request.Host.Host))
            {
                context.Response.Headers.StrictTransportSecurity = HttpsOnly;
            }

            return next(context);
        });
    }

    // From another machine, and not through TLS. A proxy's own word has replaced address and scheme where there is one.
    private static bool IsPlain(HttpContext context) =>
        !context.Request.IsHttps && context.Connection.RemoteIpAddress is { } from && !IPAddress.IsLoopback(from.IsIPv4MappedToIPv6 ? from.MapToIPv4() : from);

    private static IPAddress AddressOf(HttpContext context)
    {
        var from = context.Connection.RemoteIpAddress!;
        return from.IsIPv4MappedToIPv6 ? from.MapToIPv4() : from;
    }

    private static bool IsLoopback(string host) =>
        string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));

    private static Task LeadToHttps(HttpContext context, int port)
    {
        context.Response.StatusCode = StatusCodes.Status308PermanentRedirect;
        context.Response.Headers.Location = string.Create(
            CultureInfo.InvariantCulture,
            $"https://{context.Request.Host.Host}{(port == 443 ? "" : $":{port}")}{context.Request.PathBase}{context.Request.Path}{context.Request.QueryString}");
        return Task.CompletedTask;
    }

    private static Task Refuse(HttpContext context, string code, string detail) => Problems.Of(StatusCodes.Status403Forbidden, code, detail).ExecuteAsync(context);
}
