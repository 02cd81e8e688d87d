using System.Security.Cryptography;
using System.Text;
using CommandCenter.Cameras.Gb28181.Sip;

namespace CommandCenter.Cameras.Gb28181.Registration;

/// <summary>What an Authorization header says: RFC 7616, 3.4.</summary>
internal sealed record DigestCredentials(
    string User, string Realm, string Nonce, string Uri, string Response, string Algorithm, string? Qop, string Cnonce, string Nc)
{
    private const string Scheme = "Digest ";

    /// <summary>Reads <c>Digest username="…", realm="…", …</c>; <see langword="null"/> when it is something else.</summary>
    public static DigestCredentials? Parse(string? header)
    {
        if (header is null || !header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        // A parameter list with commas: as behind semicolons, so the same reader serves.
        var list = string.Join(';', ["", .. SipText.Split(header[Scheme.Length..], ',')]);
        string? Get(string name) => SipText.Parameter(list, name);
        return Get("username") is { } user && Get("realm") is { } realm && Get("nonce") is { } nonce && Get("uri") is { } uri && Get("response") is { } response
            ? new DigestCredentials(
                user, realm, nonce, uri, response, Get("algorithm") ?? "MD5", Get("qop"), Get("cnonce") ?? string.Empty, Get("nc") ?? string.Empty)
            : null;
    }

    /// <summary>Whether this answer to the challenge can only have been made with the password.</summary>
    public bool IsRight(string method, string password)
    {
        Func<string, string>? hash = Algorithm.ToUpperInvariant() switch
        {
            "MD5" => Md5,
            "SHA-256" => Sha256,
            _ => null,
        };
        if (hash is null || Qop is not (null or "auth"))
        {
            return false;
        }

        var secret = hash($"{User}:{Realm}:{password}");
        var request = hash($"{method}:{Uri}");
        var expected = Qop is null ? hash($"{secret}:{Nonce}:{request}") : hash($"{secret}:{Nonce}:{Nc}:{Cnonce}:{Qop}:{request}");
        return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(Response.ToLowerInvariant()));
    }

#pragma warning disable CA5351 // The standard's own digest (GB/T 28181-2016, 9.1 after RFC 2617): devices in the field know no other.
    private static string Md5(string text) => Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(text)));
#pragma warning restore CA5351

    private static string Sha256(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
