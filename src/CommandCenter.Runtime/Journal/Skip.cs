using System.Globalization;

namespace CommandCenter.Runtime.Journal;

/// <summary>What kind of thing is passed over. Stored by number, so a command that calls itself <c>record:5</c> stays a command.</summary>
internal enum SkipKind
{
    /// <summary>Stopped by nothing that can be named; loading again is all there is.</summary>
    None = 0,
    Command = 1,
    Record = 2,
    Row = 3,
    Gap = 4,
}

/// <summary>A poison command, record or row that is passed over for ever, and who said so.</summary>
/// <param name="Sequence">Running number in the partition, from 1. Skips are only ever added, so a number stands for a set.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Key">Which one it is; ends in a position unless it is a command.</param>
/// <param name="Reason">Why, in a person's words.</param>
/// <param name="By">Who decided it.</param>
/// <param name="At">When.</param>
internal sealed record Skip(long Sequence, SkipKind Kind, string Key, string Reason, string By, DateTimeOffset At)
{
    /// <summary>Position of the record or first position of the row whose effect is left out; null when no record is.</summary>
    public long? Position => Kind is SkipKind.Record or SkipKind.Row
        ? long.Parse(Key.AsSpan(Key.LastIndexOf(':') + 1), CultureInfo.InvariantCulture)
        : null;

    public static string KeyOf(SkipKind kind, long position) => kind switch
    {
        SkipKind.Record => $"record:{position}",
        SkipKind.Row => $"row:{position}",
        SkipKind.Gap => $"gap:{position}",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Only what lies in the journal has a position."),
    };
}
