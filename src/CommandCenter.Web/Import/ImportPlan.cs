using CommandCenter.Web.Import.Logs;
using CommandCenter.Web.Import.Mapping;

namespace CommandCenter.Web.Import;

/// <summary>What is to be imported, and where its traces go.</summary>
internal sealed record ImportPlan
{
    public required LogFile File { get; init; }

    /// <summary>SHA-256 of <see cref="File"/>, in hex.</summary>
    public required string FileSha256 { get; init; }

    public required ImportMapping Mapping { get; init; }

    /// <summary>The one court of all cases, or <see langword="null"/> to spread them as the mapping says.</summary>
    public string? Court { get; init; }

    /// <summary>Where the events go, for people and to recognise an interrupted run: a data directory or a server.</summary>
    public required string Target { get; init; }

    /// <summary>Where an interrupted run finds its place, or <see langword="null"/> to keep none (dry run).</summary>
    public string? ProgressPath { get; init; }

    /// <summary>Where refused rows go, or <see langword="null"/> for nowhere (dry run).</summary>
    public string? QuarantinePath { get; init; }

    /// <summary>Leaves an earlier run's place unread.</summary>
    public bool FromStart { get; init; }
}

/// <summary>What an import did; counts of an interrupted run and its continuation add up.</summary>
internal sealed record ImportReport
{
    /// <summary>Rows of the log.</summary>
    public long Rows { get; init; }

    /// <summary>Rows that an earlier, interrupted run had done.</summary>
    public long RowsBefore { get; init; }

    /// <summary>Rows left out on purpose, by the mapping.</summary>
    public long Ignored { get; init; }

    public long Cases { get; init; }

    /// <summary>Events submitted.</summary>
    public long Events { get; init; }

    public long Accepted { get; init; }

    public long Duplicates { get; init; }

    /// <summary>Refused rows and events by code.</summary>
    public required IReadOnlyDictionary<string, long> Rejected { get; init; }

    /// <summary>Time of this run only.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>Events submitted by this run only.</summary>
    public long EventsThisRun { get; init; }

    public long RejectedCount => Rejected.Values.Sum();
}
