namespace CommandCenter.Web.Wall;

/// <summary>The city, summed from its courts. The only place where the wall adds anything up.</summary>
internal sealed record CityTotals(
    PeriodFigures Today,
    PeriodFigures Month,
    PeriodFigures Year,
    long Pending,
    long TerminalStock,
    long? Overdue)
{
    /// <exception cref="OverflowException">A sum left the range of a 64-bit integer. A wrapped sum would look like a figure.</exception>
    public static CityTotals Of(IReadOnlyList<CourtFigures> courts)
    {
        var sum = new CityTotals(PeriodFigures.Zero, PeriodFigures.Zero, PeriodFigures.Zero, 0, 0, courts.Count == 0 ? null : 0);
        foreach (var court in courts)
        {
            sum = new CityTotals(
                sum.Today + court.Today,
                sum.Month + court.Month,
                sum.Year + court.Year,
                checked(sum.Pending + court.Pending),
                checked(sum.TerminalStock + court.TerminalStock),
                // One unknown court makes the city unknown: a sum of the rest would read as the whole.
                sum.Overdue is { } known && court.Overdue is { } more ? checked(known + more) : null);
        }

        return sum;
    }
}
