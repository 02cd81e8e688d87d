using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using CommandCenter.Web.Access;
using CommandCenter.Web.Hosting;
using CommandCenter.Web.Trail;

namespace CommandCenter.Web.Wall.Directing;

/// <summary>The routes of directing.</summary>
internal static class DirectorEndpoints
{
    private const int RequestBytesMax = 8 * 1024;

    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        PropertyNameCaseInsensitive = false,
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
    };

    public static void MapDirector(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/v1/walls");
        _ = api.MapGet("", (DirectorDesk desk) => desk.Summaries()).Needs(Right.Walls).Produces<WallSummary[]>().WithSummary("All walls and what they show.");
        _ = api.MapGet("/{id}/director", (string id, DirectorDesk desk) => desk.View(id) is { } view ? Results.Json(view, s_json) : UnknownWall())
            .Needs(Right.Walls).Produces<DirectorView>().ProducesProblem(404).WithSummary("What a wall shows, what is prepared, what is pinned, and who did it.");
        _ = api.MapPost("/{id}/director", PostAsync)
            .Needs(Right.Direct).LeavesTrace(TrailActions.WallDirect, "id").Accepts<DirectorRequest>("application/json").Produces<DirectorView>().ProducesProblem(400).ProducesProblem(401).ProducesProblem(403).ProducesProblem(404)
            .ProducesProblem(409).ProducesProblem(413)
            .WithSummary("Directs a wall: preview, take, next, hold, release, pin, unpin, preempt or return, with the revision that was seen.");
    }

    private static async Task<IResult> PostAsync(string id, HttpContext context, Viewer viewer, DirectorDesk desk, CancellationToken cancellationToken)
    {
        DirectorRequest? request;
        try
        {
            request = await ReadAsync(context.Request, cancellationToken);
        }
        catch (JsonException exception)
        {
            return Problems.Of(StatusCodes.Status400BadRequest, DirectorCodes.BadCommand, exception.Message);
        }

        return request is null
            ? Problems.Of(StatusCodes.Status413PayloadTooLarge, "request.too-large", $"A command has at most {RequestBytesMax} bytes.")
            : AnswerOf(id, await desk.OrderAsync(id, request, viewer.Name, cancellationToken), desk);
    }

    private static async Task<DirectorRequest?> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.ContentLength > RequestBytesMax)
        {
            return null;
        }

        var buffer = new byte[RequestBytesMax + 1];
        var length = await request.Body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        return length > RequestBytesMax
            ? null
            : JsonSerializer.Deserialize<DirectorRequest>(buffer.AsSpan(0, length), s_json) ?? throw new JsonException("A command is an object.");
    }

    private static IResult AnswerOf(string id, DirectorAnswer answer, DirectorDesk desk) => (answer.Code, desk.View(id)) switch
    {
        (DirectorCodes.WallUnknown, _) or (_, null) => UnknownWall(),
        (null, { } view) => Results.Json(view, s_json),
        (DirectorCodes.RevisionStale, { } view) => Problem(StatusCodes.Status409Conflict, DirectorCodes.RevisionStale, view),
        ({ } code, { } view) => Problem(StatusCodes.Status400BadRequest, code, view),
    };

    // The present state comes along: whoever was refused sees what he did not see, and needs no second request.
    private static IResult Problem(int status, string code, DirectorView view) => Results.Json(
        new
        {
            title = status == StatusCodes.Status409Conflict ? "Conflict" : "Bad Request",
            status,
            detail = DirectorTexts.Of("refused." + code, WallLanguage.En),
            code,
            present = view,
        },
        s_json, "application/problem+json", status);

    private static IResult UnknownWall() => Problems.Of(StatusCodes.Status404NotFound, DirectorCodes.WallUnknown, "No file describes this wall.");
}
