using CommandCenter.Web.Access;
using CommandCenter.Web.Components;
using CommandCenter.Web.Reading;
using CommandCenter.Web.Trail;

namespace CommandCenter.Web.Tablet;

/// <summary>What the host calls so that there is a tablet.</summary>
internal static class TabletEndpoints
{
    public static void AddTablet(this IServiceCollection services)
    {
        services.AddSingleton<CourtBoards>();
        services.AddSingleton<TabletStates>();
    }

    public static void MapTablet(this IEndpointRouteBuilder routes)
    {
        // Two routes: what changes every second holds no case and leaves no trace; what shows cases is fetched when it changed, and each time stands in the trace.
        _ = routes.MapGet("/api/v1/tablet/pulse", async (Viewer viewer, HttpContext http, TabletStates states) => Answer(http, (await states.ReadAsync(viewer, PageLook.Of(http.Request)))?.Pulse))
            .Needs(Right.Tablet).Produces<TabletPulse>().ProducesProblem(403).WithSummary("Figures of one's court, and whether what a tablet shows of cases has changed.");
        _ = routes.MapGet("/api/v1/tablet", async (Viewer viewer, HttpContext http, TabletStates states) => Answer(http, await states.ReadAsync(viewer, PageLook.Of(http.Request))))
            .Needs(Right.Tablet).LeavesTrace(TrailActions.TabletView).Produces<TabletView>().ProducesProblem(403).ProducesProblem(503)
            .WithSummary("Three things today, what lapses, whose money waits, who is late, and the urges, in words.");
    }

    private static IResult Answer<T>(HttpContext http, T? view)
    {
        http.Response.Headers.CacheControl = "no-store";
        return view is null ? QueryFault.ForbiddenScope.ToResult() : Results.Ok(view);
    }
}
