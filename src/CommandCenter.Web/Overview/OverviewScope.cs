using CommandCenter.Domain.Courts;
using CommandCenter.Web.Access;
using CommandCenter.Web.Reading;
using CommandCenter.Web.Series;

namespace CommandCenter.Web.Overview;

/// <summary>What a page of the overview is about: a court with its inferior courts, a court alone, or one handler there.</summary>
/// <param name="Court">The court.</param>
/// <param name="IsAlone">Without its inferior courts; only of a court that has some.</param>
/// <param name="Handler">Of whom; <see langword="null"/> for everybody's cases.</param>
internal sealed record OverviewScope(Court Court, bool IsAlone, string? Handler)
{
    /// <summary>To somebody who may not see him, a handler is answered as one whom nobody knows.</summary>
    public static readonly QueryFault NoSuchHandler = new(StatusCodes.Status404NotFound, "query.no-such-handler", "No case of this court has a handler of this name.");

    /// <summary>The court as URLs and series name it: with <c>.own</c> behind it when it is meant alone.</summary>
    public string Mark => IsAlone ? Court.Mark + KpiScopes.OwnSuffix : Court.Mark;

    /// <summary>The courts that count.</summary>
    public IReadOnlyList<Court> Courts => IsAlone ? [Court] : Court.Scope;

    /// <summary>Whether the next level is courts; else it is the handlers of the one court.</summary>
    public bool HasCourts => Courts.Count > 1;

    /// <summary>The scope that lists of cases take; they have none for a court without its inferior courts.</summary>
    public string? ListMark => IsAlone ? null : Court.Mark;

    /// <summary>The next level: a court that has inferior courts once more alone, first, so that the parts add up to the whole.</summary>
    public IEnumerable<OverviewScope> Parts => !HasCourts
        ? []
        : new[] { new OverviewScope(Court, IsAlone: true, null) }.Concat(
            Court.Scope.Where(court => court.Definition.Superior == Court.Mark).Select(static court => new OverviewScope(court, IsAlone: false, null)));

    /// <summary>The scope that a request names, as far as the viewer may see it: a handler sees himself and nobody else.</summary>
    /// <param name="viewer">Who asks.</param>
    /// <param name="courts">The court tree.</param>
    /// <param name="mark">As <see cref="Mark"/>; <see langword="null"/> for the widest that the viewer sees.</param>
    /// <param name="handler">Of whom, or <see langword="null"/>.</param>
    public static (OverviewScope? Scope, QueryFault? Fault) Find(Viewer viewer, CourtTree courts, string? mark, string? handler)
    {
        var isAlone = mark?.EndsWith(KpiScopes.OwnSuffix, StringComparison.Ordinal) == true;
        var seen = ViewScope.Of(viewer, courts);
        var (court, fault) = seen.Find(isAlone ? mark![..^KpiScopes.OwnSuffix.Length] : mark);
        if (court is null)
        {
            return (null, fault);
        }

        if (seen.Handler is { } himself)
        {
            if (himself.Length == 0 || (handler is not null && handler != himself))
            {
                return (null, NoSuchHandler);
            }

            handler = himself;
        }

        return (new OverviewScope(court, isAlone && court.Scope.Count > 1, handler), null);
    }
}
