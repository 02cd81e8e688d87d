using CommandCenter.Domain.Cases;
using CommandCenter.Web.Access;
using CommandCenter.Web.Grains;
using CommandCenter.Web.PersonalData;
using CommandCenter.Web.Search;

namespace CommandCenter.Web.Reading;

/// <summary>A case that has to do with another.</summary>
/// <param name="Relation"><c>parent</c>, <c>child</c>, or <c>party</c>: a debtor is called the same.</param>
/// <param name="Number">Its number.</param>
/// <param name="Court">Where it lies; absent of a parent that the viewer may not see.</param>
/// <param name="Status">How it stands; absent likewise.</param>
/// <param name="Cause">What it is about; absent likewise.</param>
/// <param name="FiledAt">When it was filed; absent likewise.</param>
internal sealed record RelatedCase(string Relation, string Number, string? Court, string? Status, string? Cause, DateTimeOffset? FiledAt);

/// <summary>The cases that have to do with one, as far as a viewer may see them.</summary>
/// <param name="Items">Parent and child first, then the latest filed.</param>
/// <param name="SameParty">How many have a debtor of the same name, all of them in the viewer's scope.</param>
internal sealed record RelatedView(IReadOnlyList<RelatedCase> Items, int SameParty);

/// <summary>Finds what else there is of a case: the one that it reinstates, the one that reinstates it, and others against debtors of the same name.</summary>
/// <remarks>
/// Sources report names and no numbers of people, so the same name may be another person; pages say so. What lies outside of the viewer's scope
/// is not shown and not counted: a number alone would tell that a person is pursued elsewhere.
/// </remarks>
internal sealed class RelatedCases(GrainHost grains, CaseDetail detail)
{
    private const int ShownMax = 10;
    private const int NamesMax = 4;
    private const int HitsMax = 500; // Of one name in a partition; beyond it the count says "at least".

    /// <summary>Finds the cases related to one that the viewer may see; <see langword="null"/> when he may not, or there is none.</summary>
    public async Task<RelatedView?> FindAsync(Viewer viewer, string number, CancellationToken cancellationToken)
    {
        if (!CaseNumber.TryParse(number, grains.Courts, out var parsed))
        {
            return null;
        }

        var seen = ViewScope.Of(viewer, grains.Courts);
        var (state, _) = await detail.FindAsync(parsed, cancellationToken);
        if (state?.FileOrNull is not { } file || !seen.Has(file))
        {
            return null;
        }

        List<RelatedCase> items = [];
        foreach (var (relation, other) in new[] { ("parent", file.Parent), ("child", (state as CaseState.Closed)?.ReinstatedAs) })
        {
            if (other is { } known)
            {
                items.Add(await OfAsync(relation, known, seen, cancellationToken));
            }
        }

        var same = await SamePartyAsync(file, parsed, seen, cancellationToken);
        items.AddRange(same.Where(one => items.All(item => item.Number != one.Number)).OrderByDescending(static one => one.FiledAt).Take(ShownMax));
        return new RelatedView(items, same.Count);
    }

    // The number stands in this case's own record; what the other case is, only its own viewers learn.
    private async Task<RelatedCase> OfAsync(string relation, CaseNumber number, ViewScope seen, CancellationToken cancellationToken)
    {
        var (state, _) = await detail.FindAsync(number, cancellationToken);
        return state?.FileOrNull is { } file && seen.Has(file)
            ? new RelatedCase(relation, number.ToString(), file.CourtMark, CaseDetail.StatusOf(state), PersonMask.On.For([.. file.Applicants, .. file.Debtors]).Text(file.Cause), file.FiledAt)
            : new RelatedCase(relation, number.ToString(), null, null, null, null);
    }

    private async Task<List<RelatedCase>> SamePartyAsync(CaseFile file, CaseNumber own, ViewScope seen, CancellationToken cancellationToken)
    {
        var names = file.Debtors.Where(static name => name.Length is > 1 and <= SearchPattern.TextMax).Distinct(StringComparer.Ordinal).Take(NamesMax).ToArray();
        var mask = new bool[grains.Courts.Courts.Count];
        foreach (var court in seen.Courts)
        {
            mask[court.Index] = true;
        }

        var scope = new SearchScope(mask, seen.Handler);
        var found = new Dictionary<string, RelatedCase>(StringComparer.Ordinal);
        foreach (var partition in seen.Courts.Select(grains.Map.PartitionOf).Distinct().Order())
        {
            var view = await grains.AskAsync(partition, static model => model.Search.View(), cancellationToken);
            var places = new HashSet<int>();
            foreach (var name in names)
            {
                if (SearchPattern.TryMake(name, out var pattern))
                {
                    await grains.SearchGate.RunAsync(
                        () => view.Find(
                            pattern, scope, (_, _, place, rank) => _ = rank == SearchRank.WholeName && places.Count < HitsMax && places.Add(place), cancellationToken),
                        cancellationToken);
                }
            }

            if (places.Count > 0)
            {
                var rows = await grains.AskAsync(partition, model => model.Search == view.Index ? places.Select(place => CaseAt(model, place)).ToArray() : [], cancellationToken);
                foreach (var item in rows.Where(item => item.Parties.Any(names.Contains) && item.Number != own.ToString() && seen.Has(item.Court)))
                {
                    found[item.Number] = new RelatedCase("party", item.Number, item.Court, item.Status, PersonMask.On.For(item.Parties).Text(item.Cause), item.FiledAt);
                }
            }
        }

        return [.. found.Values];
    }

    private CaseItem CaseAt(GrainModel model, int place)
    {
        ref readonly var row = ref model.Cases[place];
        return CaseFinder.ItemOf(model, in row, grains.Courts, grains.Nodes, DateTimeOffset.MinValue);
    }
}
