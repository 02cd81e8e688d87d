using CommandCenter.Web.Recount;
using CommandCenter.Web.Wall;

namespace CommandCenter.Web.Replay;

/// <summary>What the walls showed at an instant.</summary>
/// <param name="At">When it was on the walls, to the millisecond.</param>
/// <param name="Figures">The figures of all courts.</param>
/// <param name="Parts">What else was on them, by the names of parts.</param>
internal sealed record ShownPicture(DateTimeOffset At, CityFigures Figures, IReadOnlyDictionary<string, ShownPart> Parts)
{
    public static IReadOnlyDictionary<string, ShownPart> NoParts { get; } = new Dictionary<string, ShownPart>(StringComparer.Ordinal);

    /// <summary>What every block of the recording starts from.</summary>
    public static CityFigures Nothing { get; } =
        new(0, DateTimeOffset.UnixEpoch, [], [], [], [], new ProofMark(ProofMark.Unknown, null, null), [], Demonstration: false);
}

/// <summary>A part of the walls that is not read from the figures, as it travelled to them in either language.</summary>
/// <param name="Name">Its name in frames.</param>
/// <param name="Zh">One JSON value.</param>
/// <param name="En">One JSON value.</param>
internal sealed record ShownPart(string Name, ReadOnlyMemory<byte> Zh, ReadOnlyMemory<byte> En)
{
    public ReadOnlyMemory<byte> In(WallLanguage language) => language == WallLanguage.En ? En : Zh;

    public bool Equals(ShownPart? other) =>
        other is not null && Name == other.Name && Zh.Span.SequenceEqual(other.Zh.Span) && En.Span.SequenceEqual(other.En.Span);

    public override int GetHashCode() => HashCode.Combine(Name, Zh.Length, En.Length);
}

/// <summary>Time that nobody recorded.</summary>
/// <param name="From">The last picture before it; that one is recorded.</param>
/// <param name="To">The first picture after it; that one is recorded too.</param>
/// <param name="Reason">One of <see cref="GapReason"/>.</param>
internal sealed record HistoryGap(DateTimeOffset From, DateTimeOffset To, string Reason);

/// <summary>Why there is no picture.</summary>
internal static class GapReason
{
    /// <summary>The server was not running.</summary>
    public const string Stopped = "stopped";

    /// <summary>The walls went on, and the recording could not be written.</summary>
    public const string NotWritten = "not-written";

    /// <summary>The server was running and nothing of it moved: a machine that slept, or one that was overloaded.</summary>
    public const string Silent = "silent";

    /// <summary>The recording was damaged and put aside.</summary>
    public const string Damaged = "damaged";

    /// <summary>The recording has stopped and has not come back yet.</summary>
    public const string Now = "now";
}

/// <summary>Something that a person who looks back wants to find.</summary>
/// <param name="At">When the walls first showed it.</param>
/// <param name="Kind">One of the constants.</param>
/// <param name="Detail">The cell, the partition or the reason; for all languages.</param>
internal sealed record NotableEvent(DateTimeOffset At, string Kind, string Detail)
{
    public const string RecountDiffers = "recount-differs";
    public const string RecountAgrees = "recount-agrees";
    public const string IdentityViolated = "identity-violated";
    public const string IdentityHolds = "identity-holds";
    public const string PartitionStopped = "partition-stopped";
    public const string PartitionBack = "partition-back";

    /// <summary>What begins or ends between two pictures.</summary>
    public static IEnumerable<NotableEvent> Between(CityFigures before, CityFigures after, DateTimeOffset at)
    {
        if (before.Proof.State != after.Proof.State)
        {
            if (after.Proof.State == ProofMark.Violated)
            {
                yield return new NotableEvent(at, IdentityViolated, after.Proof.Cell ?? "");
            }
            else if (before.Proof.State == ProofMark.Violated)
            {
                yield return new NotableEvent(at, IdentityHolds, "");
            }
        }

        var (first, differed) = (after.Recount.Differences.FirstOrDefault(), before.Recount.Differences.Any());
        if (first is not null && !differed)
        {
            yield return new NotableEvent(at, RecountDiffers, FormattableString.Invariant($"{first.Court} {first.Figure}: {first.Shown} ≠ {first.Counted}"));
        }
        else if (first is null && differed && after.Recount.Partitions.Any(static partition => partition.State == RecountState.Proved))
        {
            yield return new NotableEvent(at, RecountAgrees, "");
        }

        foreach (var stopped in after.Stopped.Where(one => before.Stopped.All(other => other.Index != one.Index)))
        {
            yield return new NotableEvent(at, PartitionStopped, FormattableString.Invariant($"#{stopped.Index} {stopped.Reason}"));
        }

        foreach (var back in before.Stopped.Where(one => after.Stopped.All(other => other.Index != one.Index)))
        {
            yield return new NotableEvent(at, PartitionBack, FormattableString.Invariant($"#{back.Index}"));
        }
    }
}
