using System.Globalization;
using CommandCenter.Audit;
using CommandCenter.Web.Hosting;

namespace CommandCenter.Web.Trail;

/// <summary>
/// Records what routes say leaves a trace: before the first byte of the answer leaves, so that nobody has seen what is not recorded. While
/// the trace cannot be written such routes answer 503.
/// </summary>
internal static class TrailMiddleware
{
    private const string RetryAfterSeconds = "10";

    public static IApplicationBuilder UseTrail(this IApplicationBuilder app) => app.Use(static (context, next) =>
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<LeavesTraceAttribute>() is not { } trace)
        {
            return next(context);
        }

        var trail = context.RequestServices.GetRequiredService<AuditTrail>();
        if (trail.Fault is not null)
        {
            context.Response.Headers.RetryAfter = RetryAfterSeconds;
            return Problems.Of(
                StatusCodes.Status503ServiceUnavailable, "trail.unavailable", "The trace cannot be written at present, so nothing that leaves one is shown or done.")
                .ExecuteAsync(context);
        }

        // A failure to record throws here, and the connection ends without an answer.
        context.Response.OnStarting(() => trail.RecordAsync(context, trace.Action, SubjectOf(context, trace), OutcomeOf(context.Response.StatusCode), detail: DetailOf(context)));
        return next(context);
    });

    private static string? SubjectOf(HttpContext context, LeavesTraceAttribute trace) =>
        trace.Subject is { } name ? TrailWords.Subject(Convert.ToString(context.Request.RouteValues[name], CultureInfo.InvariantCulture)) : null;

    private static AuditOutcome OutcomeOf(int status) => status switch
    {
        StatusCodes.Status401Unauthorized or StatusCodes.Status403Forbidden or StatusCodes.Status404NotFound => AuditOutcome.Denied,
        >= 400 => AuditOutcome.Failed,
        _ => AuditOutcome.Done,
    };

    private static Dictionary<string, string> DetailOf(HttpContext context)
    {
        var detail = new Dictionary<string, string>(StringComparer.Ordinal) { ["route"] = TrailWords.Route(context.Request) };
        if (TrailWords.Query(context.Request.Query) is { Length: > 0 } query)
        {
            detail["query"] = query;
        }

        if (TrailWords.Question(context) is { } question)
        {
            detail["question"] = question;
        }

        foreach (var (name, value) in TrailNotes.Of(context))
        {
            detail[name] = value;
        }

        detail["status"] = context.Response.StatusCode.ToString(CultureInfo.InvariantCulture);
        return detail;
    }
}
