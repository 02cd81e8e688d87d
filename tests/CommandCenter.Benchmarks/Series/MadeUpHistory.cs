using CommandCenter.TimeSeries;
using CommandCenter.Web.Series;

namespace CommandCenter.Benchmarks.Series;

/// <summary>Five-minute points of some courts, dense, with the rhythm of working days: what a city of that size leaves behind.</summary>
/// <remarks>No window is left out and every sample is known, which makes it larger than what a real city writes.</remarks>
internal sealed class MadeUpHistory(int courtCount)
{
    private const int WindowsPerDay = 288;

#pragma warning disable CA5394 // Repeatable, not secret.
    private readonly Random _random = new(20170901);
    private readonly long[] _pending = new long[courtCount];
    private readonly long[] _terminal = new long[courtCount];

    public static string ScopeOf(int court) => $"沪01{court:00}";

    /// <summary>The next day of all courts. Days must be asked for in order: stocks go on.</summary>
    public SeriesRows[] Day(int day) => [.. Enumerable.Range(0, courtCount).Select(court => new SeriesRows(
        ScopeOf(court), [.. Enumerable.Range(0, WindowsPerDay).Select(slot => Point(court, day, slot))]))];

    private SeriesPoint Point(int court, int day, int slot)
    {
        var hour = slot / 12;
        var isWorking = day % 7 is not (2 or 3) && hour is >= 9 and < 18;
        var values = new long?[KpiFields.Schema.Count];
        for (var field = 0; field < values.Length; field++)
        {
            values[field] = 0;
        }

        if (isWorking)
        {
            var received = _random.Next(3) == 0 ? _random.Next(1, 4) : 0;
            var way = _random.Next(6);
            var closed = _random.Next(3) == 0 ? _random.Next(1, 4) : 0;
            _pending[court] += received - closed;
            _terminal[court] += way == 1 ? closed : 0;
            values[0] = received;
            values[1] = closed;
            values[2 + way] = closed;
            values[KpiFields.Schema.IndexOf("funds_in_fen")] = _random.Next(2) == 0 ? _random.NextInt64(50_000_000) : 0;
            values[KpiFields.Schema.IndexOf("funds_out_fen")] = _random.Next(2) == 0 ? _random.NextInt64(50_000_000) : 0;
            values[KpiFields.Schema.IndexOf("petitions_received")] = _random.Next(20) == 0 ? 1 : 0;
            values[KpiFields.Schema.IndexOf("irregular")] = _random.Next(30) == 0 ? 1 : 0;
        }

        values[KpiFields.Schema.IndexOf("pending")] = 10_000 + _pending[court];
        values[KpiFields.Schema.IndexOf("terminal")] = 5_000 + _terminal[court];
        values[KpiFields.Schema.IndexOf("overdue")] = 300 + (_pending[court] / 10);
        values[KpiFields.Schema.IndexOf("controls_lapsing")] = 40 + (day % 9);
        values[KpiFields.Schema.IndexOf("officers_on_duty")] = isWorking ? 12 + _random.Next(3) : 2;
        return new SeriesPoint(KpiCalendar.StartOf(KpiCalendar.FirstWindowOf(day) + slot), values);
    }
#pragma warning restore CA5394
}
