using CommandCenter.Runtime.Partitions;
using CommandCenter.Web.Access;
using CommandCenter.Web.Grains;
using CommandCenter.Web.Hosting;
using CommandCenter.Web.Intake;
using CommandCenter.Web.PersonalData;
using CommandCenter.Web.Trail;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace CommandCenter.Web.Reading;

/// <summary>A court as the API shows it.</summary>
internal sealed record CourtItem(string Mark, string NameZh, string NameEn, string Level, string? Superior, string Institution);

/// <summary>What an administrator asks for when a partition is stopped.</summary>
internal sealed record SkipRequest(string PoisonKey, string Reason);

/// <summary>The routes of the API.</summary>
internal static class ReadingEndpoints
{
    public static void MapApi(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/v1");
        _ = api.MapPost("/events", (HttpContext context, Viewer machine, IntakeEndpoint intake) => intake.PostAsync(context, machine))
            .Needs(Right.Ingest).WithMetadata(new RequestSizeLimitAttribute(IntakeEndpoint.RequestBytesMax))
            .AddOpenApiOperationTransformer(DescribeEvents).Produces<IntakeAnswer>().ProducesProblem(400).ProducesProblem(401).ProducesProblem(403)
            .ProducesProblem(413).ProducesProblem(429).ProducesProblem(503)
            .WithSummary("Takes events, one JSON object a line; answers when accepted lines are on disk.");
        _ = api.MapGet("/courts", (GrainHost grains) => Courts(grains)).Needs(Right.Courts).Produces<CourtItem[]>().WithSummary("All courts.");
        _ = api.MapGet("/totals", (string? scope, string? date, Viewer viewer, Totals totals, CancellationToken cancellationToken) =>
                totals.GetAsync(viewer, scope, date, cancellationToken))
            .Needs(Right.Figures).Produces<ScopeTotals>().ProducesProblem(400).ProducesProblem(404).WithSummary("收结存 and money of a day, its month and its year.");
        _ = api.MapGet("/rollups", (string? scope, string? from, string? to, string? step, Viewer viewer, Rollups rollups, CancellationToken cancellationToken) =>
                rollups.GetAsync(viewer, scope, from, to, step, cancellationToken))
            .Needs(Right.Figures).Produces<RollupSeries>().ProducesProblem(400).ProducesProblem(404).WithSummary("Windows of event time: 5m, 1h or 1d.");
        _ = api.MapGet("/cases", ([AsParameters] CaseParameters asked, Viewer viewer, QuestionSeal seal, CaseList cases, CancellationToken cancellationToken) =>
                seal.AnswerAsync(asked, open => cases.GetAsync(viewer, open, cancellationToken)))
            .Needs(Right.Cases).LeavesTrace(TrailActions.CaseList).Produces<CasePage>().ProducesProblem(400).ProducesProblem(404).WithSummary("A list of cases; page is what another page gave as nextPage or previousPage.");
        _ = api.MapGet("/funds", ([AsParameters] FundsParameters asked, Viewer viewer, FundsList funds, CancellationToken cancellationToken) =>
                funds.GetAsync(viewer, asked, cancellationToken))
            .Needs(Right.Funds).LeavesTrace(TrailActions.FundsList).Produces<FundsPage>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(503)
            .WithSummary("The payments that a sum of money is made of, the latest first; today's unless from and to are given.");
        _ = api.MapGet("/cases/{number}", (string number, Viewer viewer, CaseDetail detail, CancellationToken cancellationToken) =>
                detail.GetAsync(viewer, number, cancellationToken))
            .Needs(Right.Cases).LeavesTrace(TrailActions.CaseView, "number").Produces<CaseView>().ProducesProblem(400).ProducesProblem(404).WithSummary("A case with its timeline.");
        _ = api.MapGet("/cases/{number}/related", async (string number, Viewer viewer, RelatedCases related, CancellationToken cancellationToken) =>
                await related.FindAsync(viewer, number, cancellationToken) is { } view ? Results.Ok(view)
                    : Problems.Of(StatusCodes.Status404NotFound, "case.unknown", "There is no such case."))
            .Needs(Right.Cases).LeavesTrace(TrailActions.CaseView, "number").Produces<RelatedView>().ProducesProblem(404)
            .WithSummary("The case that it reinstates, the one that reinstates it, and others against debtors of the same name, as far as one may see them.");
        _ = api.MapMethods("/cases/{number}", [HttpMethods.Head], (string number, CaseDetail detail, CancellationToken cancellationToken) => detail.HoldsAsync(number, cancellationToken))
            .Needs(Right.Ingest).Produces(200).ProducesProblem(404).WithSummary("For a source: whether a case that it filed is held. Says nothing of it.");
        _ = api.MapPost("/operations/partitions/{index:int}/skip", SkipAsync)
            .Needs(Right.Operate).LeavesTrace(TrailActions.PartitionSkip, "index").Produces(204).ProducesProblem(401).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409)
            .WithSummary("Passes over what stopped a partition, for ever, with a reason.");

        routes.MapHealth();
        _ = routes.MapGet("/metrics", (MetricsText metrics) => Results.Text(metrics.Write(), "text/plain; version=0.0.4")).Needs(Right.Metrics).ExcludeFromDescription();
    }

    /// <summary>What a supervisor asks: is the process alive, and which partitions serve.</summary>
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        _ = routes.MapGet("/health/live", () => Results.Text("live")).AllowAnonymous().ExcludeFromDescription();
        _ = routes.MapGet("/health/ready", (GrainHost grains) => Ready(grains)).AllowAnonymous().ExcludeFromDescription();
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
        int index, SkipRequest request, Viewer viewer, GrainHost grains, CancellationToken cancellationToken)
    {
        if (index < 0 || index >= grains.PartitionCount)
        {
            return Problems.Of(StatusCodes.Status404NotFound, "partition.unknown", "There is no such partition.");
        }

        if (string.IsNullOrWhiteSpace(request.PoisonKey) || string.IsNullOrWhiteSpace(request.Reason) || grains.Statuses[index].PoisonKey != request.PoisonKey)
        {
            return Problems.Of(
                StatusCodes.Status409Conflict, "partition.not-stopped-by-this",
                "Say why, and exactly what stopped the partition; /health/ready shows it.");
        }

        await grains.SkipAsync(index, request.PoisonKey, request.Reason, viewer.Id, cancellationToken);
        return Results.NoContent();
    }
}
