using System.Security.Cryptography;

namespace CommandCenter.Web.Hosting;

/// <summary>The content security policy of our pages: own files only, and inline scripts and styles only with this answer's nonce.</summary>
internal static class ContentPolicy
{
    private const string NonceKey = "content-policy-nonce";

    /// <summary>Sets the header on first use in a request and returns the request's nonce.</summary>
    public static string Apply(HttpContext http)
    {
        if (http.Items[NonceKey] is string nonce)
        {
            return nonce;
        }

        nonce = Convert.ToBase64String(RandomNumberGenerator.GetBytes(18));
        http.Items[NonceKey] = nonce;
        http.Response.Headers.ContentSecurityPolicy =
            $"default-src 'self'; script-src 'self' 'nonce-{nonce}'; style-src 'self' 'nonce-{nonce}'; img-src 'self' data:; media-src 'self' blob:; "
            + "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'self'";
        http.Response.Headers.XContentTypeOptions = "nosniff";
        http.Response.Headers.CacheControl = "no-cache, no-store";
        return nonce;
    }
}
