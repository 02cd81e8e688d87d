namespace CommandCenter.Web.Overview;

/// <summary>One line of the table of the next level: a court with its inferior courts, a court alone, or a handler.</summary>
/// <param name="Key">Names it in the live figures: a scope's mark, or a handler.</param>
/// <param name="Scope">What its page is about.</param>
/// <param name="Name">As the table names it; empty for cases that nobody has.</param>
/// <param name="Values">By column; cases or fen. <see langword="null"/> is unknown, never zero.</param>
/// <param name="Trend">Pending at the end of the last thirty days, or of a handler closed in the last twelve months; oldest first.</param>
/// <param name="IsStopped">Its figures are old: a partition takes no events.</param>
internal sealed record FigureLine(
    string Key, OverviewScope Scope, string Name, IReadOnlyDictionary<string, long?> Values, IReadOnlyList<long> Trend, bool IsStopped)
{
    /// <summary>By trouble, overdue first and then pending, unless a column is asked for. The key settles ties, so that equal rows do not dance.</summary>
    /// <param name="lines">The lines.</param>
    /// <param name="sort">A column, <c>name</c>, or either with <c>-</c> before it for downwards.</param>
    public static IReadOnlyList<FigureLine> InOrder(IEnumerable<FigureLine> lines, string? sort)
    {
        var column = sort?.TrimStart('-');
        var isDown = sort?.StartsWith('-') == true;
        return column switch
        {
            null => [.. lines.OrderByDescending(static line => line.Values["overdue"] ?? 0).ThenByDescending(static line => line.Values["pending"] ?? 0).ThenBy(static line => line.Key, StringComparer.Ordinal)],
            OverviewState.ByName => [.. (isDown ? lines.OrderByDescending(static line => line.Key, StringComparer.Ordinal) : lines.OrderBy(static line => line.Key, StringComparer.Ordinal))],
            _ => [.. (isDown ? lines.OrderByDescending(ValueOf) : lines.OrderBy(ValueOf)).ThenBy(static line => line.Key, StringComparer.Ordinal)],
        };

        long ValueOf(FigureLine line) => line.Values.GetValueOrDefault(column!) ?? -1;
    }
}
