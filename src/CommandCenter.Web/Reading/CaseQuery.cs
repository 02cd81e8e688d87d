using CommandCenter.Domain;
using CommandCenter.Domain.Cases;
using CommandCenter.Domain.Courts;
using CommandCenter.Web.Grains;
using CommandCenter.Web.Search;

namespace CommandCenter.Web.Reading;

/// <summary>By what a case list is ordered.</summary>
internal enum CaseSort
{
    FiledAt,
    StatusAt,
    LatestAt,
    DueAt,
    ClaimFen,
    FundsInFen,
    Number,
    Court,
    Status,
    Handler,
    Cause,
    Node,
}

/// <summary>Which cases, in which order, from where on.</summary>
internal sealed record CaseQuery
{
    public const int SizeMax = 500;
    public const int SizeDefault = 50;
    public const int TextMax = SearchPattern.TextMax;

    /// <summary>The courts by index that are in scope.</summary>
    public required bool[] Courts { get; init; }

    public CaseStatus? Status { get; init; }

    /// <summary>Open or suspended: 存案.</summary>
    public bool PendingOnly { get; init; }

    public bool OverdueOnly { get; init; }

    /// <summary>Closed by 终本 and not reinstated since: 终本存量.</summary>
    public bool TerminalOnly { get; init; }

    /// <summary>When it was filed. The courts in scope are then those that filed it, wherever it lies now: 新收 is theirs.</summary>
    public TimeRange? Filed { get; init; }

    /// <summary>When it was closed, if it still is.</summary>
    public TimeRange? Closed { get; init; }

    /// <summary>Columns; <see langword="null"/> for all.</summary>
    public CaseKinds? Kinds { get; init; }

    public CloseWay? Way { get; init; }

    public int? Node { get; init; }

    public string? Handler { get; init; }

    public string? Cause { get; init; }

    /// <summary>What stands in the number, in a name of a party or in the handler's.</summary>
    public SearchPattern? Pattern { get; init; }

    /// <summary>The cases in which it stands, found beforehand beside the partitions.</summary>
    public PatternHits? Hits { get; init; }

    public CaseSort Sort { get; init; }

    public bool Descending { get; init; } = true;

    public int Size { get; init; } = SizeDefault;

    /// <summary>Where the page lies; <see langword="null"/> for the first one.</summary>
    public PageToken? Page { get; init; }

    public required DateTimeOffset Now { get; init; }
}

/// <summary>The time in <c>[From, To)</c>.</summary>
internal readonly record struct TimeRange(DateTimeOffset From, DateTimeOffset To)
{
    public bool Contains(long utcTicks) => utcTicks >= From.UtcTicks && utcTicks < To.UtcTicks;

    /// <summary>The days of Shanghai that it is made of, <c>[From, To)</c> in day numbers; <see langword="null"/> when it cuts one.</summary>
    public (int From, int To)? Days => StartsDay(From) && StartsDay(To) ? (DayOf(From), DayOf(To)) : null;

    private static bool StartsDay(DateTimeOffset at) =>
        at == DateTimeOffset.MinValue || at == DateTimeOffset.MaxValue || ShanghaiTime.StartOf(ShanghaiTime.DayOf(at)) == at;

    private static int DayOf(DateTimeOffset at) =>
        at == DateTimeOffset.MinValue ? int.MinValue : at == DateTimeOffset.MaxValue ? int.MaxValue : ShanghaiTime.DayNumberOf(at);
}

/// <summary>The columns that figures are counted in, to choose from.</summary>
[Flags]
internal enum CaseKinds
{
    First = 1 << CaseClass.First,
    Reinstated = 1 << CaseClass.Reinstated,
    Preservation = 1 << CaseClass.Preservation,
    Other = 1 << CaseClass.Other,

    /// <summary>执 and 执恢, the main figures.</summary>
    Main = First | Reinstated,
}

/// <summary>One case of a list.</summary>
internal sealed record CaseItem(
    string Number, string Court, string Status, string? Way, string? Handler, string Cause, string? Node, long ClaimFen, long FundsInFen,
    long FundsOutFen, DateTimeOffset FiledAt, DateTimeOffset? ClosedAt, DateTimeOffset DueAt, bool Overdue, IReadOnlyList<string> Irregular,
    IReadOnlyList<string> Parties);

