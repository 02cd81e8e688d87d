using CommandCenter.Domain;
using CommandCenter.Domain.Indicators;
using CommandCenter.Runtime.Partitions;
using CommandCenter.TimeSeries;
using CommandCenter.TimeSeries.Embedded;
using CommandCenter.Web.Grains;
using CommandCenter.Web.Reading;
using CommandCenter.Web.Series;

namespace CommandCenter.Web.Overview;

/// <summary>One piece of a chart. <see langword="null"/> is unknown: before the first point of the series, or not kept at all.</summary>
internal sealed record ChartPiece(DateTimeOffset Start, string Label, long? Received, long? Closed, long? Pending, long? InFen, long? OutFen);

/// <summary>What charts show.</summary>
/// <param name="Span">How much time.</param>
/// <param name="Pieces">Oldest first; the last one is still open.</param>
/// <param name="AsOf">Up to when everything is in it; <see langword="null"/> when that is not known.</param>
/// <param name="Since">The beginning of the series, when it lies within the time; else <see langword="null"/>.</param>
/// <param name="IsEqual">Whether the pieces that are over add up to what the windows of the courts do: the series is a copy of those.</param>
internal sealed record ChartData(ChartSpan Span, IReadOnlyList<ChartPiece> Pieces, DateTimeOffset? AsOf, DateTimeOffset? Since, bool IsEqual)
{
    /// <summary>From its beginning to the end of its open piece.</summary>
    public TimeRange Time { get; init; }
}

/// <summary>Charts of courts, from the stored series; an area and the city have their own.</summary>
internal sealed class ChartReading(SeriesStore store, SeriesFeeder feeder, GrainHost grains, TimeProvider time)
{
    // Older than this a level is looked for no further: the longest chart, and as much before it.
    private static readonly TimeSpan s_lookBack = TimeSpan.FromDays(1_500);

    // Nearly every court has a day with an event in it among these.
    private static readonly TimeSpan s_lookBackFirst = TimeSpan.FromDays(20);

    private static readonly int s_received = KpiFields.Schema.IndexOf("received");
    private static readonly int s_closed = KpiFields.Schema.IndexOf("closed");
    private static readonly int s_pending = KpiFields.Schema.IndexOf("pending");
    private static readonly int s_in = KpiFields.Schema.IndexOf("funds_in_fen");
    private static readonly int s_out = KpiFields.Schema.IndexOf("funds_out_fen");

    /// <summary>Reads the series of a scope, and compares it with the windows that it was copied from.</summary>
    public async Task<ChartData> ReadAsync(OverviewScope scope, ChartSpan span, CancellationToken cancellationToken)
    {
        var edges = span.Edges(time.GetUtcNow());
        var chart = Read(scope.Mark, span, edges);
        return chart with { IsEqual = await IsEqualAsync(scope, chart, edges, cancellationToken) };
    }

    private ChartData Read(string mark, ChartSpan span, DateTimeOffset[] edges)
    {
        var (from, to) = (edges[0].ToUnixTimeSeconds(), edges[^1].ToUnixTimeSeconds());

        // A window without a point had nothing to count: its stock is that of the one before, which may lie before the chart.
        var before = Before(mark, edges[0], s_lookBackFirst) is { Length: > 1 } near ? near : Before(mark, edges[0], s_lookBack);
        var points = store.Read(span.Step, mark, from, to).Where(static point => point.Values[s_pending] is not null).ToArray();
        var isKnown = before.Length > 0;
        var pending = PendingBefore(mark, from, before);
        var since = isKnown || points.Length == 0 ? (DateTimeOffset?)null : DateTimeOffset.FromUnixTimeSeconds(points[0].T);
        var pieces = new ChartPiece[span.Count];
        var next = 0;
        for (var i = 0; i < pieces.Length; i++)
        {
            long received = 0, closed = 0, inFen = 0, outFen = 0;
            for (; next < points.Length && points[next].T < edges[i + 1].ToUnixTimeSeconds(); next++)
            {
                var values = points[next].Values;
                isKnown = true;
                received += values[s_received] ?? 0;
                closed += values[s_closed] ?? 0;
                inFen = checked(inFen + (values[s_in] ?? 0));
                outFen = checked(outFen + (values[s_out] ?? 0));
                pending = values[s_pending];
            }

            pieces[i] = isKnown
                ? new ChartPiece(edges[i], span.Label(edges[i]), received, closed, pending, inFen, outFen)
                : new ChartPiece(edges[i], span.Label(edges[i]), null, null, null, null, null);
        }

        return new ChartData(span, pieces, feeder.State.AsOf, since, IsEqual: false) { Time = new TimeRange(edges[0], edges[^1]) };
    }

    // The last piece is open: what came in the last seconds may be in the windows and not yet in the series.
    private async Task<bool> IsEqualAsync(OverviewScope scope, ChartData chart, DateTimeOffset[] edges, CancellationToken cancellationToken)
    {
        Caseload[] parts;
        try
        {
            parts = await grains.AskScopeAsync(scope.Court, model => SumOf(model, scope, chart.Span, edges[0], edges[^2]), cancellationToken);
        }
        catch (PartitionUnavailableException)
        {
            return true; // Nothing to compare with. The recount cannot tell either, and its mark says so.
        }

        return IsSum(static piece => piece.Received, static part => part.Received)
            && IsSum(static piece => piece.Closed, static part => part.Closed)
            && IsSum(static piece => piece.InFen, static part => part.FundsInFen)
            && IsSum(static piece => piece.OutFen, static part => part.FundsOutFen);

        bool IsSum(Func<ChartPiece, long?> drawn, Func<Caseload, long> counted) => chart.Pieces.SkipLast(1).Sum(drawn) == parts.Sum(counted);
    }

    private static Caseload SumOf(GrainModel model, OverviewScope scope, ChartSpan span, DateTimeOffset from, DateTimeOffset to)
    {
        var sums = new long[Flows.ColumnCount];
        foreach (var grain in model.Courts.Where(grain => scope.Courts.Any(court => court.Index == grain.Court.Index)))
        {
            if (span.Step == SeriesStep.FiveMinutes)
            {
                grain.Windows.AddTo(ShanghaiTime.WindowOf(from), ShanghaiTime.WindowOf(to), sums);
            }
            else
            {
                grain.Days.AddTo(ShanghaiTime.DayNumberOf(from), ShanghaiTime.DayNumberOf(to), sums);
            }
        }

        return new Caseload(sums);
    }

    private SeriesPoint[] Before(string mark, DateTimeOffset first, TimeSpan time) =>
        [.. store.Read(SeriesStep.Day, mark, (first - time).ToUnixTimeSeconds(), first.ToUnixTimeSeconds()).Where(static point => point.Values[s_pending] is not null)];

    // A chart may begin in the middle of a day, whose level is that of its end: too late.
    private long? PendingBefore(string mark, long from, SeriesPoint[] before)
    {
        if (before.Length == 0)
        {
            return null;
        }

        if (before[^1].T + SeriesStep.Day.Seconds() <= from)
        {
            return before[^1].Values[s_pending];
        }

        var last = store.Read(SeriesStep.FiveMinutes, mark, before[^1].T, from).LastOrDefault(static point => point.Values[s_pending] is not null);
        return last?.Values[s_pending] ?? (before.Length > 1 ? before[^2].Values[s_pending] : null);
    }
}
