using System.Text.RegularExpressions;
using CommandCenter.Web.PersonalData;

namespace CommandCenter.Web.Trail;

/// <summary>
/// A request as the trace keeps it: what was asked, without the names that were typed. Records are kept for half a year and more, are read by
/// people who may see no case, and nothing can be taken out of them.
/// </summary>
internal static partial class TrailWords
{
    private const string Typed = "q";
    private const string Sealed = "ask";
    private const string Hidden = "…";

    /// <summary>The method and the path; what stands in the place of a case number and is none is left out.</summary>
    public static string Route(HttpRequest request)
    {
        var path = request.Path.Value ?? "";
        foreach (var (name, value) in request.RouteValues)
        {
            if (IsNumber(name) && value is string { Length: > 0 } text && Subject(text) is { } kept && kept != text)
            {
                path = path.Replace(text, kept, StringComparison.Ordinal);
            }
        }

        return $"{request.Method} {path}";
    }

    /// <summary>What a record is about: ids and case numbers as they are; anything else that somebody put in their place is not repeated.</summary>
    public static string? Subject(string? text) => text is null || Plain().IsMatch(text) ? text : Hidden;

    /// <summary>The filter, without the text that was looked for.</summary>
    public static string Query(IQueryCollection query)
    {
        var parts = query.Where(static part => part.Key is not (Typed or Sealed)).Select(static part => $"{part.Key}={PersonalText.Of(part.Value.ToString())}");
        return string.Join('&', parts) is { Length: > 0 } text ? "?" + text : "";
    }

    /// <summary>The kind and the print of the text that was looked for; <see langword="null"/> when none was.</summary>
    public static string? Question(HttpContext http)
    {
        var query = http.Request.Query;
        var services = http.RequestServices;
        var text = query[Sealed] is [{ Length: > 0 } seal, ..] ? services.GetRequiredService<QuestionSeal>().Open(seal) : query[Typed].FirstOrDefault();
        return string.IsNullOrWhiteSpace(text) ? null : services.GetRequiredService<QuestionPrint>().Of(text);
    }

    private static bool IsNumber(string name) => name is "number" or "Number";

    // A case number, or an id of ours.
    [GeneratedRegex(@"^(?:[(（]\d{4}[)）][\p{L}\d]{2,16}号|[A-Za-z0-9._:-]{1,64})$")]
    private static partial Regex Plain();
}