/// <summary>What one partition finds.</summary>
/// <param name="Total">All that match, on every page.</param>
/// <param name="Figure">What the windows and stocks count for the same question; <see langword="null"/> when no figure asks it.</param>
/// <param name="Items">The first of the page in the direction asked for, and one more when there is one.</param>
internal sealed record CasePart(long Total, long? Figure, IReadOnlyList<(PageKey Key, CaseItem Item)> Items);

/// <summary>Finds cases by one pass over the rows of the courts in scope: no index to keep for filters and orders, none to go stale.</summary>
internal static class CaseFinder
{
    public static CasePart Find(GrainModel model, CaseQuery query, CourtTree courts, NodeCatalog nodes)
    {
        var handler = query.Handler is null ? -1 : model.Texts.Find(query.Handler);
        var cause = query.Cause is null ? -1 : model.Texts.Find(query.Cause);
        if ((query.Handler is not null && handler < 0) || (query.Cause is not null && cause < 0))
        {
            return new CasePart(0, null, []);
        }

        var hits = query.Pattern is null ? null : (query.Hits ?? PatternHits.None).Of(model.Search, query.Pattern);
        var cases = model.Cases;
        var total = 0L;

        // Before a case means behind it in the order turned round. One more than the page tells whether there is another.
        var descending = query.Descending ^ (query.Page is { IsBackward: true });
        var most = query.Size + 1;
        var from = query.Page?.Key;

        // The worst of the page on top, so that a better row replaces it.
        var page = new PriorityQueue<int, PageKey>(Comparer<PageKey>.Create((a, b) => descending ? a.CompareTo(b) : b.CompareTo(a)));
        if (query.Filed is { } filed)
        {
            ConsiderFiled(filed);
        }
        else
        {
            ConsiderHeld();
        }

        var items = new (PageKey Key, CaseItem Item)[page.Count];
        for (var i = items.Length - 1; i >= 0; i--)
        {
            _ = page.TryDequeue(out var place, out var key);
            items[i] = (key, ItemOf(model, in cases[place], courts, nodes, query.Now));
        }

        return new CasePart(total, FigureOf(model, query), items);

        void ConsiderHeld()
        {
            foreach (var court in courts.Courts)
            {
                if (query.Courts[court.Index])
                {
                    // Mostly in the order of filing, and so of most keys: from the end that the page begins at, few rows replace another.
                    var places = cases.PlacesOf(court.Index);
                    for (var i = 0; i < places.Length; i++)
                    {
                        Consider(places[descending ? ^(i + 1) : i]);
                    }
                }
            }
        }

        // A case that moved on lies under another court, and under both when they are of different partitions: the one of the court that
        // filed it is the one that counts, and only there is it looked at.
        void ConsiderFiled(TimeRange range)
        {
            var filedHere = new bool[courts.Courts.Count];
            foreach (var grain in model.Courts)
            {
                filedHere[grain.Court.Index] = query.Courts[grain.Court.Index];
            }

            for (var i = 0; i < cases.Count; i++)
            {
                var place = descending ? cases.Count - 1 - i : i;
                ref readonly var row = ref cases[place];
                if (range.Contains(row.FiledAt) && courts.TryFind(row.Number.CourtMark, out var court) && filedHere[court.Index])
                {
                    Consider(place);
                }
            }
        }

        void Consider(int place)
        {
            ref readonly var row = ref cases[place];
            if ((hits is not null && !hits.Contains(place)) || !Matches(in row, query, handler, cause))
            {
                return;
            }

            total++;
            var key = new PageKey(KeyOf(in row, query.Sort), row.Number, TextOf(in row, query.Sort, model.Texts));
            if (from is { } start && !ComesAfter(in key, in start, descending))
            {
                return;
            }

            if (page.Count < most)
            {
                page.Enqueue(place, key);
            }
            else
            {
                _ = page.EnqueueDequeue(place, key);
            }
        }
    }

    /// <summary>Whether a place comes later in the order asked for.</summary>
    public static bool ComesAfter(in PageKey key, in PageKey after, bool descending) =>
        descending ? key.CompareTo(after) < 0 : key.CompareTo(after) > 0;

    public static CaseItem ItemOf(GrainModel model, in CaseRow row, CourtTree courts, NodeCatalog nodes, DateTimeOffset now) =>
        ItemOf(in row, row.Handler < 0 ? null : model.Texts[row.Handler], model.Texts[row.Cause], model.Cases.PartiesAt(in row), courts, nodes, now);

