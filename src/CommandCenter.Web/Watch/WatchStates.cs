using System.Collections.Immutable;
using CommandCenter.Domain.Cases;

namespace CommandCenter.Web.Watch;

/// <summary>查控到期 of all courts.</summary>
/// <param name="Today">The day in Shanghai from which days are counted.</param>
/// <param name="CountedSince">For <paramref name="Lapsing"/> no case was looked at earlier, to the minute; <see langword="null"/> until all were looked at once.</param>
/// <param name="Courts">Every court, in the order of the tree, counted with every event; empty while nothing is known.</param>
/// <param name="Lapsing">What lapses first, at most <see cref="CaseLook.LapsingMax"/>.</param>
internal sealed record ControlsState(
    DateOnly Today, DateTimeOffset? CountedSince, ValueList<CourtControls> Courts, ValueList<LapsingControl> Lapsing)
{
    /// <summary>The days ahead that walls may show; the warning days of a control and two of a time limit.</summary>
    public static readonly ImmutableArray<int> Days = [1, 3, 7, 15, 30, 60];

    /// <summary>The days ahead that the time series keeps; one of <see cref="Days"/>.</summary>
    public const int SeriesDays = 30;
}

/// <summary>查控到期 of one court: controls of its open and suspended cases.</summary>
/// <param name="Court">Its index.</param>
/// <param name="Lapsed">Last day past, case open.</param>
/// <param name="LapsedLately">Of those, since the last working day: a desk has not seen them yet.</param>
/// <param name="Today">Last day today.</param>
/// <param name="Within">Last day within each of <see cref="ControlsState.Days"/>, today included.</param>
internal sealed record CourtControls(int Court, long Lapsed, long LapsedLately, long Today, ValueList<long> Within)
{
    /// <summary>Last day within so many days, which are one of <see cref="ControlsState.Days"/>.</summary>
    public long WithinDays(int days) => Within[ControlsState.Days.IndexOf(days)];
}

/// <summary>待发案款 of all courts.</summary>
/// <param name="CountedSince">As in <see cref="ControlsState"/>.</param>
/// <param name="Total">All of it.</param>
/// <param name="UpTo15">Received up to 15 days ago.</param>
/// <param name="UpTo30">16 to 30 days ago.</param>
/// <param name="Over30">Longer ago: what 法发〔2017〕6号 wants disbursed.</param>
/// <param name="Undated">The dates of these receipts are still being looked up, or cannot be.</param>
/// <param name="IsSearching">They are still being looked up.</param>
/// <param name="Oldest">The cases that wait longest, at most <see cref="OldestMax"/>.</param>
internal sealed record WaitingState(
    DateTimeOffset? CountedSince, WaitingSum Total, WaitingSum UpTo15, WaitingSum UpTo30, WaitingSum Over30, WaitingSum Undated, bool IsSearching,
    ValueList<WaitingItem> Oldest)
{
    public const int OldestMax = 24;

    public static readonly WaitingState None = new(null, default, default, default, default, default, IsSearching: true, []);
}

/// <summary>Money that waits. Every fen has its own age; a case counts once, with its oldest money.</summary>
internal readonly record struct WaitingSum(long Cases, long Fen)
{
    public WaitingSum And(long cases, long fen) => checked(new WaitingSum(Cases + cases, Fen + fen));
}

/// <summary>A case in which money waits.</summary>
/// <param name="Court">Its court's index.</param>
/// <param name="Number">The case.</param>
/// <param name="Fen">All that waits in it.</param>
/// <param name="Since">When the oldest of it came.</param>
/// <param name="Days">Days since.</param>
internal sealed record WaitingItem(int Court, CaseNumber Number, long Fen, DateOnly Since, int Days);

/// <summary>点名: which courts are here.</summary>
/// <param name="Now">Every court, in the order of the tree; <see langword="null"/> where its partition has not answered yet.</param>
/// <param name="Calls">The roll-calls of today that are past, in order.</param>
/// <param name="Next">The next one.</param>
/// <param name="IsWorkingDay">Whether courts work today.</param>
/// <param name="IsCalendarKnown">Whether the holidays of this year are known.</param>
internal sealed record RollCallState(
    ValueList<CourtPresence?> Now, ValueList<RollCall> Calls, DateTimeOffset? Next, bool IsWorkingDay, bool IsCalendarKnown);

/// <summary>One roll-call.</summary>
/// <param name="At">Its hour.</param>
/// <param name="IsLate">It was read from the duty records later, since nobody watched at its hour.</param>
/// <param name="Courts">Every court; <see langword="null"/> where its partition has not answered.</param>
internal sealed record RollCall(DateTimeOffset At, bool IsLate, ValueList<CourtAtCall?> Courts);

/// <summary>A court now.</summary>
internal sealed record CourtPresence(int Officers, int OnDuty, int Located);

/// <summary>A court at a roll-call.</summary>
internal sealed record CourtAtCall(int Officers, int OnDuty, int Unknown);

/// <summary>When a court was last heard of, for the alarm of a silent one.</summary>
/// <param name="HeardAt">Its last event that came, or the window of the last figure that moved; not before the watch began.</param>
/// <param name="UsualPause">The longest pause of the last working days; <see langword="null"/> for a court that does not report every working day.</param>
internal sealed record CourtActivity(DateTimeOffset HeardAt, TimeSpan? UsualPause);
