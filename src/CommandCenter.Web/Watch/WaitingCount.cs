using CommandCenter.Domain.Cases;

namespace CommandCenter.Web.Watch;

/// <summary>Adds up the money that waits.</summary>
internal static class WaitingCount
{
    private const int FirstBandDays = 15;
    private const int SecondBandDays = 30;

    /// <param name="parts">What the last pass found in each partition.</param>
    /// <param name="since">No case was looked at earlier.</param>
    /// <param name="today">The day from which ages are counted.</param>
    /// <param name="dated">Every case whose money has a date goes in here.</param>
    public static WaitingState Of(IEnumerable<CountedCases> parts, DateTimeOffset since, DateOnly today, Dictionary<CaseNumber, WaitingItem> dated)
    {
        WaitingSum total = default, undated = default;
        var bands = new WaitingSum[3];
        var isSearching = false;
        var oldest = new List<WaitingItem>();
        foreach (var part in parts)
        {
            total = total.And(part.Beyond.Cases, part.Beyond.Fen);
            undated = undated.And(part.Beyond.Cases, part.Beyond.Fen);
            foreach (var one in part.Waiting.Values)
            {
                total = total.And(1, one.Fen);
                isSearching |= !one.SearchFrom.IsNone;
                foreach (var lot in one.Lots)
                {
                    ref var sum = ref undated;
                    if (lot.Day is { } day)
                    {
                        sum = ref bands[BandOf(today.DayNumber - day.DayNumber)];
                    }

                    sum = sum.And(0, lot.Fen);
                }

                if (Array.Exists(one.Lots, static lot => lot.Day is null))
                {
                    undated = undated.And(1, 0); // Its oldest money may be older than what is known of it.
                    continue;
                }

                var first = one.Lots.Min(static lot => lot.Day!.Value);
                var days = Math.Max(0, today.DayNumber - first.DayNumber);
                bands[BandOf(days)] = bands[BandOf(days)].And(1, 0);
                var item = new WaitingItem(one.Court, one.Number, one.Fen, first, days);
                oldest.Add(item);
                dated[one.Number] = item;
            }
        }

        return new WaitingState(
            since, total, bands[0], bands[1], bands[2], undated, isSearching,
            [.. oldest.OrderByDescending(static item => item.Days).ThenByDescending(static item => item.Fen)
                .ThenBy(static item => item.Number.ToString(), StringComparer.Ordinal).Take(WaitingState.OldestMax)]);
    }

    private static int BandOf(int days) => days <= FirstBandDays ? 0 : days <= SecondBandDays ? 1 : 2;
}
