using CommandCenter.Web.Access;
using CommandCenter.Web.Grains;
using CommandCenter.Web.Reading;
using CommandCenter.Web.Trail;

namespace CommandCenter.Web.Recount;

/// <summary>The routes of the recount.</summary>
internal static class RecountEndpoints
{
    public static void MapRecount(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/v1/recount");
        _ = api.MapGet("", (string? scope, Viewer viewer, GrainHost grains, RecountJob recount) => Get(viewer, scope, grains, recount.Latest))
            .Needs(Right.Figures).Produces<RecountView>().ProducesProblem(404).WithSummary("Whether every figure equals a second count of the journal, and the cells that do not.");
        _ = api.MapPost("/pause", (RecountJob recount) => Order(recount.Pause))
            .Needs(Right.Operate).LeavesTrace(TrailActions.RecountPause).Produces(204).ProducesProblem(401).ProducesProblem(403).WithSummary("Pauses the recount. Marks keep what was known.");
        _ = api.MapPost("/resume", (RecountJob recount) => Order(recount.Resume))
            .Needs(Right.Operate).LeavesTrace(TrailActions.RecountResume).Produces(204).ProducesProblem(401).ProducesProblem(403).WithSummary("Resumes the recount where it was.");
    }

    /// <summary>What a report says of a scope.</summary>
    public static IResult Get(Viewer viewer, string? scope, GrainHost grains, RecountReport report)
    {
        if (!Scopes.TryFind(viewer, grains.Courts, scope, out var court, out var problem))
        {
            return problem;
        }

        return Results.Ok(RecountView.Of(court, report));
    }

    private static IResult Order(Action order)
    {
        order();
        return Results.NoContent();
    }
}