    /// <summary>A row as a list shows it.</summary>
    public static CaseItem ItemOf(
        in CaseRow row, string? handler, string cause, IReadOnlyList<string> parties, CourtTree courts, NodeCatalog nodes, DateTimeOffset now)
    {
        var isClosed = row.Status is CaseStatus.Closed;
        return new CaseItem(
            row.Number.ToString(),
            row.Court < 0 ? "" : courts.Courts[row.Court].Mark,
            row.Status.ToString().ToLowerInvariant(),
            isClosed ? row.Way.Code() : null,
            handler,
            cause,
            row.Node == 0 ? null : nodes[row.Node].Code,
            row.ClaimFen,
            row.FundsInFen,
            row.FundsOutFen,
            new DateTimeOffset(row.FiledAt, TimeSpan.Zero),
            isClosed ? new DateTimeOffset(row.StatusAt, TimeSpan.Zero) : null,
            new DateTimeOffset(row.DueAt, TimeSpan.Zero),
            row.IsOverdue(now),
            Names(row.Irregular),
            parties);
    }

    public static IReadOnlyList<string> Names(Irregularities irregular) => irregular == Irregularities.None
        ? []
        : [.. Enum.GetValues<Irregularities>().Where(flag => flag != Irregularities.None && (irregular & flag) != 0).Select(flag => char.ToLowerInvariant(flag.ToString()[0]) + flag.ToString()[1..])];

    /// <summary>Whether a row of the courts in scope belongs to the list.</summary>
    /// <param name="row">The row.</param>
    /// <param name="query">The list.</param>
    /// <param name="handler">The number of its handler among the texts of the row's partition.</param>
    /// <param name="cause">The number of its cause there.</param>
    public static bool Matches(in CaseRow row, CaseQuery query, int handler, int cause) =>
        (query.Status is { } status ? row.Status == status : row.Status != CaseStatus.Moved || query.Filed is not null)
        && (!query.PendingOnly || row.Status is CaseStatus.Open or CaseStatus.Suspended)
        && (!query.OverdueOnly || row.IsOverdue(query.Now))
        && (!query.TerminalOnly || row.IsTerminalStock)
        && (query.Closed is not { } closed || (row.Status == CaseStatus.Closed && closed.Contains(row.StatusAt)))
        && (query.Kinds is not { } kinds || ((int)kinds & (1 << (int)row.Number.Type.Class)) != 0)
        && (query.Way is not { } way || (row.Status == CaseStatus.Closed && row.Way == way))
        && (query.Node is not { } node || row.Node == node)
        && (query.Handler is null || row.Handler == handler)
        && (query.Cause is null || row.Cause == cause);

    /// <summary>The figure that a list stands behind, counted as the wall counts it: from windows and stocks, never from rows.</summary>
    private static long? FigureOf(GrainModel model, CaseQuery query)
    {
        Func<CourtGrain, long>? count = CaseFigure.Of(query) switch
        {
            { Name: "received", Time.Days: { } days } => grain => grain.SumDays(days.From, days.To).Received,
            { Name: "closed", Time.Days: { } days } => grain => grain.SumDays(days.From, days.To).Closed,
            { Name: "pending", Node: null, Handler: null } => static grain => grain.Stock.Pending,
            { Name: "terminal", Handler: null } => static grain => grain.Stock.Terminal,
            _ => null,
        };
        return count is null ? null : model.Courts.Where(grain => query.Courts[grain.Court.Index]).Sum(count);
    }

    /// <summary>The key of an order that has a number for one.</summary>
    public static long KeyOf(in CaseRow row, CaseSort sort) => sort switch
    {
        CaseSort.StatusAt => row.StatusAt,
        CaseSort.LatestAt => row.LatestAt,
        CaseSort.DueAt => row.DueAt,
        CaseSort.ClaimFen => row.ClaimFen,
        CaseSort.FundsInFen => row.FundsInFen,
        CaseSort.Number => row.Number.Year, // The number itself decides between equal keys.
        CaseSort.Court => row.Court,
        CaseSort.Status => (long)row.Status,
        CaseSort.Node => row.Node,
        CaseSort.Handler or CaseSort.Cause => 0,
        _ => row.FiledAt,
    };

    /// <summary>The number of the text that an order goes by, among the texts of the row's partition; below 0 when it goes by none, or the row has none.</summary>
    public static int TextNumberOf(in CaseRow row, CaseSort sort) => sort switch
    {
        CaseSort.Handler => row.Handler,
        CaseSort.Cause => row.Cause,
        _ => -1,
    };

    private static string TextOf(in CaseRow row, CaseSort sort, TextPool texts) => TextNumberOf(in row, sort) is >= 0 and var number ? texts[number] : "";
}
