using System.Globalization;
using CommandCenter.Domain.Courts;
using CommandCenter.Web.DrillDown;
using CommandCenter.Web.Wall;

namespace CommandCenter.Web.Overview;

/// <summary>Scopes as pages call them: 全市, an area by its intermediate court, a court, a court itself without its area, a handler.</summary>
internal static class ScopeNames
{
    public static string Of(OverviewScope scope, WallLanguage language) =>
        scope.Handler is { } handler ? string.Format(CultureInfo.InvariantCulture, OverviewTexts.Of("handler", language), handler) : OfCourt(scope, language);

    /// <summary>The name of the courts alone.</summary>
    public static string OfCourt(OverviewScope scope, WallLanguage language)
    {
        var isRoot = scope.Court.Definition.Superior is null;
        var name = isRoot && scope.IsAlone ? OverviewTexts.Of("high", language) : DeskNames.Of(scope.Court, language);
        return scope.IsAlone ? In("alone", name) : scope.HasCourts && !isRoot ? In("area", name) : name;

        string In(string key, string court) => string.Format(CultureInfo.InvariantCulture, OverviewTexts.Of(key, language), court);
    }

    /// <summary>The scopes above one, the widest that a viewer sees first.</summary>
    public static IEnumerable<OverviewScope> PathTo(OverviewScope scope, CourtTree courts, Func<string, bool> isSeen)
    {
        var path = new List<OverviewScope>();
        if (scope.Handler is not null)
        {
            path.Add(scope with { Handler = null });
        }

        if (scope.IsAlone)
        {
            path.Add(new OverviewScope(scope.Court, IsAlone: false, null));
        }

        for (var mark = scope.Court.Definition.Superior; mark is not null && isSeen(mark) && courts.TryFind(mark, out var superior); mark = superior.Definition.Superior)
        {
            path.Add(new OverviewScope(superior, IsAlone: false, null));
        }

        path.Reverse();
        return path;
    }
}
