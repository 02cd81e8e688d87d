using CommandCenter.Web.Access;
using CommandCenter.Web.Components;
using CommandCenter.Web.DrillDown;
using CommandCenter.Web.Reading;
using CommandCenter.Web.Trail;
using Microsoft.AspNetCore.Mvc;

namespace CommandCenter.Web.Urging;

/// <summary>What the host calls so that chiefs can urge and handlers can reply.</summary>
internal static class UrgeEndpoints
{
    /// <summary>What the page of a case is told in its address after a form was sent: <c>recorded</c>, or the code of the refusal.</summary>
    public const string OutcomeField = "urge";

    public static void AddUrging(this IServiceCollection services)
    {
        services.AddSingleton<UrgeDesk>();
        services.AddSingleton<UrgeBoard>();
    }

    public static void MapUrging(this IEndpointRouteBuilder routes)
    {
        _ = routes.MapPost("/api/v1/cases/{number}/urges", async (string number, UrgeRequest request, Viewer viewer, UrgeDesk desk, CancellationToken cancellationToken) =>
                Answer(await desk.UrgeAsync(viewer, number, request, cancellationToken)))
            .Needs(Right.Urge).LeavesTrace(TrailActions.CaseUrge, "number").Produces<UrgeReceipt>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409).ProducesProblem(503)
            .WithSummary("督促: urges the handler of a case in one's scope; answers when it is on the disk.");
        _ = routes.MapPost(
                "/api/v1/cases/{number}/urges/{urgeId}/reply",
                async (string number, string urgeId, UrgeReplyRequest request, Viewer viewer, UrgeDesk desk, CancellationToken cancellationToken) =>
                    Answer(await desk.ReplyAsync(viewer, number, urgeId, request, cancellationToken)))
            .Needs(Right.AnswerUrge).LeavesTrace(TrailActions.CaseUrgeAnswer, "number").Produces<UrgeReceipt>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409).ProducesProblem(503)
            .WithSummary("Replies to an urge of a case of one's own; answers when it is on the disk.");

        // The same by the forms of a page, which work without a script.
        _ = routes.MapPost("/cases/{number}/urge", async (
                string number, [FromForm] string id, [FromForm] string about, [FromForm] string? text, Viewer viewer, HttpContext http, UrgeDesk desk, CancellationToken cancellationToken) =>
                Back(http, number, (await desk.UrgeAsync(viewer, number, new UrgeRequest(id, about, text, null), cancellationToken)).Fault))
            .Needs(Right.Urge).LeavesTrace(TrailActions.CaseUrge, "number").ExcludeFromDescription();
        _ = routes.MapPost("/cases/{number}/urge/{urgeId}/reply", async (
                string number, string urgeId, [FromForm] string text, Viewer viewer, HttpContext http, UrgeDesk desk, CancellationToken cancellationToken) =>
                Back(http, number, (await desk.ReplyAsync(viewer, number, urgeId, new UrgeReplyRequest(text), cancellationToken)).Fault))
            .Needs(Right.AnswerUrge).LeavesTrace(TrailActions.CaseUrgeAnswer, "number").ExcludeFromDescription();
    }

    private static IResult Answer((UrgeReceipt? Receipt, QueryFault? Fault) answer) => answer.Fault?.ToResult() ?? Results.Ok(answer.Receipt);

    // Back to the case, where the urge now stands; a reload of that page sends nothing again.
    private static IResult Back(HttpContext http, string number, QueryFault? fault)
    {
        var url = CaseLinks.CaseUrl(number, PageLook.Of(http.Request));
        return Results.LocalRedirect($"{url}{(url.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{OutcomeField}={fault?.Code ?? "recorded"}#urges");
    }
}
