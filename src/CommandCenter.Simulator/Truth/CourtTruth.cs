using System.Runtime.InteropServices;
using CommandCenter.Simulator.City;

namespace CommandCenter.Simulator.Truth;

/// <summary>The true figures of one court, by five-minute window of event time; days are sums of windows.</summary>
/// <param name="mark">法院代字.</param>
internal sealed class CourtTruth(string mark)
{
    /// <summary>Length of a window, in seconds.</summary>
    public const int WindowSeconds = 300;

    private readonly Dictionary<long, Sums> _windows = [];

    /// <summary>法院代字.</summary>
    public string Mark { get; } = mark;

    /// <summary>The windows in which anything was counted, in their order: start in Unix seconds, and what was counted.</summary>
    public IEnumerable<(long Start, Sums Sums)> Windows => _windows.OrderBy(window => window.Key).Select(window => (window.Key, window.Value));

    /// <summary>The days in which anything was counted, in their order.</summary>
    public IEnumerable<(DateOnly Day, Sums Sums)> Days => _windows
        .GroupBy(window => Shanghai.DayOf(DateTimeOffset.FromUnixTimeSeconds(window.Key)))
        .OrderBy(day => day.Key)
        .Select(day => (day.Key, Sum(day.Select(window => window.Value))));

    /// <summary>Counts.</summary>
    public void Add(DateTimeOffset at, Figure figure, long delta)
    {
        var seconds = at.ToUnixTimeSeconds();
        ref var sums = ref CollectionsMarshal.GetValueRefOrAddDefault(_windows, seconds - (seconds % WindowSeconds), out _);
        sums.Add(figure, delta);
    }

    private static Sums Sum(IEnumerable<Sums> windows)
    {
        var sums = default(Sums);
        foreach (var window in windows)
        {
            sums.Add(window);
        }

        return sums;
    }
}
