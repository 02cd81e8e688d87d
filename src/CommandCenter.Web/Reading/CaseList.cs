using System.Globalization;
using CommandCenter.Domain.Cases;
using CommandCenter.Web.Access;
using CommandCenter.Web.Grains;
using CommandCenter.Web.Search;

namespace CommandCenter.Web.Reading;

/// <summary>One page of cases.</summary>
/// <param name="Scope">The scope asked for.</param>
/// <param name="Total">All that match.</param>
/// <param name="Figure">The figure of the wall behind which this list stands, counted from windows and stocks; absent when no figure asks the same.</param>
/// <param name="Size">How many a page holds.</param>
/// <param name="Items">This page.</param>
/// <param name="NextPage">What to give as <c>page</c> for the next one; <see langword="null"/> on the last.</param>
internal sealed record CasePage(string Scope, long Total, long? Figure, int Size, IReadOnlyList<CaseItem> Items, string? NextPage);

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

    /// <summary>Finds a page of cases, or says what is wrong with the question.</summary>
    public async Task<(CasePage? Page, QueryFault? Fault)> FindAsync(Viewer viewer, CaseParameters asked, CancellationToken cancellationToken)
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

        var parts = await grains.AskScopeAsync(court, model => CaseFinder.Find(model, query, grains.Courts, grains.Nodes), cancellationToken);
        var items = parts.SelectMany(part => part.Items).ToList();
        items.Sort((a, b) => query.Descending ? b.Key.CompareTo(a.Key) : a.Key.CompareTo(b.Key));
        var shown = items.Take(query.Size).ToArray();

        // A partition that filled its page may hold more; if none did and all were shown, this is the end.
        var isLast = items.Count <= query.Size && parts.All(part => part.Items.Count < query.Size);
        var page = new CasePage(
            court.Mark,
            parts.Sum(part => part.Total),
            parts.All(part => part.Figure is not null) ? parts.Sum(part => part.Figure) : null,
            query.Size,
            [.. shown.Select(item => item.Item)],
            isLast || shown.Length == 0 ? null : shown[^1].Key.ToString());
        return (page, null);
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
            if (!PageKey.TryParse(page, grains.Courts, out var key))
            {
                return Bad("page", "what the page before gave as nextPage");
            }

            query = query with { After = key };
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
