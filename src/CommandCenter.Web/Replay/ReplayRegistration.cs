using CommandCenter.Web.Access;
using CommandCenter.Web.Hosting;
using Microsoft.Extensions.Options;

namespace CommandCenter.Web.Replay;

/// <summary>What the host calls to have a past.</summary>
internal static class ReplayRegistration
{
    public static void AddReplay(this IServiceCollection services)
    {
        services.AddSingleton<IValidateOptions<ReplayOptions>, ReplayOptionsValidator>();
        services.AddOptions<ReplayOptions>().BindConfiguration(ReplayOptions.Section).ValidateOnStart();
        services.AddSingleton(provider => new ShownHistory(
            provider.GetRequiredService<IOptions<ReplayOptions>>().Value,
            Path.Combine(provider.GetRequiredService<IOptions<ServeOptions>>().Value.DataDirectory, HistoryDatabase.FolderName),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<ShownHistory>>()));
        services.AddSingleton<KnownFigures>();
        services.AddSingleton<TimeMachine>();
        services.AddSingleton<HistoryReading>();
        services.AddSingleton<ReplayFeed>();
        services.AddSingleton<ReplayMetrics>();
        services.AddHostedService<ShownRecorder>();
    }

    public static void MapReplay(this IEndpointRouteBuilder routes)
    {
        _ = routes.ServiceProvider.GetRequiredService<ReplayMetrics>();
        var api = routes.MapGroup("/api/v1/walls/history").Needs(Right.Walls);
        _ = api.MapGet("", (string? from, string? to, HistoryReading reading, CancellationToken cancellationToken) => reading.GetAsync(from, to, cancellationToken))
            .Produces<HistoryView>().ProducesProblem(400).WithSummary("What of the walls is recorded: times with a picture of every second, and gaps with their reasons.");
        _ = api.MapGet("/at", (string? t, HistoryReading reading, CancellationToken cancellationToken) => reading.GetMomentAsync(t, cancellationToken))
            .Produces<MomentView>().ProducesProblem(400).ProducesProblem(404)
            .WithSummary("The walls as at a moment: what they showed, what is known of it now, and where late events have corrected it.");
        _ = api.MapGet("/changes", (string? since, string? until, HistoryReading reading, CancellationToken cancellationToken) =>
                reading.GetChangesAsync(since, until, cancellationToken))
            .Produces<ChangesView>().ProducesProblem(400).ProducesProblem(404).WithSummary("What changed between two moments, figure by figure and court by court.");
    }
}
