using System.Globalization;
using CommandCenter.Web.Access;
using CommandCenter.Web.DrillDown;
using CommandCenter.Web.Grains;
using CommandCenter.Web.PersonalData;
using CommandCenter.Web.Reading;
using Microsoft.AspNetCore.Mvc;

namespace CommandCenter.Web.Search;

/// <summary>The parameters of a search as they stand in a URL, of the API and of the page alike.</summary>
internal sealed record SearchParameters
{
    [FromQuery(Name = "q")]
    public string? Query { get; init; }

    /// <summary>The same as <see cref="Query"/>, sealed: pages put no name into a URL.</summary>
    [FromQuery(Name = "ask")]
    public string? Ask { get; init; }

    [FromQuery(Name = "scope")]
    public string? Scope { get; init; }

    [FromQuery(Name = "size")]
    public string? Size { get; init; }

    [FromQuery(Name = "page")]
    public string? Page { get; init; }
}

/// <summary>What was found of a case.</summary>
/// <param name="Field"><c>number</c>, <c>party</c>, <c>formerName</c> or <c>handler</c>.</param>
/// <param name="Text">The number or name; a person's name is masked.</param>
/// <param name="From">Where in the text the question stands, in UTF-16 units; <see langword="null"/> when the mask hides it.</param>
/// <param name="Length">How long it is there.</param>
internal sealed record SearchMatch(string Field, string Text, int? From, int? Length);

/// <summary>One case that answers; names of people are masked.</summary>
internal sealed record SearchItem(
    string Number, string Court, string Status, string? Way, string? Handler, string Cause, DateTimeOffset FiledAt, IReadOnlyList<string> Parties,
    SearchMatch Matched);

/// <summary>One page of answers, the best first.</summary>
/// <param name="Q">The question.</param>
/// <param name="Scope">The scope asked for.</param>
/// <param name="Total">All that answer, within the scope.</param>
/// <param name="IsTotalExact"><see langword="false"/> when a case of this page left the scope while it was being counted.</param>
/// <param name="Size">How many a page holds.</param>
/// <param name="Items">This page.</param>
/// <param name="NextPage">What to give as <c>page</c> for the next one; <see langword="null"/> on the last.</param>
/// <param name="TookMs">How long it took, in ms.</param>
internal sealed record SearchPage(
    string Q, string Scope, long Total, bool IsTotalExact, int Size, IReadOnlyList<SearchItem> Items, string? NextPage, double TookMs);

/// <summary>A question that is good.</summary>
/// <param name="Text">As it was typed.</param>
/// <param name="Pattern">What to look for.</param>
/// <param name="Scope">Which cases it may find. Nothing widens it.</param>
/// <param name="ScopeMark">The court that the scope is called after.</param>
/// <param name="Size">How many a page holds.</param>
/// <param name="After">The last answer of the page before.</param>
internal sealed record SearchQuestion(string Text, SearchPattern Pattern, SearchScope Scope, string ScopeMark, int Size, SearchKey? After);

/// <summary><c>GET /api/v1/search</c>, and what the page of search shows.</summary>
internal sealed class CaseSearch(GrainHost grains, TimeProvider time)
{
    public const int SizeMax = 100;
    public const int SizeDefault = 20;

    /// <summary>Answers a request.</summary>
    public async Task<IResult> GetAsync(Viewer viewer, SearchParameters asked, CancellationToken cancellationToken)
    {
        var (page, fault) = await FindAsync(viewer, asked, cancellationToken);
        return fault?.ToResult() ?? Results.Ok(page);
    }

    /// <summary>Finds a page of answers among what a viewer may see, or says what is wrong with the question.</summary>
    public Task<(SearchPage? Page, QueryFault? Fault)> FindAsync(Viewer viewer, SearchParameters asked, CancellationToken cancellationToken)
    {
        var seen = ViewScope.Of(viewer, grains.Courts);
        var (court, outside) = seen.Find(asked.Scope);
        return court is null
            ? Task.FromResult<(SearchPage?, QueryFault?)>((null, outside))
            : FindAsync(asked with { Scope = court.Mark }, new SearchScope(Scopes.Mask(grains.Courts, court), seen.Handler), cancellationToken);
    }

    /// <summary>Finds a page of answers, or says what is wrong with the question.</summary>
    /// <param name="asked">The parameters of the URL.</param>
    /// <param name="limit">What the asker may see; <see langword="null"/> for everything that he asks for.</param>
    /// <param name="cancellationToken">Ends the scan.</param>
    public async Task<(SearchPage? Page, QueryFault? Fault)> FindAsync(SearchParameters asked, SearchScope? limit, CancellationToken cancellationToken)
    {
        var (question, fault) = Read(asked);
        if (question is null)
        {
            return (null, fault);
        }

        try
        {
            return (await FindAsync(limit is null ? question : question with { Scope = question.Scope.Within(limit) }, cancellationToken), null);
        }
        catch (SearchBusyException)
        {
            return (null, QueryFault.SearchBusy);
        }
    }

