using CommandCenter.Web.Access;

namespace CommandCenter.Web.Trail;

/// <summary>What the host calls so that looks and acts leave a trace.</summary>
internal static class TrailRegistration
{
    public static void AddTrail(this IServiceCollection services)
    {
        services.AddSingleton<AuditTrail>();
        services.AddSingleton<TrailReading>();
        services.AddHostedService<TrailWatch>();
        services.AddHostedService<ConfigWatch>();
    }

    public static void MapTrail(this IEndpointRouteBuilder routes)
    {
        _ = routes.ServiceProvider.GetRequiredService<AuditTrail>(); // Opened with the server: without a trace nothing starts.
        _ = routes.MapGet("/api/v1/trail", ([AsParameters] TrailParameters asked, TrailReading reading, CancellationToken cancellationToken) => reading.Get(asked, cancellationToken))
            .Needs(Right.Trail).LeavesTrace(TrailActions.TrailRead).Produces<TrailPage>().ProducesProblem(400).ProducesProblem(503)
            .WithSummary("The trace, newest first: from, to, actor, action (a beginning), subject, outcome.");
    }
}
