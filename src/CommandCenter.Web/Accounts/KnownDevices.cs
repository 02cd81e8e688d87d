using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;

namespace CommandCenter.Web.Accounts;

/// <summary>
/// Browsers from which an account has signed in before. They have wrong tries of their own, so that strangers who lock an account out
/// lock out only strangers, and nobody can keep a whole court from its desk.
/// </summary>
/// <remarks>The method is OWASP's "device cookies" against denial of service by lock-out.</remarks>
internal sealed class KnownDevices(IDataProtectionProvider protection, TimeProvider time)
{
    private const string CookieName = "cc-known";
    private const int NameBytes = 12;
    private const int AccountsMax = 8; // A desk that several people share.
    private const int TriesKept = 4_096;
    private static readonly TimeSpan s_life = TimeSpan.FromDays(180);

    private readonly IDataProtector _protector = protection.CreateProtector("CommandCenter.KnownDevices");
    private readonly ConcurrentDictionary<(string Account, string Device), (int Tries, DateTimeOffset Until)> _tries = new();

    /// <summary>The name of a browser that this account knows; <see langword="null"/> for a stranger's.</summary>
    public string? Find(HttpRequest request, string accountId) =>
        Read(request) is { } cookie && cookie.Accounts.Contains(accountId, StringComparer.Ordinal) ? cookie.Device : null;

    /// <summary>Lets an account know a browser.</summary>
    public void Remember(HttpContext http, string accountId)
    {
        var cookie = Read(http.Request) ?? new Cookie(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(NameBytes)), []);
        var accounts = cookie.Accounts.Where(known => known != accountId).Append(accountId).TakeLast(AccountsMax).ToArray();
        http.Response.Cookies.Append(NameOf(http.Request), _protector.Protect(JsonSerializer.Serialize(cookie with { Accounts = accounts })), new CookieOptions
        {
            HttpOnly = true,
            SameSite = SameSiteMode.Lax,
            Secure = http.Request.IsHttps,
            Expires = time.GetUtcNow() + s_life,
            Path = AccountPaths.SignIn,
        });
    }

    /// <summary>Whether a known browser has tried too often.</summary>
    public bool IsLocked(string accountId, string device, int triesMax) =>
        _tries.TryGetValue((accountId, device), out var entry) && entry.Tries >= triesMax && entry.Until > time.GetUtcNow();

    /// <summary>A wrong try from a known browser.</summary>
    public void Count(string accountId, string device, TimeSpan rest)
    {
        var now = time.GetUtcNow();
        if (_tries.Count >= TriesKept)
        {
            foreach (var old in _tries.Where(entry => entry.Value.Until <= now))
            {
                _ = _tries.TryRemove(old);
            }
        }

        _ = _tries.AddOrUpdate((accountId, device), _ => (1, now + rest), (_, entry) => (entry.Until <= now ? 1 : entry.Tries + 1, now + rest));
    }

    /// <summary>A right try.</summary>
    public void Clear(string accountId, string device) => _tries.TryRemove((accountId, device), out _);

    // Not __Host-: that name asks for the path of the whole site, and only signing in wants this one.
    private static string NameOf(HttpRequest request) => request.IsHttps ? "__Secure-" + CookieName : CookieName;

    private Cookie? Read(HttpRequest request)
    {
        if (request.Cookies[NameOf(request)] is not { Length: > 0 and < 4_096 } text)
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize<Cookie>(_protector.Unprotect(text));
        }
        catch (Exception exception) when (exception is CryptographicException or JsonException)
        {
            return null; // Not ours, or of a key that is gone: a stranger.
        }
    }

    private sealed record Cookie(string Device, string[] Accounts);
}