    /// <summary>Reads a question, or says what is wrong with it.</summary>
    public (SearchQuestion? Question, QueryFault? Fault) Read(SearchParameters asked)
    {
        if (!grains.Courts.TryFind(asked.Scope ?? grains.Courts.Root.Mark, out var court))
        {
            return (null, QueryFault.UnknownScope);
        }

        if (asked.Query is not { } text || text.Length > SearchPattern.TextMax || text.Any(char.IsControl) || !SearchPattern.TryMake(text, out var pattern))
        {
            return (null, Bad("q", $"1 to {SearchPattern.TextMax} characters of a number or name"));
        }

        var size = SizeDefault;
        if (asked.Size is not null
            && (!int.TryParse(asked.Size, NumberStyles.None, CultureInfo.InvariantCulture, out size) || size is < 1 or > SizeMax))
        {
            return (null, Bad("size", $"1 to {SizeMax}"));
        }

        SearchKey? after = null;
        if (asked.Page is { Length: > 0 } page)
        {
            if (!SearchKey.TryParse(page, grains.Courts, out var key))
            {
                return (null, Bad("page", "what the page before gave as nextPage"));
            }

            after = key;
        }

        return (new SearchQuestion(text.Trim(), pattern, new SearchScope(Scopes.Mask(grains.Courts, court)), court.Mark, size, after), null);
    }

    /// <summary>Answers a question.</summary>
    /// <exception cref="SearchBusyException">Too many wait.</exception>
    public async Task<SearchPage> FindAsync(SearchQuestion question, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var parts = await Task.WhenAll(PartitionsOf(question.Scope).Select(partition => FindAsync(partition, question, cancellationToken)));
        var found = parts.SelectMany(static part => part.Found).OrderBy(static one => one.Key).ToArray();
        var shown = found.Take(question.Size).Where(static one => one.Item is not null).Select(static one => one.Item!).ToArray();
        return new SearchPage(
            question.Text, question.ScopeMark, parts.Sum(static part => part.Total), found.All(static one => one.Item is not null), question.Size, shown,
            found.Length > question.Size ? found[question.Size - 1].Key.ToString() : null, Math.Round(time.GetElapsedTime(started).TotalMilliseconds, 1));
    }

    private IEnumerable<int> PartitionsOf(SearchScope scope) =>
        grains.Courts.Courts.Where(court => scope.Courts[court.Index]).Select(grains.Map.PartitionOf).Distinct().Order();

    // One more than the page: it tells whether there is a next one.
    private async Task<(long Total, (SearchKey Key, SearchItem? Item)[] Found)> FindAsync(
        int partition, SearchQuestion question, CancellationToken cancellationToken)
    {
        var view = await grains.AskAsync(partition, static model => model.Search.View(), cancellationToken);
        var best = new BestAnswers(view, question.After, question.Size + 1);
        await grains.SearchGate.RunAsync(() => view.Find(question.Pattern, question.Scope, best.Take, cancellationToken), cancellationToken);
        var kept = best.InOrder();
        var cases = await grains.AskAsync(
            partition, model => Array.ConvertAll(kept, one => CaseAt(model, view, one.Place, question.Scope)), cancellationToken);
        return (best.Total, [.. kept.Zip(cases, (one, found) => (one.Key, found is null ? null : ItemOf(question.Pattern, one.Key, found)))]);
    }

    // On the partition's thread: copies what the answer needs and leaves the rest to the asker. A case that has left the scope meanwhile is none.
    private SearchedCase? CaseAt(GrainModel model, SearchView view, int place, SearchScope scope)
    {
        if (model.Search != view.Index)
        {
            return null; // The partition was restarted; its places are others.
        }

        ref readonly var row = ref model.Cases[place];
        var handler = row.Handler < 0 ? null : model.Texts[row.Handler];
        return row.Status == CaseStatus.Moved || row.Court < 0 || !scope.Courts[row.Court] || (scope.Handler is not null && handler != scope.Handler)
            ? null
            : new SearchedCase(CaseFinder.ItemOf(model, in row, grains.Courts, grains.Nodes, DateTimeOffset.MinValue), model.Cases.FormerNamesAt(in row));
    }

    private static SearchItem ItemOf(SearchPattern pattern, SearchKey key, SearchedCase found)
    {
        var item = found.Item;
        return new SearchItem(
            item.Number, item.Court, item.Status, item.Way, item.Handler, PersonMask.On.For(item.Parties).Text(item.Cause), item.FiledAt, [.. item.Parties.Select(PartyMask.Of)],
            MatchOf(pattern, key, found));
    }

    private static SearchMatch MatchOf(SearchPattern pattern, SearchKey key, SearchedCase found)
    {
        var (field, text, spot) = ("number", found.Item.Number, pattern.Locate(key.Number));
        foreach (var (otherField, name) in NamesOf(found))
        {
            if (pattern.Locate(name) is var other && other.Rank < spot.Rank)
            {
                (field, text, spot) = (otherField, name, other);
            }
        }

        if (field is "number" or "handler")
        {
            return new SearchMatch(field, text, spot.From, spot.Length);
        }

        // The mask keeps the beginning of a name and hides the rest; what was found there stays hidden, its place too.
        var masked = PartyMask.Of(text);
        var from = spot.From - (text.Length - text.TrimStart().Length);
        var end = from + spot.Length;
        var isVisible = end <= masked.Length && text.AsSpan().Trim()[..end].SequenceEqual(masked.AsSpan(0, end));
        return new SearchMatch(field, masked, isVisible ? from : null, isVisible ? spot.Length : null);
    }

    private static IEnumerable<(string Field, string Name)> NamesOf(SearchedCase found)
    {
        foreach (var party in found.Item.Parties)
        {
            yield return ("party", party);
        }

        foreach (var former in found.FormerNames)
        {
            yield return ("formerName", former);
        }

        if (found.Item.Handler is { } handler)
        {
            yield return ("handler", handler);
        }
    }

    private static QueryFault Bad(string name, string wanted) =>
        new(StatusCodes.Status400BadRequest, "query.bad-" + name, $"{name} must be {wanted}.");

    private sealed record SearchedCase(CaseItem Item, IReadOnlyList<string> FormerNames);
}
