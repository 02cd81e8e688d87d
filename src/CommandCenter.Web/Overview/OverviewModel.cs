using CommandCenter.Web.Access;
using CommandCenter.Web.Components;
using CommandCenter.Web.Wall;

namespace CommandCenter.Web.Overview;

/// <summary>All that one rendering of the page of the overview is made of.</summary>
/// <param name="Viewer">Who looks.</param>
/// <param name="State">What the URL says.</param>
/// <param name="Look">Language and theme.</param>
/// <param name="Today">The day in Shanghai.</param>
/// <param name="Figures">The figures of the scope and of its next level.</param>
/// <param name="Flow">Its nodes; <see langword="null"/> while they cannot be counted.</param>
/// <param name="Chart">Its charts.</param>
/// <param name="Sheet">The figures in words.</param>
internal sealed record OverviewModel(
    Viewer Viewer, OverviewState State, PageLook Look, DateOnly Today, ScopeFigures Figures, FlowAnswer? Flow, ChartData Chart, OverviewSheet Sheet)
{
    private readonly IReadOnlyDictionary<string, MarkView> _marks = ChartMarks.Of(Figures, Chart, Look.Language);

    /// <summary>Whose figures.</summary>
    public OverviewScope Scope => Figures.Scope;

    /// <summary>Whether it is a handler's page.</summary>
    public bool IsHandler => Scope.Handler is not null;

    /// <summary>What the recount says of the sum under a chart; <see langword="null"/> where it says nothing.</summary>
    public MarkView? MarkOf(string chart) => _marks.GetValueOrDefault(chart);
}
