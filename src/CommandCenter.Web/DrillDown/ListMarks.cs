using CommandCenter.Domain.Courts;
using CommandCenter.Web.Reading;
using CommandCenter.Web.Recount;
using CommandCenter.Web.Wall;

namespace CommandCenter.Web.DrillDown;

/// <summary>What the recount says of the figure that a list stands behind, in words.</summary>
/// <param name="source">The figures and what the recount knows of them.</param>
internal sealed class ListMarks(IFigureSource source)
{
    /// <summary>The mark of a list of cases.</summary>
    public MarkView Of(CaseFigure figure, Court scope, WallLanguage language) => Of((marks, courts) => marks.Of(figure, courts), scope, language);

    /// <summary>The mark of a sum of money.</summary>
    /// <param name="direction"><c>in</c> or <c>out</c>.</param>
    /// <param name="time">The time.</param>
    /// <param name="scope">The court, with its inferior courts.</param>
    /// <param name="language">Whose words.</param>
    public MarkView Of(string direction, TimeRange time, Court scope, WallLanguage language) => Of((marks, courts) => marks.Of([direction], time, courts), scope, language);

    private MarkView Of(Func<RecountMarks, IReadOnlySet<string>, RecountMark> markOf, Court scope, WallLanguage language)
    {
        var figures = source.Read();
        var courts = scope.Scope.Select(static court => court.Mark).ToHashSet(StringComparer.Ordinal);
        return RecountWords.ViewOf(markOf(new RecountMarks(figures.Recount, figures.AsOf), courts), figures, language);
    }
}
