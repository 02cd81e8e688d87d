namespace CommandCenter.Web.Watch;

/// <summary>How urgent an alarm is. The order is the order on the wall.</summary>
internal enum AlarmTier
{
    /// <summary>红: act now.</summary>
    Red,

    /// <summary>橙: act today.</summary>
    Orange,

    /// <summary>黄: keep an eye on it.</summary>
    Yellow,
}

/// <summary>The codes of the alarms. Stable: people and other systems know an alarm by its code.</summary>
internal static class AlarmCodes
{
    public const string IdentityViolated = "figures.identity-violated";
    public const string RecountDiffers = "figures.recount-differs";
    public const string RecountUnknown = "figures.recount-unknown";
    public const string CourtsStopped = "courts.stopped";
    public const string CourtSilent = "court.silent";
    public const string IntakeSilent = "intake.silent";
    public const string IdConflicts = "intake.id-conflicts";
    public const string OfficerSos = "officer.sos";
    public const string ControlLapsed = "control.lapsed";
    public const string ControlLapsesToday = "control.lapses-today";
    public const string OverdueRisen = "overdue.risen";
    public const string SeriesFailing = "series.failing";
    public const string SeriesUndelivered = "series.undelivered";
    public const string SeriesRefused = "series.refused";

    /// <summary>All of them, with their tiers. 红 is a person in need, what makes figures wrong, or an effect gone; 橙 is due today; 黄 is about to matter.</summary>
    public static IReadOnlyDictionary<string, AlarmTier> Tiers { get; } = new Dictionary<string, AlarmTier>(StringComparer.Ordinal)
    {
        [OfficerSos] = AlarmTier.Red,
        [IdentityViolated] = AlarmTier.Red,
        [RecountDiffers] = AlarmTier.Red,
        [CourtsStopped] = AlarmTier.Red,
        [ControlLapsed] = AlarmTier.Red,
        [IntakeSilent] = AlarmTier.Red,
        [ControlLapsesToday] = AlarmTier.Orange,
        [CourtSilent] = AlarmTier.Orange,
        [OverdueRisen] = AlarmTier.Yellow,
        [RecountUnknown] = AlarmTier.Yellow,
        [IdConflicts] = AlarmTier.Yellow,
        [SeriesFailing] = AlarmTier.Yellow,
        [SeriesUndelivered] = AlarmTier.Yellow,
        [SeriesRefused] = AlarmTier.Yellow,
    };
}

/// <summary>What an alarm is about: the words of one code are filled with these.</summary>
/// <param name="Count">How many.</param>
/// <param name="Before">How many there were.</param>
/// <param name="At">Since when.</param>
/// <param name="Detail">A name or a cell, the same in both languages.</param>
internal readonly record struct AlarmFacts(long Count = 0, long Before = 0, DateTimeOffset? At = null, string Detail = "");

/// <summary>A reason for an alarm, seen now.</summary>
/// <param name="Code">One of <see cref="AlarmCodes"/>.</param>
/// <param name="Courts">The marks of the courts it is about; empty for the whole city.</param>
/// <param name="Facts">What it says.</param>
/// <param name="IsRaising">Whether it raises the alarm, or is only enough to keep one that was raised.</param>
/// <param name="After">How long it must hold before the alarm is raised.</param>
internal sealed record AlarmSign(string Code, ValueList<string> Courts, AlarmFacts Facts, bool IsRaising = true, TimeSpan After = default)
{
    /// <summary>What makes two signs the same alarm.</summary>
    public string Key => Courts.Count == 0 ? Code : $"{Code}/{Courts[0]}";
}

/// <summary>预警: an alarm as it stands.</summary>
/// <param name="Code">One of <see cref="AlarmCodes"/>.</param>
/// <param name="Tier">How urgent.</param>
/// <param name="Since">When it was raised.</param>
/// <param name="Courts">The marks of the courts it is about; empty for the whole city.</param>
/// <param name="Facts">What it says now.</param>
internal sealed record Alarm(string Code, AlarmTier Tier, DateTimeOffset Since, ValueList<string> Courts, AlarmFacts Facts);

/// <summary>The alarms that stand, by tier, newest first.</summary>
/// <param name="Alarms">At most <see cref="AlarmBoard.AlarmsMax"/>.</param>
/// <param name="Beyond">How many more there are.</param>
/// <param name="IsKnown">Every source was read once: before that, no alarm is no good news.</param>
internal sealed record AlarmsState(ValueList<Alarm> Alarms, int Beyond, bool IsKnown = true)
{
    public static readonly AlarmsState None = new([], 0, IsKnown: false);
}
