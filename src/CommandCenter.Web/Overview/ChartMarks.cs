using CommandCenter.Web.Recount;
using CommandCenter.Web.Wall;

namespace CommandCenter.Web.Overview;

/// <summary>What the recount says of the sums under the charts.</summary>
/// <remarks>
/// Charts are drawn from the stored series, a copy of the windows that the recount compares. So a sum is proved when the pieces that are over
/// add up to what those windows do, and the windows are proved.
/// </remarks>
internal static class ChartMarks
{
    private static readonly (string Chart, string[] Flows)[] s_charts = [("cases", ["received", "closed"]), ("pending", ["pending"]), ("money", ["in", "out"])];

    /// <summary>The marks by the name of the chart; none of a handler, whose days nothing counts twice.</summary>
    public static IReadOnlyDictionary<string, MarkView> Of(ScopeFigures figures, ChartData chart, WallLanguage language)
    {
        if (figures.Scope.Handler is not null)
        {
            return new Dictionary<string, MarkView>();
        }

        var marks = new RecountMarks(figures.Figures.Recount, figures.Figures.AsOf);
        var courts = figures.Scope.Courts.Select(static court => court.Mark).ToHashSet(StringComparer.Ordinal);
        return s_charts.ToDictionary(
            static one => one.Chart,
            one => marks.Of(one.Flows, chart.Time, courts) is var mark && mark.State == RecountState.Proved && !chart.IsEqual
                ? new MarkView(RecountState.Recounting, OverviewTexts.Of("chart.behind", language), OverviewTexts.Of("chart.behind", language))
                : RecountWords.ViewOf(mark, figures.Figures, language),
            StringComparer.Ordinal);
    }
}
