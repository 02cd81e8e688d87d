using System.Globalization;
using CommandCenter.Domain.Cases;
using CommandCenter.Web.Grains;
using CommandCenter.Web.Hosting;

namespace CommandCenter.Web.Reading;

/// <summary>One page of cases.</summary>
/// <param name="Scope">The scope asked for.</param>
/// <param name="Total">All that match.</param>
/// <param name="Size">How many a page holds.</param>
/// <param name="Items">This page.</param>
/// <param name="NextPage">What to give as <c>page</c> for the next one; <see langword="null"/> on the last.</param>
internal sealed record CasePage(string Scope, long Total, int Size, IReadOnlyList<CaseItem> Items, string? NextPage);

/// <summary><c>GET /api/v1/cases</c>.</summary>
internal sealed class CaseList(GrainHost grains, TimeProvider time)
{
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

    /// <summary>Answers a request.</summary>
    public async Task<IResult> GetAsync(
        string? scope, string? status, string? way, string? node, string? handler, string? cause, string? q, string? sort, string? page, string? size,
        CancellationToken cancellationToken)
    {
        if (!Scopes.TryFind(grains.Courts, scope, out var court, out var problem))
        {
            return problem;
        }

        var query = new CaseQuery { Courts = Scopes.Mask(grains.Courts, court), Now = time.GetUtcNow(), Handler = handler, Cause = cause };
        if (Read(ref query, status, way, node, q, sort, page, size) is { } fault)
        {
            return fault;
        }

        var parts = await grains.AskScopeAsync(court, model => CaseFinder.Find(model, query, grains.Courts, grains.Nodes), cancellationToken);
        var items = parts.SelectMany(part => part.Items).ToList();
        items.Sort((a, b) => query.Descending ? b.Key.CompareTo(a.Key) : a.Key.CompareTo(b.Key));
        var shown = items.Take(query.Size).ToArray();

        // A partition that filled its page may hold more; if none did and all were shown, this is the end.
        var isLast = items.Count <= query.Size && parts.All(part => part.Items.Count < query.Size);
        return Results.Ok(new CasePage(
            court.Mark, parts.Sum(part => part.Total), query.Size, [.. shown.Select(item => item.Item)],
            isLast || shown.Length == 0 ? null : shown[^1].Key.ToString()));
    }

    private IResult? Read(ref CaseQuery query, string? status, string? way, string? node, string? q, string? sort, string? page, string? size)
    {
        if (status is "overdue")
        {
            query = query with { OverdueOnly = true };
        }
        else if (status is not null)
        {
            if (!s_statuses.TryGetValue(status, out var value))
            {
                return Bad("status", "open, suspended, closed, moved or overdue");
            }

            query = query with { Status = value };
        }

        if (way is not null)
        {
            if (!CloseWays.TryParse(way, out var value))
            {
                return Bad("way", "WB, ZB, ZJ, XA, BY or BH");
            }

            query = query with { Way = value };
        }

        if (node is not null)
        {
            if (!grains.Nodes.TryFind(node, out var value))
            {
                return Bad("node", "the code of a node");
            }

            query = query with { Node = value.Seq };
        }

        if (q is { Length: > 0 })
        {
            if (q.Length > CaseQuery.TextMax || q.Any(char.IsControl))
            {
                return Bad("q", $"at most {CaseQuery.TextMax} characters");
            }

            query = query with { Text = q };
        }

        if (sort is not null)
        {
            var name = sort.StartsWith('-') ? sort[1..] : sort;
            if (!s_sorts.TryGetValue(name, out var value))
            {
                return Bad("sort", string.Join(", ", s_sorts.Keys) + ", with - before it for downwards");
            }

            query = query with { Sort = value, Descending = sort.StartsWith('-') };
        }

        if (page is { Length: > 0 })
        {
            if (!PageKey.TryParse(page, grains.Courts, out var key))
            {
                return Bad("page", "what the page before gave as nextPage");
            }

            query = query with { After = key };
        }

        if (size is not null)
        {
            if (!int.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out var asked) || asked is < 1 or > CaseQuery.SizeMax)
            {
                return Bad("size", $"1 to {CaseQuery.SizeMax}");
            }

            query = query with { Size = asked };
        }

        return null;
    }

    private static IResult Bad(string name, string wanted) =>
        Problems.Of(StatusCodes.Status400BadRequest, "query.bad-" + name, $"{name} must be {wanted}.");
}
