using System.Globalization;
using System.Text.Json.Serialization;
using CommandCenter.Domain.Cases;
using CommandCenter.Domain.Courts;
using CommandCenter.Web.Access;
using CommandCenter.Web.Grains;
using CommandCenter.Web.PersonalData;
using CommandCenter.Web.Search;

namespace CommandCenter.Web.Reading;

/// <summary>One page of cases.</summary>
/// <param name="Scope">The scope asked for.</param>
/// <param name="Total">All that match.</param>
/// <param name="Figure">The figure of the wall behind which this list stands, counted from windows and stocks; absent when no figure asks the same.</param>
/// <param name="Size">How many a page holds.</param>
/// <param name="Items">This page.</param>
/// <param name="NextPage">What to give as <c>page</c> for the next one; <see langword="null"/> on the last.</param>
/// <param name="PreviousPage">What to give as <c>page</c> for the one before; <see langword="null"/> on the first.</param>
internal sealed record CasePage(
    string Scope, long Total, long? Figure, int Size, IReadOnlyList<CaseItem> Items, string? NextPage, string? PreviousPage)
{
    /// <summary>Which figure asks the same, for the mark beside it; <see langword="null"/> when none does.</summary>
    [JsonIgnore]
    public CaseFigure? Behind { get; init; }
}

/// <summary>A question for cases that is good.</summary>
/// <param name="Court">The court that the scope is called after.</param>
/// <param name="Query">Which cases, in which order, from where on.</param>
internal sealed record CaseQuestion(Court Court, CaseQuery Query);

/// <summary><c>GET /api/v1/cases</c>, and what the page of cases shows.</summary>
internal sealed class CaseList(GrainHost grains, TimeProvider time)
{
    private const string PendingStatus = "pending";
    private const string OverdueStatus = "overdue";

    private static readonly Dictionary<string, CaseStatus> s_statuses =
        Enum.GetValues<CaseStatus>().ToDictionary(status => status.ToString(), StringComparer.OrdinalIgnoreCase);

    private static readonly Dictionary<string, CaseSort> s_sorts = new(StringComparer.Ordinal)
    {
        ["filedAt"] = CaseSort.FiledAt,
        ["statusAt"] = CaseSort.StatusAt,
        ["latestAt"] = CaseSort.LatestAt,
        ["dueAt"] = CaseSort.DueAt,
        ["claimFen"] = CaseSort.ClaimFen,
        ["fundsInFen"] = CaseSort.FundsInFen,
        ["number"] = CaseSort.Number,
        ["court"] = CaseSort.Court,
        ["status"] = CaseSort.Status,
        ["handler"] = CaseSort.Handler,
        ["cause"] = CaseSort.Cause,
        ["node"] = CaseSort.Node,
    };

    private static readonly Dictionary<string, CaseKinds> s_kinds = new(StringComparer.Ordinal)
    {
        ["main"] = CaseKinds.Main,
        ["执"] = CaseKinds.First,
        ["执恢"] = CaseKinds.Reinstated,
        ["执保"] = CaseKinds.Preservation,
        ["other"] = CaseKinds.Other,
    };

    /// <summary>Answers a request.</summary>
    public async Task<IResult> GetAsync(Viewer viewer, CaseParameters asked, CancellationToken cancellationToken)
    {
        var (page, fault) = await FindAsync(viewer, asked, cancellationToken);
        return fault?.ToResult() ?? Results.Ok(page);
    }

    /// <summary>Finds a page of cases, or says what is wrong with the question. Names of people and what tells of them are masked.</summary>
    public async Task<(CasePage? Page, QueryFault? Fault)> FindAsync(Viewer viewer, CaseParameters asked, CancellationToken cancellationToken)
    {
        var (question, fault) = await ReadAsync(viewer, asked, cancellationToken);
        if (question is null)
        {
            return (null, fault);
        }

        var page = await FindAsync(question, cancellationToken);
        return (page is { PreviousPage: null, Items.Count: var count } && count < question.Query.Size && question.Query.Page is { IsBackward: true }
            ? await FindAsync(question with { Query = question.Query with { Page = null } }, cancellationToken) // Back at the beginning: a whole page of it.
            : page, null);
    }

    /// <summary>Reads a question, or says what is wrong with it. A text that is looked for is looked for already.</summary>
    public async Task<(CaseQuestion? Question, QueryFault? Fault)> ReadAsync(Viewer viewer, CaseParameters asked, CancellationToken cancellationToken)
    {
        var seen = ViewScope.Of(viewer, grains.Courts);
        var (court, outside) = seen.Find(asked.Scope);
        if (court is null)
        {
            return (null, outside);
        }

        var query = new CaseQuery { Courts = Scopes.Mask(grains.Courts, court), Now = time.GetUtcNow(), Handler = seen.NarrowHandler(asked.Handler), Cause = asked.Cause };
        if ((ReadFilter(ref query, asked) ?? ReadFigureFilter(ref query, asked) ?? ReadOrder(ref query, asked)) is { } fault)
        {
            return (null, fault);
        }

        if (query.Pattern is { } pattern)
        {
            try
            {
                query = query with { Hits = await PatternHits.FindAsync(grains, court, pattern, cancellationToken) };
            }
            catch (SearchBusyException)
            {
                return (null, QueryFault.SearchBusy);
            }
        }

        return (new CaseQuestion(court, query), null);
    }

