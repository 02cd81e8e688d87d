using CommandCenter.Web.Access;
using CommandCenter.Web.Trail;

namespace CommandCenter.Web.Places.Calls;

/// <summary>What the host calls so that calls for help can be ended.</summary>
internal static class CallEndpoints
{
    public static void AddCalls(this IServiceCollection services) => services.AddSingleton<CallDesk>();

    public static void MapCalls(this IEndpointRouteBuilder routes) =>
        _ = routes.MapPost("/api/v1/officers/{court}/{officer}/sos/end", async (string court, string officer, Viewer viewer, CallDesk desk, CancellationToken cancellationToken) =>
                await desk.EndAsync(viewer, court, officer, cancellationToken) is { } fault ? fault.ToResult() : Results.NoContent())
            .Needs(Right.Cameras).LeavesTrace(TrailActions.OfficerSosEnd, "officer").Produces(204).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409).ProducesProblem(503)
            .WithSummary("Ends an officer's call for help; answers when it is on the disk.");
}
