using CommandCenter.Domain;
using CommandCenter.Runtime.Partitions;
using CommandCenter.Web.Access;
using CommandCenter.Web.Components;
using CommandCenter.Web.Reading;

namespace CommandCenter.Web.Overview;

/// <summary>Gathers all that the page of the overview shows, and what it asks for again every few seconds.</summary>
internal sealed class OverviewReading(ScopeBook book, FlowReading flows, ChartReading charts, TimeProvider time)
{
    /// <summary>The page of a scope, or why there is none.</summary>
    public async Task<(OverviewModel? Model, QueryFault? Fault)> ReadAsync(
        Viewer viewer, OverviewScope scope, OverviewState state, PageLook look, CancellationToken cancellationToken)
    {
        var (figures, flow, fault) = await ReadFiguresAsync(viewer, scope, state, cancellationToken);
        if (figures is null)
        {
            return (null, fault);
        }

        var chart = scope.Handler is null ? await charts.ReadAsync(scope, state.Span, cancellationToken) : ChartOf(figures, state.Span);
        return (new OverviewModel(viewer, state, look, ShanghaiTime.DayOf(time.GetUtcNow()), figures, flow, chart, new OverviewSheet(figures, flow, look.Language)), null);
    }

    /// <summary>The figures of a page once more.</summary>
    public async Task<(LiveSheet? Sheet, QueryFault? Fault)> ReadLiveAsync(
        Viewer viewer, OverviewScope scope, OverviewState state, PageLook look, CancellationToken cancellationToken)
    {
        var (figures, flow, fault) = await ReadFiguresAsync(viewer, scope, state, cancellationToken);
        return figures is null ? (null, fault) : (new OverviewSheet(figures, flow, look.Language).ToLive(), null);
    }

    private async Task<(ScopeFigures? Figures, FlowAnswer? Flow, QueryFault? Fault)> ReadFiguresAsync(
        Viewer viewer, OverviewScope scope, OverviewState state, CancellationToken cancellationToken)
    {
        try
        {
            var period = OverviewState.Periods.ToList().IndexOf(state.Period);
            var isHimself = viewer.Role == Role.Handler;
            var figures = await book.ReadAsync(scope, state.Span, period, isHimself, cancellationToken);
            return figures is null ? (null, null, OverviewScope.NoSuchHandler) : (figures, await FlowAsync(scope, state.Year, cancellationToken), null);
        }
        catch (PartitionUnavailableException exception)
        {
            return (null, null, new QueryFault(StatusCodes.Status503ServiceUnavailable, exception.Code, exception.Message));
        }
    }

    // The wall's figures of other courts stay true while a partition is stopped; the nodes are counted now or not at all.
    private async Task<FlowAnswer?> FlowAsync(OverviewScope scope, int? year, CancellationToken cancellationToken)
    {
        try
        {
            return await flows.ReadAsync(scope, year, cancellationToken);
        }
        catch (PartitionUnavailableException)
        {
            return null;
        }
    }

    // Of a handler there are the days on which the cases that he has now were filed and closed, and nothing else.
    private ChartData ChartOf(ScopeFigures figures, ChartSpan span)
    {
        var edges = span.Edges(time.GetUtcNow());
        return new ChartData(
            span,
            [.. Enumerable.Range(0, span.Count).Select(i => new ChartPiece(
                edges[i], span.Label(edges[i]), figures.HandlerReceived.ElementAtOrDefault(i), figures.HandlerClosed.ElementAtOrDefault(i), null, null, null))],
            AsOf: null, Since: null, IsEqual: false);
    }
}
