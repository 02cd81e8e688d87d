using CommandCenter.Web.Grains;

namespace CommandCenter.Web.Reading;

/// <summary>The figure that a list of cases stands behind: what a wall or an overview counts for the same question.</summary>
/// <param name="Name"><c>received</c>, <c>closed</c>, <c>pending</c>, <c>suspended</c>, <c>overdue</c> or <c>terminal</c>.</param>
/// <param name="Time">When it happened; <see langword="null"/> for what stands now.</param>
/// <param name="Node">Of one node alone, by its number.</param>
/// <param name="Handler">Of one handler alone.</param>
internal sealed record CaseFigure(string Name, TimeRange? Time, int? Node, string? Handler)
{
    /// <summary>The figure of a question; <see langword="null"/> when no figure asks the same.</summary>
    public static CaseFigure? Of(CaseQuery query)
    {
        if (query is not { Kinds: CaseKinds.Main, Way: null, Cause: null, Pattern: null })
        {
            return null;
        }

        var isOfOne = query.Node is not null || query.Handler is not null;
        var figure = query switch
        {
            { Filed: { Days: not null } filed, Closed: null, Status: null, PendingOnly: false, OverdueOnly: false, TerminalOnly: false } when !isOfOne => ("received", filed),
            { Closed: { Days: not null } closed, Filed: null, Status: null, PendingOnly: false, OverdueOnly: false, TerminalOnly: false } when !isOfOne => ("closed", closed),
            { Filed: not null } or { Closed: not null } => default,
            { PendingOnly: true, Status: null, OverdueOnly: false, TerminalOnly: false } => ("pending", (TimeRange?)null),
            { OverdueOnly: true, Status: null, TerminalOnly: false } => ("overdue", null), // What is overdue is pending.
            { TerminalOnly: true, Status: null, PendingOnly: false, OverdueOnly: false, Node: null } => ("terminal", null),
            { Status: CaseStatus.Suspended, PendingOnly: false, OverdueOnly: false, TerminalOnly: false, Handler: not null, Node: null } => ("suspended", null),
            _ => default,
        };
        var isCounted = figure.Item1 is not null && (query.Node is null || query.Handler is null);
        return isCounted ? new CaseFigure(figure.Item1!, figure.Item2, query.Node, query.Handler) : null;
    }
}
