using CommandCenter.Domain;
using CommandCenter.Domain.Officers;
using CommandCenter.TimeSeries.Embedded;
using CommandCenter.Web.Grains;

namespace CommandCenter.Web.Watch;

/// <summary>What is asked of a partition in one turn.</summary>
/// <param name="Now">The time of the turn.</param>
/// <param name="Cases">Whether some cases are looked at.</param>
/// <param name="From">Where the look before ended.</param>
/// <param name="Day">The day on which the running pass began.</param>
/// <param name="DaysSinceWork">How many days ago the last working day was.</param>
/// <param name="CallAt">The roll-call whose answer is wanted.</param>
/// <param name="PauseDays">The working days of which the courts' longest pauses are wanted; empty when they are known.</param>
/// <param name="Hours">The working hours.</param>
internal sealed record PartitionQuestion(
    DateTimeOffset Now, bool Cases, int From, DateOnly Day, int DaysSinceWork, DateTimeOffset? CallAt, IReadOnlyList<DateOnly> PauseDays, (TimeOnly From, TimeOnly To) Hours);

/// <summary>What a partition answers; read on its thread.</summary>
/// <param name="Model">Which model answered: one that was loaded anew has its cases in other places.</param>
/// <param name="Cases">Some of its cases, when they were asked for.</param>
/// <param name="Courts">Its courts.</param>
internal sealed record PartitionLook(GrainModel Model, CaseLook? Cases, IReadOnlyList<CourtLook> Courts)
{
    /// <param name="model">The partition.</param>
    /// <param name="grains">Knows the courts.</param>
    /// <param name="seen">The model that answered last.</param>
    /// <param name="question">What is wanted.</param>
    public static PartitionLook Read(GrainModel model, GrainHost grains, GrainModel? seen, PartitionQuestion question)
    {
        var isAnother = seen is not null && !ReferenceEquals(seen, model);
        var cases = !question.Cases ? null
            : isAnother ? CaseLook.Read(model, 0, ShanghaiTime.DayOf(question.Now))
            : CaseLook.Read(model, question.From, question.Day);
        var duties = new Dictionary<int, CourtDuty>();
        foreach (var (mark, officer) in model.OfficersByCourt)
        {
            if (grains.Courts.TryFind(mark, out var court))
            {
                duties[court.Index] = duties.GetValueOrDefault(court.Index).With(officer, question);
            }
        }

        return new PartitionLook(model, cases, [.. model.Courts.Select(grain => new CourtLook(
            grain.Court.Index, grain.Version, ControlsOf(grain, ShanghaiTime.DayOf(question.Now), question.DaysSinceWork), LastFlow(grain, question.Now), duties.GetValueOrDefault(grain.Court.Index),
            question.PauseDays.Count == 0 ? null : LongestPause(grain.Windows, question.PauseDays, question.Hours)))]);
    }

    /// <summary>The longest stretch of working hours without an event that moves a figure; <see langword="null"/> when a day had none at all.</summary>
    public static TimeSpan? LongestPause(WindowSeries windows, IReadOnlyList<DateOnly> days, (TimeOnly From, TimeOnly To) hours)
    {
        var longest = 0;
        foreach (var day in days)
        {
            var next = ShanghaiTime.WindowOf(ShanghaiTime.StartOf(day) + hours.From.ToTimeSpan());
            var end = ShanghaiTime.WindowOf(ShanghaiTime.StartOf(day) + hours.To.ToTimeSpan());
            var isQuiet = true;
            for (var i = windows.IndexFrom(next); i < windows.Count && windows.Windows[i] < end; i++)
            {
                longest = Math.Max(longest, windows.Windows[i] - next);
                next = windows.Windows[i] + 1;
                isQuiet = false;
            }

            if (isQuiet)
            {
                return null;
            }

            longest = Math.Max(longest, end - next);
        }

        return TimeSpan.FromSeconds((double)longest * ShanghaiTime.WindowSeconds);
    }

    private static CourtControls ControlsOf(CourtGrain grain, DateOnly today, int daysSinceWork) => new(
        grain.Court.Index, grain.Controls.Lapsed(today), grain.Controls.LapsedWithin(today, daysSinceWork), grain.Controls.Within(today, 0),
        [.. ControlsState.Days.Select(ahead => grain.Controls.Within(today, ahead))]);

    private static DateTimeOffset? LastFlow(CourtGrain grain, DateTimeOffset now)
    {
        // An event may be dated ahead: a window that has not begun says nothing about when the court was last heard of.
        var place = grain.Windows.IndexFrom(ShanghaiTime.WindowOf(now) + 1) - 1;
        return place < 0 ? null : ShanghaiTime.StartOfWindow(grain.Windows.Windows[place]);
    }
}

/// <summary>One court of a look.</summary>
/// <param name="Court">Its index.</param>
/// <param name="Version">Raised by every event of a case of it.</param>
/// <param name="Controls">The controls of its open cases, as of the day of the look.</param>
/// <param name="LastFlowAt">The beginning of the last window in which a figure moved.</param>
/// <param name="Duty">Its officers.</param>
/// <param name="LongestPause">Of the last working days; <see langword="null"/> when not asked for, or when the court does not report every day.</param>
internal sealed record CourtLook(int Court, long Version, CourtControls Controls, DateTimeOffset? LastFlowAt, CourtDuty Duty, TimeSpan? LongestPause);

/// <summary>The officers of a court.</summary>
/// <param name="Officers">Of whom anything is known.</param>
/// <param name="OnDuty">On duty now.</param>
/// <param name="Located">On duty now, with a position of the last quarter of an hour.</param>
/// <param name="OnAtCall">Who were on duty at the roll-call.</param>
/// <param name="UnknownAtCall">Whose duty changed since: what they were then is not kept.</param>
internal readonly record struct CourtDuty(int Officers, int OnDuty, int Located, int OnAtCall, int UnknownAtCall)
{
    private static readonly TimeSpan s_positionAgeMax = TimeSpan.FromMinutes(15);

    public CourtDuty With(OfficerState officer, PartitionQuestion question)
    {
        var isKnownAtCall = question.CallAt is null || officer.DutyAt <= question.CallAt;
        return new CourtDuty(
            Officers + 1,
            OnDuty + (officer.IsOnDuty ? 1 : 0),
            Located + (officer.IsOnDuty && officer.LastPosition is not null && question.Now - officer.PositionAt <= s_positionAgeMax ? 1 : 0),
            OnAtCall + (isKnownAtCall && officer.IsOnDuty ? 1 : 0),
            UnknownAtCall + (isKnownAtCall ? 0 : 1));
    }
}
