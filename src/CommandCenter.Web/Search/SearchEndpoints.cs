using CommandCenter.Web.Access;
using CommandCenter.Web.PersonalData;
using CommandCenter.Web.Trail;

namespace CommandCenter.Web.Search;

/// <summary>A search that is sent instead of standing in a URL, which proxies and logs keep.</summary>
internal sealed record SearchBody(string? Q, string? Scope, string? Size, string? Page);

/// <summary>The routes and the services of search.</summary>
internal static class SearchEndpoints
{
    public static IServiceCollection AddSearch(this IServiceCollection services) => services.AddSingleton<CaseSearch>();

    public static void MapSearch(this IEndpointRouteBuilder routes)
    {
        _ = routes.MapGet("/api/v1/search", ([AsParameters] SearchParameters asked, Viewer viewer, CaseSearch search, QuestionSeal seal, CancellationToken cancellationToken) =>
            {
                var (open, fault) = seal.Open(asked);
                return open is null ? Task.FromResult(fault!.ToResult()) : search.GetAsync(viewer, open, cancellationToken);
            })
            .Needs(Right.Cases).LeavesTrace(TrailActions.CaseSearch).Produces<SearchPage>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(503)
            .WithSummary("Cases by number, party, former name or handler, the best answer first; page is what the page before gave as nextPage.");
        _ = routes.MapPost("/api/v1/search", (SearchBody asked, HttpContext http, Viewer viewer, CaseSearch search, QuestionPrint print, CancellationToken cancellationToken) =>
            {
                if (!string.IsNullOrWhiteSpace(asked.Q))
                {
                    TrailNotes.Add(http, "question", print.Of(asked.Q));
                }

                return search.GetAsync(viewer, new SearchParameters { Query = asked.Q, Scope = asked.Scope, Size = asked.Size, Page = asked.Page }, cancellationToken);
            })
            .Needs(Right.Cases).LeavesTrace(TrailActions.CaseSearch).Produces<SearchPage>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(503)
            .WithSummary("The same, for names: what is looked for is sent and stands in no URL.");
    }
}
