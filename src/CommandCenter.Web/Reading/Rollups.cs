using CommandCenter.Domain;
using CommandCenter.Domain.Indicators;
using CommandCenter.TimeSeries.Embedded;
using CommandCenter.Web.Access;
using CommandCenter.Web.Grains;
using CommandCenter.Web.Hosting;
using CommandCenter.Web.Series;

namespace CommandCenter.Web.Reading;

/// <summary>One window. A window in which nothing happened is left out; its pending is that of the window before.</summary>
internal sealed record RollupPoint(
    DateTimeOffset T, long Received, long Closed, long Pending, long FundsInFen, long FundsOutFen, long TransferredIn, long TransferredOut, long TerminalStock);

/// <summary>A series of windows.</summary>
internal sealed record RollupSeries(string Scope, string Step, DateTimeOffset AsOf, string Identity, IReadOnlyList<RollupPoint> Points);

/// <summary><c>GET /api/v1/rollups</c>: windows of event time, <c>[t, t+step)</c>.</summary>
internal sealed class Rollups(GrainHost grains, TimeProvider time)
{
    private const int PointsMax = 200_000;
    private const int YearMin = 1992;
    private static readonly TimeSpan s_defaultSpan = TimeSpan.FromDays(1);

    /// <summary>Answers a request.</summary>
    public async Task<IResult> GetAsync(Viewer viewer, string? scope, string? from, string? to, string? step, CancellationToken cancellationToken)
    {
        if (!Scopes.TryFind(viewer, grains.Courts, scope, out var court, out var problem))
        {
            return problem;
        }

        var until = time.GetUtcNow();
        if (to is not null && !TryInstant(to, out until))
        {
            return Bad("to", "a time such as 2017-09-01T00:00:00+08:00");
        }

        if (until.Year is < YearMin or > 9990)
        {
            return Bad("to", $"in {YearMin} or later");
        }

        var since = until - s_defaultSpan;
        if (from is not null && !TryInstant(from, out since))
        {
            return Bad("from", "a time such as 2017-09-01T00:00:00+08:00");
        }

        if (since > until)
        {
            return Bad("from", "not after to");
        }

        step ??= "5m";
        if (step is not ("5m" or "1h" or "1d"))
        {
            return Bad("step", "5m, 1h or 1d");
        }

        var mask = Scopes.Mask(grains.Courts, court);
        if (since.Year < YearMin)
        {
            return Bad("from", $"in {YearMin} or later");
        }

        var (first, last) = (FirstWindow(since, step), LastWindow(until, step));
        var asOf = time.GetUtcNow();
        var parts = await grains.AskScopeAsync(court, model => Read(model, mask, first, last, step), cancellationToken);
        var points = Points(parts);
        return points is null
            ? Problems.Of(StatusCodes.Status400BadRequest, "query.too-many-points", $"More than {PointsMax} windows; take a longer step or a shorter time.")
            : Results.Ok(new RollupSeries(court.Mark, step, asOf, IdentityOf(parts, points), points));
    }

    private static Part Read(GrainModel model, bool[] mask, int first, int last, string step)
    {
        var before = new long[Flows.ColumnCount];
        var windows = new SortedDictionary<long, long[]>();
        IdentityFault? fault = null;
        foreach (var grain in model.Courts)
        {
            if (!mask[grain.Court.Index])
            {
                continue;
            }

            fault ??= grain.Check();
            // Up to the first day by days and on it by windows: years of windows are never added up on the partition's thread.
            var day = KpiCalendar.DayOf(first);
            grain.Days.AddTo(int.MinValue, day, before);
            grain.Windows.AddTo(KpiCalendar.FirstWindowOf(day), first, before);
            var isTooMany = step == "1d"
                ? !Collect(grain.Days, day, KpiCalendar.DayOf(last), static day => KpiCalendar.StartOf(KpiCalendar.FirstWindowOf(day)), windows)
                : !Collect(grain.Windows, first, last, window => StartOf(window, step), windows);
            if (isTooMany)
            {
                break; // The answer will be a refusal.
            }
        }

        return new Part(before, windows, fault);
    }

    private static bool Collect(WindowSeries series, int from, int to, Func<int, long> startOf, SortedDictionary<long, long[]> windows)
    {
        for (var i = series.IndexFrom(from); i < series.Count && series.Windows[i] < to; i++)
        {
            var start = startOf(series.Windows[i]);
            if (!windows.TryGetValue(start, out var sums))
            {
                if (windows.Count > PointsMax)
                {
                    return false;
                }

                windows.Add(start, sums = new long[Flows.ColumnCount]);
            }

            series.AddTo(i, sums);
        }

        return true;
    }

    private static List<RollupPoint>? Points(Part[] parts)
    {
        var running = new long[Flows.ColumnCount];
        foreach (var part in parts)
        {
            Add(part.Before, running);
        }

        var starts = parts.SelectMany(part => part.Windows.Keys).Distinct().Order().ToArray();
        if (starts.Length > PointsMax)
        {
            return null;
        }

        var points = new List<RollupPoint>(starts.Length);
        foreach (var start in starts)
        {
            var window = new long[Flows.ColumnCount];
            foreach (var part in parts)
            {
                if (part.Windows.TryGetValue(start, out var sums))
                {
                    Add(sums, window);
                }
            }

            Add(window, running);
            var load = new Caseload(window);
            var total = new Caseload(running);
            points.Add(new RollupPoint(
                DateTimeOffset.FromUnixTimeSeconds(start), load.Received, load.Closed, total.PendingGrowth, load.FundsInFen, load.FundsOutFen,
                load.TransferredIn, load.TransferredOut, total.TerminalGrowth));
        }

        return points;
    }

    private static string IdentityOf(Part[] parts, List<RollupPoint> points) =>
        parts.Select(part => part.Fault).FirstOrDefault(fault => fault is not null)?.ToString()
        ?? (points.Exists(point => point.Pending < 0) ? "pending below zero" : "holds");

    private static void Add(long[] from, long[] to)
    {
        for (var column = 0; column < to.Length; column++)
        {
            to[column] = checked(to[column] + from[column]);
        }
    }

    // Hours and days begin where they begin in Shanghai.
    private static long StartOf(int window, string step)
    {
        var start = (long)window * ShanghaiTime.WindowSeconds;
        var offset = (long)ShanghaiTime.Offset.TotalSeconds;
        return start - ((start + offset) % LengthOf(step));
    }

    // A point is a whole window however the question cuts it: an hour or a day of which a part is left out would be another figure
    // under the same name.
    private static int FirstWindow(DateTimeOffset since, string step) =>
        (int)(StartOf(ShanghaiTime.WindowOf(since), step) / ShanghaiTime.WindowSeconds);

    private static int LastWindow(DateTimeOffset until, string step)
    {
        var start = FirstWindow(until, step);
        return ShanghaiTime.StartOfWindow(start) == until ? start : start + (LengthOf(step) / ShanghaiTime.WindowSeconds);
    }

    private static int LengthOf(string step) => step switch
    {
        "1h" => 3600,
        "1d" => 86_400,
        _ => ShanghaiTime.WindowSeconds,
    };

    private static bool TryInstant(string text, out DateTimeOffset at) =>
        Intake.Rfc3339.TryParse(System.Text.Encoding.UTF8.GetBytes(text), out at);

    private static IResult Bad(string name, string wanted) =>
        Problems.Of(StatusCodes.Status400BadRequest, "query.bad-" + name, $"{name} must be {wanted}.");

    private sealed record Part(long[] Before, SortedDictionary<long, long[]> Windows, IdentityFault? Fault);
}
