using CommandCenter.Web.Wall;

namespace CommandCenter.Web.Replay;

/// <summary>A moment from both sides.</summary>
/// <param name="At">The moment.</param>
/// <param name="Kind">One of <see cref="MomentKind"/>.</param>
/// <param name="Shown">What the walls showed; in a gap the last picture before it.</param>
/// <param name="Gap">The gap in which the moment lies.</param>
/// <param name="Known">What is known now of the last boundary of five minutes.</param>
/// <param name="Corrections">Where both differ.</param>
internal sealed record PastMoment(
    DateTimeOffset At, string Kind, ShownPicture? Shown, HistoryGap? Gap, KnownPicture Known, CorrectionReport Corrections)
{
    /// <summary>What a replay paints: what was shown, or what is known where nothing was.</summary>
    public CityFigures Figures => Shown?.Figures ?? Known.Figures;
}

/// <summary>What there is of a moment.</summary>
internal static class MomentKind
{
    /// <summary>The walls showed a picture, and here it is.</summary>
    public const string Shown = "shown";

    /// <summary>No picture was recorded: 当时未在线.</summary>
    public const string Gap = "gap";

    /// <summary>Before the recording began: only what is known now.</summary>
    public const string NotOnTheWall = "not-on-the-wall";
}

/// <summary>Asked for a moment that has nothing to tell.</summary>
internal sealed class NoSuchMomentException(string code, string message) : Exception(message)
{
    public const string BeforeFirst = "history.before-first";
    public const string InTheFuture = "history.in-the-future";

    public string Code { get; } = code;
}

/// <summary>The past from both sides: as the walls showed it, and as it is known now.</summary>
internal sealed class TimeMachine(ShownHistory history, KnownFigures known, TimeProvider time)
{
    // What was shown up to now is a second old at most; who asks for the present gets that.
    private static readonly TimeSpan s_tolerance = TimeSpan.FromSeconds(2);

    /// <summary>A moment from both sides.</summary>
    /// <exception cref="NoSuchMomentException">It lies in the future, or before anything is known.</exception>
    public Task<PastMoment> LookAsync(DateTimeOffset at, CancellationToken cancellationToken) =>
        LookAsync(at, new HistoryCursor(history), new HistoryCursor(history), cancellationToken);

    /// <summary>The same for a replay, which goes on from where its cursors are.</summary>
    /// <param name="at">The moment.</param>
    /// <param name="pictures">Follows the moment.</param>
    /// <param name="boundaries">Follows the boundaries before it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="NoSuchMomentException">It lies in the future, or before anything is known.</exception>
    public async Task<PastMoment> LookAsync(
        DateTimeOffset at, HistoryCursor pictures, HistoryCursor boundaries, CancellationToken cancellationToken)
    {
        if (at > time.GetUtcNow() + s_tolerance)
        {
            throw new NoSuchMomentException(NoSuchMomentException.InTheFuture, "That moment has not come yet.");
        }

        var moment = pictures.MoveTo(at);
        if (moment is { Picture: null, Gap: null } && !(await known.FirstAsync(cancellationToken) <= at))
        {
            throw new NoSuchMomentException(NoSuchMomentException.BeforeFirst, "Nothing is known of that time: it is before the first event.");
        }

        var truth = await known.ReadAsync(KnownFigures.BoundaryOf(at), cancellationToken);
        var kind = moment.Gap is not null ? MomentKind.Gap : moment.Picture is null ? MomentKind.NotOnTheWall : MomentKind.Shown;
        return new PastMoment(
            at, kind, moment.Picture, moment.Gap, truth, kind == MomentKind.Shown ? Compare(at, truth, boundaries) : CorrectionReport.NotCompared);
    }

    /// <summary>The first picture after a gap.</summary>
    public ShownPicture? FirstAfter(HistoryGap gap) =>
        gap.Reason == GapReason.Now ? null : new HistoryCursor(history).MoveTo(gap.To) is { Gap: null, Picture: { } picture } ? picture : null;

    // The picture that stood there when the boundary came: the next one already counts what belongs behind it.
    private static CorrectionReport Compare(DateTimeOffset at, KnownPicture truth, HistoryCursor boundaries)
    {
        var before = boundaries.MoveTo(truth.At.AddMilliseconds(-1));
        return before is { Gap: null, Picture: { } picture } ? CorrectionReport.Of(at, picture.Figures, truth) : CorrectionReport.NotCompared;
    }
}
