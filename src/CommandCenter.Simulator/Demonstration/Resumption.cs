using CommandCenter.Simulator.City;
using CommandCenter.Simulator.Delivery;

namespace CommandCenter.Simulator.Demonstration;

/// <summary>Where a run begins: a new history, or the one that the product holds already.</summary>
/// <param name="HistoryFrom">The first day of which every case is told.</param>
/// <param name="SkipUntil">Events before this moment are in the product; <see langword="null"/> for a new history.</param>
internal sealed record Resumption(DateOnly HistoryFrom, DateTimeOffset? SkipUntil)
{
    // A demonstration that rested longer than this begins a new history; the old cases stay as they are.
    private const int RestDaysMax = 120;
    private const int HistoryDaysMax = 800;

    /// <summary>Asks the product which days it was fed.</summary>
    /// <remarks>
    /// The stream is in the order of time, so the marker case of a day proves that everything before that day was posted.
    /// Nothing but the answer "I hold this case" is needed: the simulator keeps no file that could disagree with the product.
    /// </remarks>
    public static async Task<Resumption> FindAsync(
        VirtualCity city, ProductClient product, DateOnly today, int days, CancellationToken cancellationToken)
    {
        var fed = today.AddDays(-1);
        while (!await product.HoldsCaseAsync(city.MarkerOf(fed), cancellationToken))
        {
            fed = fed.AddDays(-1);
            if (fed < today.AddDays(-RestDaysMax))
            {
                return new Resumption(today.AddDays(-days), null);
            }
        }

        // A request may span midnight and be taken in part by a run that was killed; one more day covers it.
        var skipUntil = Shanghai.StartOf(fed.AddDays(-1));
        var first = fed;
        while (first > today.AddDays(-HistoryDaysMax) && await product.HoldsCaseAsync(city.MarkerOf(first.AddDays(-1)), cancellationToken))
        {
            first = first.AddDays(-1);
        }

        return new Resumption(first, skipUntil);
    }
}
