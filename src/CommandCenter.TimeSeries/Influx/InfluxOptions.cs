namespace CommandCenter.TimeSeries.Influx;

/// <summary>Where an InfluxDB is and who we are there.</summary>
public sealed record InfluxOptions
{
    /// <summary>Base address, such as <c>http://127.0.0.1:8086</c>.</summary>
    public required Uri Address { get; init; }

    /// <summary>Database of 1.x; of 2.x and 3 the name that its 1.x compatibility maps to a bucket.</summary>
    public required string Database { get; init; }

    /// <summary>User of 1.x, any name for 2.x and 3; <see langword="null"/> sends no credentials.</summary>
    public string? User { get; init; }

    /// <summary>Password of 1.x, token of 2.x and 3.</summary>
    public string? Password { get; init; }

    /// <summary>How long one request may take; default 15 s.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Hours and days taken at a time; an hour brings up to twelve five-minute points. Default 400.</summary>
    public int RowsPerPageMax { get; init; } = 400;

    /// <summary>Lines of one request; halved when the server says 413. Default 5,000.</summary>
    public int LinesPerRequestMax { get; init; } = 5_000;

    /// <summary>When so many points were refused, the next refusal stops delivery instead of adding to them. Default 100,000.</summary>
    public int DeadLettersMax { get; init; } = 100_000;

    /// <summary>First pause after a failure; doubles with each. Default 0.1 s.</summary>
    public TimeSpan PauseMin { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Longest pause that we choose ourselves. Default 30 s.</summary>
    public TimeSpan PauseMax { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Longest pause that a <c>Retry-After</c> may ask for. Default 1 h.</summary>
    public TimeSpan RetryAfterMax { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How often an idle shipper looks for changes. Default 1 s.</summary>
    public TimeSpan IdlePause { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>What the cursor belongs to, without credentials.</summary>
    public string Target => $"{Address.GetLeftPart(UriPartial.Path).TrimEnd('/')} {Database}";

    /// <summary>The target; a password must not reach a log by accident.</summary>
    public override string ToString() => Target;
}
