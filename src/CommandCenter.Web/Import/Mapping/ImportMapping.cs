using System.Collections.Frozen;

namespace CommandCenter.Web.Import.Mapping;

/// <summary>A mapping file, checked and compiled: how the rows of one kind of log become events.</summary>
internal sealed class ImportMapping
{
    /// <summary>Name of the map, the first part of every event id.</summary>
    public required string Name { get; init; }

    /// <summary>SHA-256 of the mapping file, in hex. Another text may map otherwise, so it starts an import anew.</summary>
    public required string Sha256 { get; init; }

    public required LogInput Input { get; init; }

    /// <summary>Marks of the courts among which cases are spread.</summary>
    public required IReadOnlyList<string> Courts { get; init; }

    /// <summary>The case number.</summary>
    public required Template Number { get; init; }

    /// <summary>Who is named as the actor.</summary>
    public required DataField By { get; init; }

    public required int ValueCount { get; init; }

    /// <summary>Nodes that are counted, by name; the position is the counter.</summary>
    public required IReadOnlyList<string> CountedNodes { get; init; }

    public required FrozenDictionary<string, ActivityRule> Activities { get; init; }

    /// <summary>Activities left out on purpose, each with its reason.</summary>
    public required FrozenDictionary<string, string> Ignored { get; init; }

    public required CloseRule? CloseWhen { get; init; }

    /// <summary>The most events that one row can make: those of its activity, a revocation and a closing.</summary>
    public int LinesPerRowMax => field > 0 ? field : field = Activities.Values.Max(rule => rule.Events.Length) + 2;

    /// <summary>All columns that the mapping reads.</summary>
    public required IReadOnlyList<string> Columns { get; init; }
}

/// <summary>Where in a log the case, the activity, the time and the order stand.</summary>
/// <param name="IsXes">XES, else CSV.</param>
/// <param name="Delimiter">CSV only: one character.</param>
/// <param name="CaseColumn">The log's own case id.</param>
/// <param name="ActivityColumns">Joined by + when there are several, such as <c>W_Valideren aanvraag+START</c>.</param>
/// <param name="TimeColumn">RFC 3339 with an offset.</param>
/// <param name="SequenceColumn">A whole number that orders equal times; <see langword="null"/>: the order of the file.</param>
/// <param name="Absent">Texts that mean "no value", besides the empty one.</param>
internal sealed record LogInput(
    bool IsXes,
    char Delimiter,
    int CaseColumn,
    int[] ActivityColumns,
    int TimeColumn,
    int? SequenceColumn,
    FrozenSet<string> Absent);

/// <summary>What one activity does: first its changes of the running values, then its events.</summary>
internal sealed record ActivityRule(ValueChange[] Changes, EventRule[] Events, bool MayClose);

/// <summary>Sets or adds to a running value the amount of a column.</summary>
internal sealed record ValueChange(int Value, int Column, string ColumnName, bool IsAdded);

/// <summary>One event of an activity.</summary>
/// <param name="Type">Such as <c>case.node</c>.</param>
/// <param name="Data">Its data, in the order of the mapping file.</param>
/// <param name="WhenPresent">Only if this column has a value.</param>
/// <param name="WhenChanged">Only if the row changed this sum.</param>
/// <param name="Effect">What it does to our picture of the case.</param>
internal sealed record EventRule(string Type, DataField[] Data, int? WhenPresent, FenSum? WhenChanged, CaseEffect Effect);

internal enum CaseEffect
{
    None,
    Closes,
    Reopens,
}

/// <summary>Derives closings that the log does not name: closed when one value reaches another, revoked when it falls short again.</summary>
internal sealed record CloseRule(FenSum Value, FenSum Reaches, DataField Way, DataField RevokeReason);
