using System.Globalization;
using CommandCenter.TimeSeries;
using CommandCenter.TimeSeries.Embedded;
using CommandCenter.Web.Access;
using CommandCenter.Web.Grains;
using CommandCenter.Web.Hosting;
using CommandCenter.Web.Reading;

namespace CommandCenter.Web.Series;

/// <summary>A piece of a time series. A value that is <see langword="null"/> is unknown; a window without a point had nothing to count and nobody to sample.</summary>
/// <param name="Scope">Court mark, or mark and <c>.own</c>.</param>
/// <param name="Step">5m, 1h or 1d.</param>
/// <param name="AsOf">When the store was last equal to the figures.</param>
/// <param name="Fields">Names of the columns of <paramref name="Points"/> after the first.</param>
/// <param name="Points">Unix time in seconds, then one value a field.</param>
internal sealed record SeriesAnswer(string Scope, string Step, DateTimeOffset? AsOf, IReadOnlyList<string> Fields, IReadOnlyList<long?[]> Points);

/// <summary><c>GET /api/v1/series</c>: everything that is kept of a court, an area or the city, years of it, from the embedded store.</summary>
internal sealed class SeriesReading(GrainHost grains, SeriesStore store, SeriesFeeder feeder, TimeProvider time)
{
    private const int PointsMax = 200_000;

    public IResult Get(Viewer viewer, string? scope, string? from, string? to, string? step)
    {
        var name = scope ?? ViewScope.Of(viewer, grains.Courts).Find(null).Court?.Mark ?? "";
        var mark = name.EndsWith(KpiScopes.OwnSuffix, StringComparison.Ordinal) ? name[..^KpiScopes.OwnSuffix.Length] : name;
        if (!Scopes.TryFind(viewer, grains.Courts, mark, out _, out var problem))
        {
            return problem;
        }

        if (StepOf(step) is not { } stepSize)
        {
            return Bad("step", "5m, 1h or 1d");
        }

        var until = time.GetUtcNow();
        if (to is not null && !TryInstant(to, out until))
        {
            return Bad("to", "a time such as 2017-09-01T00:00:00+08:00");
        }

        var since = until.Year > 1 ? until - TimeSpan.FromDays(1) : until;
        if (from is not null && !TryInstant(from, out since))
        {
            return Bad("from", "a time such as 2017-09-01T00:00:00+08:00");
        }

        if (since > until)
        {
            return Bad("from", "not after to");
        }

        if ((until - since).TotalSeconds / stepSize.Seconds() > PointsMax)
        {
            return Problems.Of(StatusCodes.Status400BadRequest, "query.too-many-points", $"More than {PointsMax} windows; take a longer step or a shorter time.");
        }

        var points = store.Read(stepSize, name, since.ToUnixTimeSeconds(), until.ToUnixTimeSeconds());
        return Results.Ok(new SeriesAnswer(
            name, step ?? "5m", feeder.State.AsOf, [.. store.Schema.Fields.Select(static field => field.Name)],
            [.. points.Select(static point => (long?[])[point.T, .. point.Values])]));
    }

    /// <summary>A time in Shanghai as people read it.</summary>
    public static string Text(DateTimeOffset at) =>
        at.ToOffset(Domain.ShanghaiTime.Offset).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    private static SeriesStep? StepOf(string? step) => step switch
    {
        null or "5m" => SeriesStep.FiveMinutes,
        "1h" => SeriesStep.Hour,
        "1d" => SeriesStep.Day,
        _ => null,
    };

    private static bool TryInstant(string text, out DateTimeOffset at) => Intake.Rfc3339.TryParse(System.Text.Encoding.UTF8.GetBytes(text), out at);

    private static IResult Bad(string name, string wanted) =>
        Problems.Of(StatusCodes.Status400BadRequest, "query.bad-" + name, $"{name} must be {wanted}.");
}