    private async Task<CasePage> FindAsync(CaseQuestion question, CancellationToken cancellationToken)
    {
        var (court, query) = question;
        var isBackward = query.Page is { IsBackward: true };
        var descending = query.Descending ^ isBackward;
        var parts = await grains.AskScopeAsync(court, model => CaseFinder.Find(model, query, grains.Courts, grains.Nodes), cancellationToken);
        var items = parts.SelectMany(part => part.Items).ToList();
        items.Sort((a, b) => descending ? b.Key.CompareTo(a.Key) : a.Key.CompareTo(b.Key));
        var isMore = items.Count > query.Size;
        var shown = items.Take(query.Size).ToArray();
        if (isBackward)
        {
            Array.Reverse(shown);
        }

        // Where a page was turned, there is one on the side from which it was.
        var (isNext, isPrevious) = isBackward ? (true, isMore) : (isMore, query.Page is not null);
        return new CasePage(
            court.Mark,
            parts.Sum(part => part.Total),
            parts.All(part => part.Figure is not null) ? parts.Sum(part => part.Figure) : null,
            query.Size,
            [.. shown.Select(item => PersonMask.On.Of(item.Item))],
            isNext && shown.Length > 0 ? new PageToken(query.Sort, IsBackward: false, shown[^1].Key).ToString() : null,
            isPrevious && shown.Length > 0 ? new PageToken(query.Sort, IsBackward: true, shown[0].Key).ToString() : null)
        {
            Behind = CaseFigure.Of(query),
        };
    }

    private QueryFault? ReadFilter(ref CaseQuery query, CaseParameters asked)
    {
        if (asked.Status is { } status)
        {
            if (status is PendingStatus or OverdueStatus)
            {
                query = query with { PendingOnly = status is PendingStatus, OverdueOnly = status is OverdueStatus };
            }
            else if (s_statuses.TryGetValue(status, out var value))
            {
                query = query with { Status = value };
            }
            else
            {
                return Bad("status", "open, suspended, pending, closed, moved or overdue");
            }
        }

        if (asked.Way is { } way)
        {
            if (!CloseWays.TryParse(way, out var value))
            {
                return Bad("way", "WB, ZB, ZJ, XA, BY or BH");
            }

            query = query with { Way = value };
        }

        if (asked.Node is { } node)
        {
            if (!grains.Nodes.TryFind(node, out var value))
            {
                return Bad("node", "the code of a node");
            }

            query = query with { Node = value.Seq };
        }

        if (asked.Query is { Length: > 0 } text)
        {
            if (text.Length > CaseQuery.TextMax || text.Any(char.IsControl))
            {
                return Bad("q", $"at most {CaseQuery.TextMax} characters");
            }

            query = query with { Pattern = SearchPattern.TryMake(text, out var pattern) ? pattern : null };
        }

        return null;
    }

    // What makes the list behind a figure.
    private static QueryFault? ReadFigureFilter(ref CaseQuery query, CaseParameters asked)
    {
        if (asked.Kind is { } kind)
        {
            if (!s_kinds.TryGetValue(kind, out var value))
            {
                return Bad("kind", string.Join(", ", s_kinds.Keys));
            }

            query = query with { Kinds = value };
        }

        if (asked.Overdue is { } overdue)
        {
            if (overdue is not "true")
            {
                return Bad("overdue", "true, or left out");
            }

            query = query with { OverdueOnly = true };
        }

        if (asked.Terminal is { } terminal)
        {
            if (terminal is not "true")
            {
                return Bad("terminal", "true, or left out");
            }

            query = query with { TerminalOnly = true };
        }

        if (!QueryTime.TryParse(asked.FiledFrom, asked.FiledTo, out var filed))
        {
            return Bad("filed", QueryTime.Wanted);
        }

        if (!QueryTime.TryParse(asked.ClosedFrom, asked.ClosedTo, out var closed))
        {
            return Bad("closed", QueryTime.Wanted);
        }

        query = query with { Filed = filed, Closed = closed };
        return null;
    }

    private QueryFault? ReadOrder(ref CaseQuery query, CaseParameters asked)
    {
        if (asked.Sort is { } sort)
        {
            var name = sort.StartsWith('-') ? sort[1..] : sort;
            if (!s_sorts.TryGetValue(name, out var value))
            {
                return Bad("sort", string.Join(", ", s_sorts.Keys) + ", with - before it for downwards");
            }

            query = query with { Sort = value, Descending = sort.StartsWith('-') };
        }

        if (asked.Page is { Length: > 0 } page)
        {
            if (!PageToken.TryParse(page, grains.Courts, out var token) || token.Sort != query.Sort)
            {
                return Bad("page", "what another page of the same order gave as nextPage or previousPage");
            }

            query = query with { Page = token };
        }

        if (asked.Size is { } size)
        {
            if (!int.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out var count) || count is < 1 or > CaseQuery.SizeMax)
            {
                return Bad("size", $"1 to {CaseQuery.SizeMax}");
            }

            query = query with { Size = count };
        }

        return null;
    }

    private static QueryFault Bad(string name, string wanted) =>
        new(StatusCodes.Status400BadRequest, "query.bad-" + name, $"{name} must be {wanted}.");
}
