using CommandCenter.Web.Access;
using CommandCenter.Web.Trail;

namespace CommandCenter.Web.Search;

/// <summary>The route and the services of search.</summary>
internal static class SearchEndpoints
{
    public static IServiceCollection AddSearch(this IServiceCollection services) => services.AddSingleton<CaseSearch>();

    public static void MapSearch(this IEndpointRouteBuilder routes) =>
        _ = routes.MapGet("/api/v1/search", ([AsParameters] SearchParameters asked, Viewer viewer, CaseSearch search, CancellationToken cancellationToken) =>
                search.GetAsync(viewer, asked, cancellationToken))
            .Needs(Right.Cases).LeavesTrace(TrailActions.CaseSearch).Produces<SearchPage>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(503)
            .WithSummary("Cases by number, party, former name or handler, the best answer first; page is what the page before gave as nextPage.");
}
