using System.Globalization;
using CommandCenter.Audit;
using CommandCenter.Audit.Reading;
using CommandCenter.Web.Reading;
using Microsoft.AspNetCore.Mvc;

namespace CommandCenter.Web.Trail;

/// <summary>The parameters of a search in the trace as they stand in a URL, of the API and of the page alike.</summary>
internal sealed record TrailParameters
{
    [FromQuery(Name = "from")]
    public string? From { get; init; }

    [FromQuery(Name = "to")]
    public string? To { get; init; }

    [FromQuery(Name = "actor")]
    public string? Actor { get; init; }

    [FromQuery(Name = "action")]
    public string? Action { get; init; }

    [FromQuery(Name = "subject")]
    public string? Subject { get; init; }

    [FromQuery(Name = "outcome")]
    public string? Outcome { get; init; }

    [FromQuery(Name = "page")]
    public string? Page { get; init; }

    /// <summary>As the page's own URL has them.</summary>
    public static TrailParameters Read(IQueryCollection query) => new()
    {
        From = Filled(query["from"]),
        To = Filled(query["to"]),
        Actor = Filled(query["actor"]),
        Action = Filled(query["action"]),
        Subject = Filled(query["subject"]),
        Outcome = Filled(query["outcome"]),
        Page = Filled(query["page"]),
    };

    private static string? Filled(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}

/// <summary>A record as the API shows it.</summary>
internal sealed record TrailItem(
    long Sequence, DateTimeOffset At, string Action, string Outcome, string? Actor, string? Role, string? Session, string? From, string? Subject, string? Reason,
    IReadOnlyDictionary<string, string>? Detail, string Hash);

/// <summary>A page of the trace, the newest first.</summary>
/// <param name="Items">This page; it can be short, even empty, where records lie far apart.</param>
/// <param name="Head">Number and hash of the last record of all: noted elsewhere, it proves later that nothing was cut off.</param>
/// <param name="Unreadable">Damaged lines met on the way; the verifier names them.</param>
/// <param name="NextPage">What to give as <c>page</c> for the next one; <see langword="null"/> on the last.</param>
internal sealed record TrailPage(IReadOnlyList<TrailItem> Items, string Head, int Unreadable, string? NextPage);

/// <summary><c>GET /api/v1/trail</c>, and what the page of the trace shows.</summary>
internal sealed class TrailReading(AuditTrail trail)
{
    /// <summary>Answers a request.</summary>
    public IResult Get(TrailParameters asked, CancellationToken cancellationToken)
    {
        var (page, fault) = Find(asked, cancellationToken);
        return fault?.ToResult() ?? Results.Ok(page);
    }

    /// <summary>Finds a page, or says what is wrong with the question.</summary>
    public (TrailPage? Page, QueryFault? Fault) Find(TrailParameters asked, CancellationToken cancellationToken)
    {
        DateTimeOffset from = default, to = default;
        if (asked.From is not null && !QueryTime.TryParse(asked.From, out from))
        {
            return (null, Bad("from", QueryTime.Wanted));
        }

        if (asked.To is not null && !QueryTime.TryParse(asked.To, out to))
        {
            return (null, Bad("to", QueryTime.Wanted));
        }

        AuditOutcome outcome = default;
        if (asked.Outcome is not null && !Enum.TryParse(asked.Outcome, ignoreCase: true, out outcome))
        {
            return (null, Bad("outcome", "done, denied or failed"));
        }

        long after = 0;
        if (asked.Page is not null && !long.TryParse(asked.Page, NumberStyles.None, CultureInfo.InvariantCulture, out after))
        {
            return (null, Bad("page", "what the page before gave as nextPage"));
        }

        var found = trail.Search(
            new AuditQuery
            {
                From = asked.From is null ? null : from,
                To = asked.To is null ? null : to,
                Actor = asked.Actor,
                ActionPrefix = asked.Action,
                Subject = asked.Subject,
                Outcome = asked.Outcome is null ? null : outcome,
                After = asked.Page is null ? null : after,
            },
            cancellationToken);
        return (
            new TrailPage(
                [.. found.Records.Select(Item)], trail.Head.ToString(), found.UnreadableCount,
                found.Next?.ToString(CultureInfo.InvariantCulture)),
            null);
    }

    private static TrailItem Item(AuditRecord record) => new(
        record.Sequence, record.At, record.Entry.Action, record.Entry.Outcome.ToString().ToLowerInvariant(), record.Entry.Actor, record.Entry.Role,
        record.Entry.Session, record.Entry.From, record.Entry.Subject, record.Entry.Reason, record.Entry.Detail, record.Hash);

    private static QueryFault Bad(string name, string wanted) => new(StatusCodes.Status400BadRequest, "query.bad-" + name, $"{name} must be {wanted}.");
}
