using CommandCenter.Web.Grains;
using CommandCenter.Web.Hosting;
using CommandCenter.Web.Intake;
using CommandCenter.Web.Reading;

namespace CommandCenter.Web.Recount;

/// <summary>The routes of the recount.</summary>
internal static class RecountEndpoints
{
    public static void MapRecount(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/v1/recount");
        _ = api.MapGet("", (string? scope, GrainHost grains, RecountJob recount) => Get(scope, grains, recount.Latest))
            .Produces<RecountView>().ProducesProblem(404).WithSummary("Whether every figure equals a second count of the journal, and the cells that do not.");
        _ = api.MapPost("/pause", (HttpContext context, ApiKeys keys, RecountJob recount) => Order(context, keys, recount.Pause))
            .Produces(204).ProducesProblem(401).ProducesProblem(403).WithSummary("Pauses the recount. Marks keep what was known.");
        _ = api.MapPost("/resume", (HttpContext context, ApiKeys keys, RecountJob recount) => Order(context, keys, recount.Resume))
            .Produces(204).ProducesProblem(401).ProducesProblem(403).WithSummary("Resumes the recount where it was.");
    }

    /// <summary>What a report says of a scope.</summary>
    public static IResult Get(string? scope, GrainHost grains, RecountReport report)
    {
        if (!Scopes.TryFind(grains.Courts, scope, out var court, out var problem))
        {
            return problem;
        }

        return Results.Ok(RecountView.Of(court, report));
    }

    private static IResult Order(HttpContext context, ApiKeys keys, Action order)
    {
        if (keys.SourceOf(context.Request.Headers.Authorization) is null)
        {
            return context.Request.Headers.Authorization.Count == 0
                ? Problems.Of(StatusCodes.Status401Unauthorized, "request.key-missing", "Send the key as Authorization: Bearer <key>.")
                : Problems.Of(StatusCodes.Status403Forbidden, "request.key-wrong", "The key is not known.");
        }

        order();
        return Results.NoContent();
    }
}
