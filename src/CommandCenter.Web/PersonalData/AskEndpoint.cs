using CommandCenter.Web.Access;
using CommandCenter.Web.Hosting;
using CommandCenter.Web.Search;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.WebUtilities;

namespace CommandCenter.Web.PersonalData;

/// <summary>Where the forms of the lists and of search are sent: it seals what was typed and leads to the page, whose URL then holds no name.</summary>
internal static class AskEndpoint
{
    private const int FieldsMax = 32;
    private const int FieldCharsMax = 256;

    // The lists that have such a form, each at its own address.
    private static readonly string[] s_lists = ["cases", "search"];

    public static void MapAsk(this IEndpointRouteBuilder routes) =>
        _ = routes.MapPost("/ask/{list}", AnswerAsync).Needs(Right.OwnAccount).WithMetadata(new RequireAntiforgeryTokenAttribute()).ExcludeFromDescription();

    private static async Task<IResult> AnswerAsync(string list, HttpContext http, QuestionSeal seal)
    {
        if (!s_lists.Contains(list, StringComparer.Ordinal))
        {
            return Problems.Of(StatusCodes.Status404NotFound, "http.404", "There is no such list.");
        }

        if (http.Features.Get<IAntiforgeryValidationFeature>() is not { IsValid: true } || !http.Request.HasFormContentType)
        {
            return Problems.Of(StatusCodes.Status400BadRequest, "request.form-unknown", "This form is not of this session; load the page again.");
        }

        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var fields = new List<KeyValuePair<string, string?>>();
        foreach (var (name, values) in form)
        {
            if (values is [{ Length: > 0 and <= FieldCharsMax } value, ..] && !name.StartsWith("__", StringComparison.Ordinal) && fields.Count < FieldsMax)
            {
                fields.Add(name == "q" && !string.IsNullOrWhiteSpace(value)
                    ? KeyValuePair.Create("ask", (string?)seal.Seal(value[..Math.Min(value.Length, SearchPattern.TextMax + 1)])) // One too many is still one too many.
                    : KeyValuePair.Create(name, (string?)value));
            }
        }

        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers.Location = QueryHelpers.AddQueryString("/" + list, fields);
        return Results.StatusCode(StatusCodes.Status303SeeOther);
    }
}
