using CommandCenter.Domain.Courts;
using CommandCenter.Web.Grains;

namespace CommandCenter.Web.Search;

/// <summary>The cases of one partition in which a pattern stands, by place.</summary>
internal sealed class HitSet(int count)
{
    private readonly ulong[] _bits = new ulong[(count + 63) / 64];

    public bool Contains(int place) => (place >> 6) < _bits.Length && (_bits[place >> 6] >> (place & 63) & 1) != 0;

    public void Add(int place) => _bits[place >> 6] |= 1UL << (place & 63);
}

/// <summary>The cases in which a pattern stands, found on the asker's thread before a partition goes through its rows: the same matching for lists as for search.</summary>
internal sealed class PatternHits
{
    /// <summary>Nothing found beforehand: it is done where it is needed.</summary>
    public static readonly PatternHits None = new([]);

    private readonly Dictionary<SearchIndex, HitSet> _byIndex;

    private PatternHits(Dictionary<SearchIndex, HitSet> byIndex) => _byIndex = byIndex;

    /// <summary>Looks through all partitions that hold courts of a scope. Moved cases are among the hits; the list knows which it shows.</summary>
    /// <exception cref="SearchBusyException">Too many wait.</exception>
    public static async Task<PatternHits> FindAsync(GrainHost grains, Court scope, SearchPattern pattern, CancellationToken cancellationToken)
    {
        var views = await grains.AskScopeAsync(scope, static model => model.Search.View(), cancellationToken);
        var byIndex = new Dictionary<SearchIndex, HitSet>();
        foreach (var view in views)
        {
            await grains.SearchGate.RunAsync(() => byIndex.Add(view.Index, Find(view, pattern, cancellationToken)), cancellationToken);
        }

        return new PatternHits(byIndex);
    }

    /// <summary>The hits of a partition. One that was restarted since is looked through again, there and then: places are those of its new index.</summary>
    public HitSet Of(SearchIndex index, SearchPattern pattern) =>
        _byIndex.TryGetValue(index, out var hits) ? hits : Find(index.View(), pattern, CancellationToken.None);

    /// <summary>The cases of one partition in which a pattern stands.</summary>
    public static HitSet Find(SearchView view, SearchPattern pattern, CancellationToken cancellationToken)
    {
        var hits = new HitSet(view.Count);
        view.Find(pattern, scope: null, (_, _, place, _) => hits.Add(place), cancellationToken);
        return hits;
    }
}
