using CommandCenter.Simulator.Cases;
using CommandCenter.Simulator.Events;

namespace CommandCenter.Simulator.City;

/// <summary>Walks along the cases of the city. Holds only the cases that still have something to come.</summary>
/// <remarks>
/// A history begins with an old stock (旧存): cases filed before it and still open, without which the first months
/// would receive much and close nothing. The marker case of a day never belongs to the stock, so that its presence
/// proves a day that was fed whole.
/// </remarks>
internal sealed class CityWalk : IWalk
{
    /// <summary>How far before the history the old stock goes back, in days, unless told otherwise. Nearly every case is closed by then.</summary>
    public const int StockDays = 150;

    private readonly VirtualCity _city;
    private readonly DateOnly _historyFrom;
    private readonly DateTimeOffset _skipUntil;
    private readonly CaseQueue _coming = new();
    private DateOnly _nextDay;

    /// <summary>Starts a walk.</summary>
    /// <param name="city">The city.</param>
    /// <param name="historyFrom">The first day of which every case is told.</param>
    /// <param name="skipUntil">Events before this moment were told before and are passed over.</param>
    /// <param name="stockDays">How far before the history the old stock goes back.</param>
    public CityWalk(VirtualCity city, DateOnly historyFrom, DateTimeOffset skipUntil, int stockDays = StockDays)
    {
        _city = city;
        _historyFrom = historyFrom;
        _skipUntil = skipUntil;
        _nextDay = historyFrom.AddDays(-stockDays);
    }

    /// <inheritdoc/>
    public IEnumerable<PlannedEvent> Until(DateTimeOffset moment)
    {
        while (true)
        {
            // The cases of a day are planned only when the walk reaches it, or the past would fill the memory at once.
            var plannedUntil = Shanghai.StartOf(_nextDay);
            var limit = moment < plannedUntil ? moment : plannedUntil.AddTicks(-1);
            while (_coming.TryTake(limit, out var next))
            {
                yield return next;
            }

            if (moment < plannedUntil)
            {
                yield break;
            }

            AddCasesOf(_nextDay);
            _nextDay = _nextDay.AddDays(1);
        }
    }

    private void AddCasesOf(DateOnly day)
    {
        var historyStart = Shanghai.StartOf(_historyFrom);
        var marker = _city.MarkerOf(day);
        foreach (var plan in _city.CasesFiledOn(day))
        {
            if (day >= _historyFrom || (plan.IsOpenAt(historyStart) && plan.Number != marker))
            {
                _coming.Add(plan, _skipUntil);
            }
        }
    }
}
