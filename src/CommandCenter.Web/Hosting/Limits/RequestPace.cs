using System.Globalization;
using System.Threading.RateLimiting;
using CommandCenter.Web.Access;
using CommandCenter.Web.Accounts;
using CommandCenter.Web.Trail;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;

namespace CommandCenter.Web.Hosting.Limits;

/// <summary>
/// How fast one account may ask, and how many of its searches and exports are worked on at a time, so that one desk, or a script in its
/// name, cannot slow down the others. Who is nobody is counted by his address.
/// </summary>
internal static class RequestPace
{
    private const int HeavyWaiting = 8;
    private const string Unlimited = "\0"; // No account and no address is called so.

    public static void AddRequestPace(this IServiceCollection services) => services.AddOptions<RateLimiterOptions>().Configure<IOptions<ServerLimits>>(static (limiter, limits) =>
    {
        limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        limiter.OnRejected = AnswerAsync;
        limiter.GlobalLimiter = PartitionedRateLimiter.CreateChained(Pace(limits.Value), Heavy(limits.Value));
    });

    private static PartitionedRateLimiter<HttpContext> Pace(ServerLimits limits) => PartitionedRateLimiter.Create<HttpContext, string>(http => WhoOf(http) is { } who
        ? RateLimitPartition.GetTokenBucketLimiter(who, _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = limits.RequestsAtOnceMax,
            TokensPerPeriod = Math.Max(1, limits.RequestsPerSecondMax / 5),
            ReplenishmentPeriod = TimeSpan.FromMilliseconds(200),
        })
        : RateLimitPartition.GetNoLimiter(Unlimited));

    private static PartitionedRateLimiter<HttpContext> Heavy(ServerLimits limits) => PartitionedRateLimiter.Create<HttpContext, string>(http =>
        WhoOf(http) is { } who && http.GetEndpoint()?.Metadata.GetMetadata<LeavesTraceAttribute>() is { } trace && IsHeavy(trace.Action)
            ? RateLimitPartition.GetConcurrencyLimiter(who, _ => new ConcurrencyLimiterOptions { PermitLimit = limits.HeavyAtOnceMax, QueueLimit = HeavyWaiting })
            : RateLimitPartition.GetNoLimiter(Unlimited));

    private static bool IsHeavy(string action) => action is TrailActions.CaseSearch or TrailActions.TrailRead || action.EndsWith(".export", StringComparison.Ordinal);

    // Machines have a key and limits of their own: the intake pushes back, a wall asks seldom.
    private static string? WhoOf(HttpContext http) => Viewer.Of(http.User) switch
    {
        { Session: not null } person => person.Id,
        { } => null,
        null => SignInLimit.NetworkOf(http),
    };

    private static async ValueTask AnswerAsync(OnRejectedContext rejected, CancellationToken cancellationToken)
    {
        var http = rejected.HttpContext;
        var isSignIn = http.GetEndpoint()?.Metadata.GetMetadata<EnableRateLimitingAttribute>() is not null;
        http.Response.Headers.RetryAfter = (isSignIn ? 60 : 1).ToString(CultureInfo.InvariantCulture);
        await (isSignIn
            ? Problems.Of(StatusCodes.Status429TooManyRequests, "access.too-many-tries", "Too many tries from this address. Try again in a minute.")
            : Problems.Of(StatusCodes.Status429TooManyRequests, "request.too-many", "Too many requests at a time. Ask more slowly.")).ExecuteAsync(http);
    }
}
