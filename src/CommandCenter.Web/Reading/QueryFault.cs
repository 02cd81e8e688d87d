using CommandCenter.Web.Hosting;

namespace CommandCenter.Web.Reading;

/// <summary>Why a question cannot be answered; the API says it as a problem, a page in words.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Code">Stable code.</param>
/// <param name="Detail">For people.</param>
internal sealed record QueryFault(int Status, string Code, string Detail)
{
    public static readonly QueryFault UnknownScope = new(StatusCodes.Status404NotFound, "scope.unknown", "There is no such court.");

    /// <summary>The answer to somebody who does not see the city, also when the court does not exist.</summary>
    public static readonly QueryFault ForbiddenScope = new(StatusCodes.Status403Forbidden, "scope.forbidden", "This is no court of yours.");

    public static readonly QueryFault SearchBusy = new(
        StatusCodes.Status503ServiceUnavailable, "query.search-busy", "Too many searches wait; ask again in a moment.");

    public IResult ToResult() => Problems.Of(Status, Code, Detail);
}
