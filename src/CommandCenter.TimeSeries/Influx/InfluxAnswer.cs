namespace CommandCenter.TimeSeries.Influx;

/// <summary>What an answer means for the lines that were sent.</summary>
public enum InfluxVerdict
{
    /// <summary>204: they are in.</summary>
    Accepted,

    /// <summary>400 or 422: at least one of them will never be taken as it is.</summary>
    Refused,

    /// <summary>413: too many at once.</summary>
    TooLarge,

    /// <summary>Anything else, or no answer: nothing is known; send them again later.</summary>
    Later,
}

/// <summary>An answer to a write.</summary>
/// <param name="Verdict">What it means.</param>
/// <param name="Status">HTTP status; 0 when there was no answer.</param>
/// <param name="Reason">What the server said, shortened.</param>
/// <param name="RetryAfter">How long the server asks us to wait.</param>
public sealed record InfluxAnswer(InfluxVerdict Verdict, int Status, string? Reason, TimeSpan? RetryAfter)
{
    /// <summary>Reads the meaning of a status.</summary>
    /// <remarks>401, 403 and 404 are faults of the set-up, not of the lines: a person will put them right, and then the lines are good.</remarks>
    public static InfluxVerdict VerdictOf(int status) => status switch
    {
        204 => InfluxVerdict.Accepted,
        400 or 422 => InfluxVerdict.Refused,
        413 => InfluxVerdict.TooLarge,
        _ => InfluxVerdict.Later,
    };
}

/// <summary>A query that InfluxDB answered with an error or not at all.</summary>
public sealed class InfluxException(string message, Exception? innerException) : Exception(message, innerException);
