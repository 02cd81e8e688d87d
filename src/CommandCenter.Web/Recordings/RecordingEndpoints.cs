using CommandCenter.Audit;
using CommandCenter.Cameras.Recording;
using CommandCenter.Web.Access;
using CommandCenter.Web.Components;
using CommandCenter.Web.Hosting;
using CommandCenter.Web.Trail;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace CommandCenter.Web.Recordings;

/// <summary>What the host calls so that cameras are recorded, and what was recorded can be seen, held and taken out.</summary>
internal static class RecordingEndpoints
{
    /// <summary>What the page is told in its address after a form was sent: <c>done-…</c>, or the code of the refusal.</summary>
    public const string OutcomeField = "outcome";

    public static void AddRecordings(this IServiceCollection services)
    {
        services.AddSingleton<IValidateOptions<RecordingsOptions>, RecordingsOptionsValidator>();
        services.AddOptions<RecordingsOptions>().BindConfiguration(RecordingsOptions.Section).ValidateOnStart();
        services.AddSingleton<RecordingMetrics>();
        services.AddSingleton<RecordingAnchors>();
        services.AddSingleton<RecordingDemands>();
        services.AddSingleton<RecordingKeeper>();
        services.AddHostedService(static provider => provider.GetRequiredService<RecordingKeeper>());
        services.AddSingleton<RecordingReading>();
        services.AddSingleton<RecordingDesk>();
    }

    public static void MapRecordings(this IEndpointRouteBuilder routes)
    {
        _ = routes.MapGet("/cameras/{camera}/recordings/stream", PlayAsync)
            .Needs(Right.Recordings).LeavesTrace(TrailActions.RecordingPlay, "camera").Produces(200, contentType: "video/mp4").ProducesProblem(400).ProducesProblem(404)
            .WithSummary("A recorded range as fragmented MP4: from, until (with an offset, or by the court's clock), stream sub or main.");
        _ = routes.MapPost("/cameras/{camera}/recordings/demand", async (string camera, [FromForm] string? act, Viewer viewer, HttpContext http, RecordingReading reading, RecordingDemands demands) =>
            {
                if (reading.Find(viewer, camera) is not { Device: { } device })
                {
                    return await RefuseAsync(http, camera, TrailActions.RecordingStarted);
                }

                var refusal = act == "stop" ? await demands.StopAsync(http, viewer, camera) : await demands.StartAsync(http, viewer, device);
                return Back(http, camera, refusal ?? (act == "stop" ? "done-stopped" : "done-started"));
            })
            .Needs(Right.Recordings).ExcludeFromDescription();
        _ = routes.MapPost("/cameras/{camera}/recordings/holds", async (
                string camera, [FromForm] string? from, [FromForm] string? until, [FromForm] string? why, Viewer viewer, HttpContext http, RecordingReading reading, RecordingDesk desk) =>
                reading.Find(viewer, camera) is { } known
                    ? Back(http, camera, await desk.HoldAsync(http, viewer, known, RecordingTimes.Parse(from), RecordingTimes.Parse(until), why) ?? "done-held")
                    : await RefuseAsync(http, camera, TrailActions.RecordingHeld))
            .Needs(Right.Evidence).ExcludeFromDescription();
        _ = routes.MapPost("/cameras/{camera}/recordings/holds/{hold}/release", async (
                string camera, string hold, [FromForm] string? why, Viewer viewer, HttpContext http, RecordingReading reading, RecordingDesk desk) =>
                reading.Find(viewer, camera) is { } known
                    ? Back(http, camera, await desk.ReleaseAsync(http, viewer, known, hold, why) ?? "done-released")
                    : await RefuseAsync(http, camera, TrailActions.RecordingReleased))
            .Needs(Right.Evidence).ExcludeFromDescription();
        _ = routes.MapPost("/cameras/{camera}/recordings/evidence", PackAsync).Needs(Right.Evidence).ExcludeFromDescription();
    }

    private static async Task<IResult> PlayAsync(
        string camera, string? from, string? until, string? stream, Viewer viewer, HttpContext http, RecordingReading reading, RecordingKeeper keeper, IOptions<RecordingsOptions> options)
    {
        if (reading.Find(viewer, camera) is not { } known)
        {
            return RecordingReading.Unknown.ToResult();
        }

        var (begin, end) = (RecordingTimes.Parse(from), RecordingTimes.Parse(until));
        if (begin is null || end is null || begin >= end || end - begin > options.Value.PlayMax)
        {
            return Problems.Of(StatusCodes.Status400BadRequest, "recording.bad-range", $"A range has from and until, with at most {options.Value.PlayMax} between them.");
        }

        if (known.Cut(begin.Value, end.Value) is not { } piece)
        {
            return NotFound();
        }

        TrailNotes.Add(http, "from", RecordingTimes.Url(piece.From));
        TrailNotes.Add(http, "until", RecordingTimes.Url(piece.Until));
        TrailNotes.Add(http, "officer", piece.Span.OfficerId);
        TrailNotes.Add(http, "court", piece.Span.CourtMark);
        http.Response.ContentType = "video/mp4";
        http.Response.Headers.CacheControl = "no-store";
        try
        {
            _ = await keeper.Library.CopyAsync(RecordingReading.NameOf(camera, stream), piece.From, piece.Until, http.Response.Body, http.RequestAborted);
            return Results.Empty;
        }
        catch (RecordingException exception) when (!http.Response.HasStarted)
        {
            return exception.Code == RecordingException.NotFound ? NotFound() : Problems.Of(StatusCodes.Status409Conflict, exception.Code, "What lies there cannot be read.");
        }
    }

    private static async Task<IResult> PackAsync(
        string camera, [FromForm] string? stream, [FromForm] string? from, [FromForm] string? until, [FromForm] string? why, Viewer viewer, HttpContext http, RecordingReading reading,
        RecordingDesk desk, CancellationToken cancellationToken)
    {
        if (reading.Find(viewer, camera) is not { } known)
        {
            return await RefuseAsync(http, camera, TrailActions.RecordingExported);
        }

        var begin = RecordingTimes.Parse(from);
        var (pack, refusal) = await desk.PackAsync(http, viewer, known, stream, begin, RecordingTimes.Parse(until), why, cancellationToken);
        http.Response.Headers.CacheControl = "no-store";
        return pack is null ? Back(http, camera, refusal!)
            : Results.Stream(pack, "application/zip", $"evidence-{camera}-{begin!.Value.UtcDateTime:yyyyMMdd'T'HHmmss'Z'}.zip");
    }

    private static IResult NotFound() => Problems.Of(StatusCodes.Status404NotFound, RecordingException.NotFound, "Nothing was recorded in this range.");

    private static async Task<IResult> RefuseAsync(HttpContext http, string camera, string action)
    {
        await http.RequestServices.GetRequiredService<AuditTrail>().RecordAsync(http, action, TrailWords.Subject(camera), AuditOutcome.Denied);
        return RecordingReading.Unknown.ToResult();
    }

    // Back to the day that was looked at; a reload of that page sends nothing again.
    private static IResult Back(HttpContext http, string camera, string outcome)
    {
        var query = new[] { RecordingTimes.Day(http.Request.Query["day"]) is { } day ? $"day={day:yyyy-MM-dd}" : "", $"{OutcomeField}={outcome}" }.Where(static part => part.Length > 0);
        return Results.LocalRedirect(PageLook.Of(http.Request).Url($"/cameras/{Uri.EscapeDataString(camera)}/recordings?{string.Join('&', query)}"));
    }
}
