using System.Globalization;
using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;

namespace CommandCenter.Web.Accounts;

/// <summary>How often one address may try to sign in, whatever names it tries.</summary>
internal static class SignInLimit
{
    public const string Name = "sign-in";

    private const int SegmentsPerMinute = 6;
    private const int Ipv6NetworkBytes = 8;

    public static IServiceCollection AddSignInLimit(this IServiceCollection services) => services
        .AddRateLimiter(static limiter => limiter.AddPolicy(Name, static http => HttpMethods.IsPost(http.Request.Method)
                ? RateLimitPartition.GetSlidingWindowLimiter(NetworkOf(http), _ => new SlidingWindowRateLimiterOptions
                {
                    PermitLimit = http.RequestServices.GetRequiredService<IOptions<AccountOptions>>().Value.TriesPerMinuteMax,
                    Window = TimeSpan.FromMinutes(1),
                    SegmentsPerWindow = SegmentsPerMinute,
                })
                : RateLimitPartition.GetNoLimiter("")));

    /// <summary>The network that somebody comes from: an address of IPv4, or the 2^64 addresses that whoever has one of IPv6 has.</summary>
    public static string NetworkOf(HttpContext http)
    {
        var address = http.Connection.RemoteIpAddress;
        if (address is null)
        {
            return "";
        }

        address = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        var bytes = address.GetAddressBytes();
        return Convert.ToHexStringLower(bytes.AsSpan(0, Math.Min(bytes.Length, Ipv6NetworkBytes))) + bytes.Length.ToString(CultureInfo.InvariantCulture);
    }
}
