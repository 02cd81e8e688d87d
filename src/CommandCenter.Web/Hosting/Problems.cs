namespace CommandCenter.Web.Hosting;

/// <summary>Errors of the API: RFC 9457 problem details with a stable <c>code</c>.</summary>
internal static class Problems
{
    /// <summary>Gives the framework's own answers (an unknown route, a wrong method) a code too: <c>http.404</c> and its like.</summary>
    public static void AddCode(ProblemDetailsContext context) =>
        _ = context.ProblemDetails.Extensions.TryAdd("code", $"http.{context.HttpContext.Response.StatusCode}");

    /// <summary>A problem with a stable code.</summary>
    /// <param name="status">HTTP status.</param>
    /// <param name="code">Stable code; programs act on it.</param>
    /// <param name="detail">For people.</param>
    public static IResult Of(int status, string code, string detail) => Results.Problem(
        detail,
        statusCode: status,
        extensions: new Dictionary<string, object?>(StringComparer.Ordinal) { ["code"] = code });
}
