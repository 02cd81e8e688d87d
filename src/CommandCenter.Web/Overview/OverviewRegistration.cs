using CommandCenter.Web.Access;
using CommandCenter.Web.Components;
using CommandCenter.Web.Grains;
using CommandCenter.Web.Trail;

namespace CommandCenter.Web.Overview;

/// <summary>What the host calls to have the overview.</summary>
internal static class OverviewRegistration
{
    public static IServiceCollection AddOverview(this IServiceCollection services) => services
        .AddSingleton<ScopeBook>().AddSingleton<FlowReading>().AddSingleton<ChartReading>().AddSingleton<OverviewReading>();

    public static void MapOverview(this IEndpointRouteBuilder routes)
    {
        _ = routes.MapGet(
                "/api/v1/flow",
                (string? scope, string? handler, string? year, Viewer viewer, FlowReading flows, CancellationToken cancellationToken) =>
                    flows.GetAsync(viewer, scope, handler, year, cancellationToken))
            .Needs(Right.Overview).LeavesTrace(TrailActions.FlowRead).Produces<FlowAnswer>().ProducesProblem(400).ProducesProblem(403).ProducesProblem(404)
            .WithSummary("The 37 nodes of a court, an area, the city or a handler: how many pending cases stand where, since how long, and how long going on took.");

        // What a page shows already: opening it left the trace, looking at it for an hour leaves no more.
        _ = routes.MapGet("/overview/{mark}/live", LiveAsync).Needs(Right.Overview).ExcludeFromDescription();
    }

    private static async Task<IResult> LiveAsync(
        string mark, string? handler, HttpContext http, Viewer viewer, GrainHost grains, OverviewReading reading, CancellationToken cancellationToken)
    {
        var (scope, fault) = OverviewScope.Find(viewer, grains.Courts, mark, handler);
        if (scope is null)
        {
            return fault!.ToResult();
        }

        var state = OverviewState.Read(scope.Mark, scope.Handler, http.Request.Query);
        (var sheet, fault) = await reading.ReadLiveAsync(viewer, scope, state, PageLook.Of(http.Request), cancellationToken);
        http.Response.Headers.CacheControl = "no-store";
        return fault?.ToResult() ?? Results.Ok(sheet);
    }
}
