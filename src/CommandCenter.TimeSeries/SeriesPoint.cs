namespace CommandCenter.TimeSeries;

/// <summary>One point of one series.</summary>
/// <param name="T">The first second of its window, Unix time.</param>
/// <param name="Values">
/// One value a field, in the order of the schema. <see langword="null"/> is unknown, never zero; when written it leaves what is stored as it is.
/// </param>
public sealed record SeriesPoint(long T, long?[] Values);

/// <summary>Points of one scope, in order of time.</summary>
/// <param name="Scope">What they count: a tag value, such as the mark of a court.</param>
/// <param name="Points">No two have the same time.</param>
public sealed record SeriesRows(string Scope, IReadOnlyList<SeriesPoint> Points);

/// <summary>How much time a point covers.</summary>
public enum SeriesStep
{
    /// <summary>Five minutes: what is written.</summary>
    FiveMinutes,

    /// <summary>An hour, counted from the five minutes.</summary>
    Hour,

    /// <summary>A calendar day, counted from the hours.</summary>
    Day,
}

/// <summary>Lengths and names of the steps.</summary>
public static class SeriesSteps
{
    /// <summary>All steps, the shortest first.</summary>
    public static IReadOnlyList<SeriesStep> All { get; } = [SeriesStep.FiveMinutes, SeriesStep.Hour, SeriesStep.Day];

    /// <summary>Length in seconds.</summary>
    public static int Seconds(this SeriesStep step) => step switch
    {
        SeriesStep.FiveMinutes => 300,
        SeriesStep.Hour => 3_600,
        SeriesStep.Day => 86_400,
        _ => throw new ArgumentOutOfRangeException(nameof(step), step, "There is no such step."),
    };

    /// <summary>The InfluxDB measurement: <c>kpi</c>, <c>kpi_1h</c>, <c>kpi_1d</c>.</summary>
    public static string Measurement(this SeriesStep step) => step switch
    {
        SeriesStep.FiveMinutes => "kpi",
        SeriesStep.Hour => "kpi_1h",
        SeriesStep.Day => "kpi_1d",
        _ => throw new ArgumentOutOfRangeException(nameof(step), step, "There is no such step."),
    };
}

/// <summary>What both stores are for a reader: the embedded one and InfluxDB answer alike.</summary>
public interface ISeriesReader
{
    /// <summary>The points of a scope whose windows begin in <c>[since, until)</c>, in order. A window of which nothing is known is left out.</summary>
    /// <param name="stepSize">Which of the three series.</param>
    /// <param name="scope">The tag value.</param>
    /// <param name="since">Unix time in seconds.</param>
    /// <param name="until">Unix time in seconds, not included.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<IReadOnlyList<SeriesPoint>> ReadAsync(SeriesStep stepSize, string scope, long since, long until, CancellationToken cancellationToken);
}
