using CommandCenter.Runtime.Partitions;
using CommandCenter.Web.Grains;
using CommandCenter.Web.Hosting;
using CommandCenter.Web.Intake;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace CommandCenter.Web.Reading;

/// <summary>A court as the API shows it.</summary>
internal sealed record CourtItem(string Mark, string NameZh, string NameEn, string Level, string? Superior, string Institution);

/// <summary>What an administrator asks for when a partition is stopped.</summary>
internal sealed record SkipRequest(string PoisonKey, string Reason, string By);

/// <summary>The routes of the API.</summary>
internal static class ReadingEndpoints
{
    public static void MapApi(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/v1");
        _ = api.MapPost("/events", (HttpContext context, IntakeEndpoint intake) => intake.PostAsync(context))
            .AddOpenApiOperationTransformer(DescribeEvents).Produces<IntakeAnswer>().ProducesProblem(400).ProducesProblem(401).ProducesProblem(403)
            .ProducesProblem(413).ProducesProblem(429).ProducesProblem(503)
            .WithSummary("Takes events, one JSON object a line; answers when accepted lines are on disk.");
        _ = api.MapGet("/courts", (GrainHost grains) => Courts(grains)).Produces<CourtItem[]>().WithSummary("All courts.");
        _ = api.MapGet("/totals", (string? scope, string? date, Totals totals, CancellationToken cancellationToken) =>
                totals.GetAsync(scope, date, cancellationToken))
            .Produces<ScopeTotals>().ProducesProblem(400).ProducesProblem(404).WithSummary("收结存 and money of a day, its month and its year.");
        _ = api.MapGet("/rollups", (string? scope, string? from, string? to, string? step, Rollups rollups, CancellationToken cancellationToken) =>
                rollups.GetAsync(scope, from, to, step, cancellationToken))
            .Produces<RollupSeries>().ProducesProblem(400).ProducesProblem(404).WithSummary("Windows of event time: 5m, 1h or 1d.");
        _ = api.MapGet("/cases", ([AsParameters] CaseParameters asked, CaseList cases, CancellationToken cancellationToken) =>
                cases.GetAsync(asked, cancellationToken))
            .Produces<CasePage>().ProducesProblem(400).ProducesProblem(404).WithSummary("A list of cases; page is what the page before gave as nextPage.");
        _ = api.MapGet("/funds", ([AsParameters] FundsParameters asked, FundsList funds, CancellationToken cancellationToken) =>
                funds.GetAsync(asked, cancellationToken))
            .Produces<FundsPage>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(503)
            .WithSummary("The payments that a sum of money is made of, the latest first; today's unless from and to are given.");
        _ = api.MapGet("/cases/{number}", (string number, CaseDetail detail, CancellationToken cancellationToken) => detail.GetAsync(number, cancellationToken))
            .Produces<CaseView>().ProducesProblem(400).ProducesProblem(404).WithSummary("A case with its timeline.");
        _ = api.MapPost("/operations/partitions/{index:int}/skip", SkipAsync)
            .Produces(204).ProducesProblem(401).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409)
            .WithSummary("Passes over what stopped a partition, for ever, with a reason.");

        routes.MapHealth();
        _ = routes.MapGet("/metrics", (MetricsText metrics) => Results.Text(metrics.Write(), "text/plain; version=0.0.4")).ExcludeFromDescription();
    }

    /// <summary>What a supervisor asks: is the process alive, and which partitions serve.</summary>
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        _ = routes.MapGet("/health/live", () => Results.Text("live")).ExcludeFromDescription();
        _ = routes.MapGet("/health/ready", (GrainHost grains) => Ready(grains)).ExcludeFromDescription();
    }

    // Not by Accepts, which would answer another media type itself: 415, without a code and before the key is asked for.
    private static Task DescribeEvents(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        operation.RequestBody = new OpenApiRequestBody
        {
            Required = true,
            Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal)
            {
                [IntakeEndpoint.MediaType] = new() { Schema = new OpenApiSchema { Type = JsonSchemaType.String } },
            },
        };
        return Task.CompletedTask;
    }

    private static CourtItem[] Courts(GrainHost grains) => [.. grains.Courts.Courts.Select(court => new CourtItem(
        court.Mark, court.Definition.NameZh, court.Definition.NameEn, court.Definition.Level.ToString().ToLowerInvariant(), court.Definition.Superior,
        court.Definition.Institution))];

    // Ready as long as some court is served: one stopped partition must not take the others' traffic away.
    private static IResult Ready(GrainHost grains)
    {
        var partitions = grains.Statuses.Select(status => new
        {
            status.Index,
            State = status.State.ToString().ToLowerInvariant(),
            status.Position,
            status.QueuedCommands,
            status.StopReason,
            status.PoisonKey,
        }).ToArray();
        var isReady = grains.Statuses.Any(status => status.State == PartitionState.Running);
        return Results.Json(new { status = isReady ? "ready" : "unavailable", partitions }, statusCode: isReady ? 200 : 503);
    }

    private static async Task<IResult> SkipAsync(
        int index, SkipRequest request, HttpContext context, GrainHost grains, ApiKeys keys, CancellationToken cancellationToken)
    {
        if (keys.SourceOf(context.Request.Headers.Authorization) is null)
        {
            return context.Request.Headers.Authorization.Count == 0
                ? Problems.Of(StatusCodes.Status401Unauthorized, "request.key-missing", "Send the key as Authorization: Bearer <key>.")
                : Problems.Of(StatusCodes.Status403Forbidden, "request.key-wrong", "The key is not known.");
        }

        if (index < 0 || index >= grains.PartitionCount)
        {
            return Problems.Of(StatusCodes.Status404NotFound, "partition.unknown", "There is no such partition.");
        }

        if (string.IsNullOrWhiteSpace(request.PoisonKey) || string.IsNullOrWhiteSpace(request.Reason) || string.IsNullOrWhiteSpace(request.By) || grains.Statuses[index].PoisonKey != request.PoisonKey)
        {
            return Problems.Of(
                StatusCodes.Status409Conflict, "partition.not-stopped-by-this",
                "Name who skips, why, and exactly what stopped the partition; /health/ready shows it.");
        }

        await grains.SkipAsync(index, request.PoisonKey, request.Reason, request.By, cancellationToken);
        return Results.NoContent();
    }
}
