namespace CommandCenter.Web.Hosting;

/// <summary>How the server runs. Bound from the command line by <see cref="ServeCommand"/>.</summary>
internal sealed class ServeOptions
{
    /// <summary>Where the data lives.</summary>
    public string DataDirectory { get; set; } = "data";

    /// <summary>Folder of <c>courts.json</c>, <c>nodes.json</c>, walls and imports.</summary>
    public string ConfigDirectory { get; set; } = "wallboard-config";

    /// <summary>Where to listen; port 0 takes a free one.</summary>
    public string Urls { get; set; } = "http://127.0.0.1:8080";

    /// <summary>Partitions of a new data directory, 1 to 64; <see langword="null"/> takes what the directory has, 4 when it is new.</summary>
    public int? PartitionCount { get; set; }

    /// <summary>Events that may wait per partition; more are answered 429. At least what one request may hold; default 65,536.</summary>
    public int QueueLengthMax { get; set; } = 65_536;

    /// <summary>How long a client may take for the head of a request; default 10 s.</summary>
    public TimeSpan RequestHeadTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a body may stay below 240 bytes a second before it is given up; more than 1 s, default 5 s.</summary>
    public TimeSpan RequestBodyGrace { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The least important lines that are logged.</summary>
    public LogLevel LogLevelMin { get; set; } = LogLevel.Information;

    /// <summary>The figures are made up; every screen says so.</summary>
    public bool Demonstration { get; set; }
}
