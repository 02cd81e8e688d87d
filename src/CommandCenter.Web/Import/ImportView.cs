using System.Globalization;

namespace CommandCenter.Web.Import;

/// <summary>Shows an import to the person who started it.</summary>
internal interface IImportView
{
    void Begin(ImportPlan plan, long rowsBefore);

    /// <param name="rows">Rows done.</param>
    /// <param name="events">Events submitted.</param>
    /// <param name="position">How much of the file has been read, 0 to 1.</param>
    void Advance(long rows, long events, double position);

    void End(ImportReport report);
}

/// <summary>A bar with rate and remaining time on a terminal, a plain line every few seconds elsewhere.</summary>
internal sealed class ImportView(TextWriter output, bool isTerminal, bool isDryRun, TimeProvider time) : IImportView
{
    private const int BarWidth = 30;

    private static readonly TimeSpan s_barInterval = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan s_lineInterval = TimeSpan.FromSeconds(5);

    private long _started;
    private long _shown;
    private long _rowsBefore;
    private double? _positionBefore;
    private int _width;

    public void Begin(ImportPlan plan, long rowsBefore)
    {
        _started = _shown = time.GetTimestamp();
        _rowsBefore = rowsBefore;
        output.WriteLine($"{plan.File.Path} by the map '{plan.Mapping.Name}' into {plan.Target}");
        if (rowsBefore > 0)
        {
            output.WriteLine($"An earlier run did {Count(rowsBefore)} rows; going on from there (--from-start would send all again).");
        }
    }

    public void Advance(long rows, long events, double position)
    {
        _positionBefore ??= _rowsBefore == 0 ? 0 : position;
        if (time.GetElapsedTime(_shown) < (isTerminal ? s_barInterval : s_lineInterval))
        {
            return;
        }

        _shown = time.GetTimestamp();
        var seconds = time.GetElapsedTime(_started).TotalSeconds;
        var rate = (rows - _rowsBefore) / seconds;
        var part = (position - _positionBefore.Value) / Math.Max(1 - _positionBefore.Value, 1e-9);
        var left = part > 0.001 ? $"{Duration(seconds * (1 - part) / part)} left" : "";
        var figures = string.Create(
            CultureInfo.InvariantCulture, $"{position * 100,3:0} %  {Count(rows)} rows  {Count((long)rate)} rows/s  {left}");
        if (!isTerminal)
        {
            output.WriteLine(figures);
            return;
        }

        var filled = (int)(Math.Clamp(position, 0, 1) * BarWidth);
        var line = $"[{new string('#', filled)}{new string('.', BarWidth - filled)}] {figures}";
        output.Write("\r" + line.PadRight(_width));
        _width = line.Length;
    }

    public void End(ImportReport report)
    {
        if (_width > 0)
        {
            output.Write("\r" + new string(' ', _width) + "\r");
        }

        var seconds = report.Elapsed.TotalSeconds;
        output.WriteLine(isDryRun ? "Dry run; nothing was kept. An import would give:" : "Done.");
        output.WriteLine($"  rows        {Count(report.Rows)} of {Count(report.Cases)} cases{Before(report)}");
        if (report.Ignored > 0)
        {
            output.WriteLine($"  left out    {Count(report.Ignored)} rows that the map ignores, with its reasons");
        }

        output.WriteLine($"  events      {Count(report.Events)}");
        output.WriteLine($"  accepted    {Count(report.Accepted)}");
        output.WriteLine($"  duplicates  {Count(report.Duplicates)}");
        output.WriteLine($"  rejected    {Count(report.RejectedCount)}");
        foreach (var (code, count) in report.Rejected.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal))
        {
            output.WriteLine($"    {code}  {Count(count)}");
        }

        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"  {seconds:0.0} s, {Count((long)(report.EventsThisRun / Math.Max(seconds, 0.001)))} events/s"));
    }

    private static string Before(ImportReport report) =>
        report.RowsBefore > 0 ? $" ({Count(report.RowsBefore)} by an earlier run)" : "";

    private static string Count(long value) => value.ToString("#,0", CultureInfo.InvariantCulture);

    private static string Duration(double seconds) =>
        TimeSpan.FromSeconds(Math.Min(seconds, 359_999)).ToString(seconds < 3600 ? @"m\:ss" : @"h\:mm\:ss", CultureInfo.InvariantCulture);
}
