using Microsoft.AspNetCore.Authentication.Cookies;

namespace CommandCenter.Web.Accounts;

/// <summary>
/// Over https our cookies are called <c>__Host-…</c>: a browser then takes them from this very host alone, never from a neighbour in the same
/// domain nor over plain HTTP. Over plain HTTP, which only this machine itself may speak, they keep their bare names.
/// </summary>
internal sealed class HostCookies : ICookieManager
{
    private const string Prefix = "__Host-";

    private readonly ChunkingCookieManager _cookies = new();

    /// <summary>Whether a request brings a cookie of ours.</summary>
    public static bool Has(HttpRequest request, string name) => request.Cookies.ContainsKey(NameOf(request, name));

    public string? GetRequestCookie(HttpContext context, string key) => _cookies.GetRequestCookie(context, NameOf(context.Request, key));

    public void AppendResponseCookie(HttpContext context, string key, string? value, CookieOptions options) =>
        _cookies.AppendResponseCookie(context, NameOf(context.Request, key), value, options);

    public void DeleteCookie(HttpContext context, string key, CookieOptions options) => _cookies.DeleteCookie(context, NameOf(context.Request, key), options);

    /// <summary>What a cookie is called on this connection.</summary>
    public static string NameOf(HttpRequest request, string name) => request.IsHttps ? Prefix + name : name;
}
