using System.Text;
using CommandCenter.Domain.Courts;
using CommandCenter.Web.Grains;
using CommandCenter.Web.PersonalData;
using CommandCenter.Web.Search;

namespace CommandCenter.Web.Reading;

/// <summary>All cases of a list in order, as they were at one moment: what is filed or closed meanwhile neither shifts nor doubles a row.</summary>
/// <remarks>
/// The partitions' threads give away their rows as they are, which costs them no copy; filtering, sorting and reading happen on the asker's
/// thread. Held are 16 bytes for each case of the list, and the pages of rows that change while it is read.
/// </remarks>
internal sealed class CaseSelection
{
    private readonly GrainHost _grains;
    private readonly CaseQuery _query;
    private readonly Part[] _parts;

    private CaseSelection(GrainHost grains, CaseQuery query, Part[] parts)
    {
        _grains = grains;
        _query = query;
        _parts = parts;
    }

    /// <summary>Cases in the list.</summary>
    public long Total => _parts.Sum(static part => (long)part.Places.Length);

    /// <summary>The last record of each partition that is in it.</summary>
    public IReadOnlyList<(int Partition, long Position)> AsOf => [.. _parts.Select(static part => (part.Partition, part.Position))];

    /// <summary>Takes the cases of a list.</summary>
    public static async Task<CaseSelection> TakeAsync(GrainHost grains, CaseQuestion question, CancellationToken cancellationToken)
    {
        var query = question.Query;
        var partitions = question.Court.Scope.Select(grains.Map.PartitionOf).Distinct().Order().ToArray();
        var taken = await Task.WhenAll(partitions.Select(partition => grains.AskAsync(
            partition,
            model => new Taken(
                partition, model.Position, model.Cases.Capture(), model.Texts.Capture(), query.Handler is null ? -1 : model.Texts.Find(query.Handler),
                query.Cause is null ? -1 : model.Texts.Find(query.Cause), query.Pattern is null ? null : model.Search.View(), [.. model.Courts.Select(static grain => grain.Court.Index)]),
            cancellationToken)));
        var parts = new List<Part>();
        foreach (var one in taken)
        {
            // One after the other, and never on a partition's thread.
            HitSet? hits = null;
            if (query.Pattern is { } pattern)
            {
                await grains.SearchGate.RunAsync(() => hits = PatternHits.Find(one.View!, pattern, cancellationToken), cancellationToken);
            }

            parts.Add(Choose(one, query, grains.Courts, hits, cancellationToken));
        }

        return new CaseSelection(grains, query, [.. parts]);
    }

    /// <summary>The cases in order, names masked.</summary>
    public IEnumerable<CaseItem> Items()
    {
        var heads = new PriorityQueue<(Part Part, int At), PageKey>(Comparer<PageKey>.Create((a, b) => _query.Descending ? b.CompareTo(a) : a.CompareTo(b)));
        foreach (var part in _parts.Where(static part => part.Places.Length > 0))
        {
            heads.Enqueue((part, 0), part.KeyAt(0, _query.Sort));
        }

        while (heads.TryDequeue(out var head, out _))
        {
            yield return PersonMask.On.Of(head.Part.ItemAt(head.At, _grains, _query.Now));
            if (head.At + 1 < head.Part.Places.Length)
            {
                heads.Enqueue((head.Part, head.At + 1), head.Part.KeyAt(head.At + 1, _query.Sort));
            }
        }
    }

    private static Part Choose(Taken taken, CaseQuery query, CourtTree courts, HitSet? hits, CancellationToken cancellationToken)
    {
        if ((query.Handler is not null && taken.Handler < 0) || (query.Cause is not null && taken.Cause < 0))
        {
            return new Part(taken, []);
        }

        var filedHere = new bool[courts.Courts.Count];
        foreach (var court in taken.Courts)
        {
            filedHere[court] = query.Courts[court];
        }

        // Texts by their place among the texts, so that sorting compares numbers.
        var ranks = query.Sort is CaseSort.Handler or CaseSort.Cause ? RanksOf(taken.Texts) : [];
        var chosen = new List<(long Key, int Place)>();
        for (var place = 0; place < taken.Cases.Count; place++)
        {
            if ((place & 0xFFFF) == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            ref readonly var row = ref taken.Cases[place];
            var isInScope = query.Filed is { } filed
                ? filed.Contains(row.FiledAt) && courts.TryFind(row.Number.CourtMark, out var filer) && filedHere[filer.Index]
                : row.Court >= 0 && query.Courts[row.Court];
            if (isInScope && (hits is null ? query.Pattern is null : hits.Contains(place)) && CaseFinder.Matches(in row, query, taken.Handler, taken.Cause))
            {
                var text = CaseFinder.TextNumberOf(in row, query.Sort);
                chosen.Add((text >= 0 ? ranks[text] : ranks.Length > 0 ? -1 : CaseFinder.KeyOf(in row, query.Sort), place));
            }
        }

        var cases = taken.Cases;
        chosen.Sort((a, b) =>
        {
            var order = a.Key.CompareTo(b.Key);
            order = order != 0 ? order : new PageKey(0, cases[a.Place].Number).CompareTo(new PageKey(0, cases[b.Place].Number));
            return query.Descending ? -order : order;
        });
        return new Part(taken, [.. chosen.Select(static one => one.Place)]);
    }

    private static int[] RanksOf(string[] texts)
    {
        var order = Enumerable.Range(0, texts.Length).ToArray();
        Array.Sort(order, (a, b) => string.CompareOrdinal(texts[a], texts[b]));
        var ranks = new int[texts.Length];
        for (var i = 0; i < order.Length; i++)
        {
            ranks[order[i]] = i;
        }

        return ranks;
    }

    private sealed record Taken(
        int Partition, long Position, CapturedCases Cases, string[] Texts, int Handler, int Cause, SearchView? View, int[] Courts);

    private sealed class Part(Taken taken, int[] places)
    {
        public int Partition => taken.Partition;

        public long Position => taken.Position;

        public int[] Places => places;

        public PageKey KeyAt(int at, CaseSort sort)
        {
            ref readonly var row = ref taken.Cases[places[at]];
            return new PageKey(CaseFinder.KeyOf(in row, sort), row.Number, CaseFinder.TextNumberOf(in row, sort) is >= 0 and var text ? taken.Texts[text] : "");
        }

        public CaseItem ItemAt(int at, GrainHost grains, DateTimeOffset now)
        {
            ref readonly var row = ref taken.Cases[places[at]];
            var parties = Encoding.UTF8.GetString(taken.Cases[row.Text]).Split(SearchIndex.FormerMark)[0].Split(SearchIndex.PartyMark)[1..];
            return CaseFinder.ItemOf(in row, row.Handler < 0 ? null : taken.Texts[row.Handler], taken.Texts[row.Cause], parties, grains.Courts, grains.Nodes, now);
        }
    }
}
