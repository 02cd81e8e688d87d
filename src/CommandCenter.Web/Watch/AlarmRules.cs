using CommandCenter.Domain.Courts;
using CommandCenter.Web.Places;
using CommandCenter.Web.Recount;
using CommandCenter.Web.Series;
using CommandCenter.Web.Wall;

namespace CommandCenter.Web.Watch;

/// <summary>Everything that alarms are read from, at one instant.</summary>
/// <param name="Now">The time.</param>
/// <param name="Figures">The figures with their proof and recount.</param>
/// <param name="Controls">查控到期.</param>
/// <param name="Activity">When each court was last heard of, by its index.</param>
/// <param name="IsCurrent">Whether the cases are up to date. While years are being imported, yesterday's controls were not renewed yet.</param>
/// <param name="IsWorkingTime">Whether courts work now.</param>
/// <param name="WorkingSince">When they began today.</param>
/// <param name="SilentAfter">How long a court may be silent at least.</param>
/// <param name="OverdueBefore">Overdue cases at the end of yesterday, by court mark, where known.</param>
/// <param name="IdConflicts">Lines of the last ten minutes that were refused because their id had come with another content.</param>
/// <param name="Series">How far the time series are.</param>
/// <param name="InfluxFailingSince">Since when InfluxDB takes nothing.</param>
/// <param name="DeadLetters">Points that it refused for good.</param>
/// <param name="Officers">Everybody whom the wall may show; who calls for help is among them.</param>
internal sealed record AlarmSources(
    DateTimeOffset Now, CityFigures Figures, ControlsState Controls, IReadOnlyList<CourtActivity?> Activity, bool IsCurrent, bool IsWorkingTime,
    DateTimeOffset WorkingSince, TimeSpan SilentAfter, IReadOnlyDictionary<string, long> OverdueBefore, long IdConflicts, FeederState Series, DateTimeOffset? InfluxFailingSince,
    long DeadLetters, IReadOnlyList<ShownOfficer> Officers);

/// <summary>What raises which alarm. No clock and no memory of its own: the same sources give the same signs.</summary>
internal static class AlarmRules
{
    /// <summary>Overdue cases must have risen by so many and by this part of what they were.</summary>
    public const int OverdueRiseMin = 5;

    private const double OverdueRisePart = 0.02;

    /// <summary>So many conflicting ids in ten minutes are more than a slip.</summary>
    public const int IdConflictsMin = 5;

    // A pause half as long again as the longest of the last week is no usual one.
    private const double UnusualPause = 1.5;

    // When half of the courts that report are silent at once, it is not the courts.
    private const int SilentCourtsMin = 3;

    private static readonly TimeSpan s_recountAfter = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan s_seriesAfter = TimeSpan.FromMinutes(1);

    public static IEnumerable<AlarmSign> Read(AlarmSources sources, CourtTree courts) =>
    [
        .. Calls(sources.Officers),
        .. Figures(sources.Figures),
        .. sources.IsCurrent ? Controls(sources.Controls, courts) : [],
        .. Silence(sources, courts),
        .. sources.IsCurrent ? Overdue(sources) : [],
        .. Operations(sources),
    ];

    // One alarm for each court: who is to go there sees all that call.
    private static IEnumerable<AlarmSign> Calls(IReadOnlyList<ShownOfficer> officers) => officers.Where(static officer => officer.CallingSinceMs is not null)
        .GroupBy(static officer => officer.CourtMark, StringComparer.Ordinal)
        .Select(static court => new AlarmSign(
            AlarmCodes.OfficerSos, [court.Key],
            new AlarmFacts(court.Count(), At: DateTimeOffset.FromUnixTimeMilliseconds(court.Min(static officer => officer.CallingSinceMs!.Value)), Detail: string.Join(' ', court.Select(static officer => officer.Id)))));

    private static IEnumerable<AlarmSign> Figures(CityFigures figures)
    {
        if (figures.Proof.State == ProofMark.Violated)
        {
            yield return new AlarmSign(AlarmCodes.IdentityViolated, [], new AlarmFacts(Detail: figures.Proof.Cell ?? ""));
        }

        foreach (var partition in figures.Stopped)
        {
            yield return new AlarmSign(
                AlarmCodes.CourtsStopped, [.. partition.CourtMarks], new AlarmFacts(partition.CourtMarks.Count, Detail: partition.Reason));
        }

        foreach (var court in figures.Recount.Partitions.SelectMany(static partition => partition.Courts).Where(static court => court.Differing > 0))
        {
            yield return new AlarmSign(AlarmCodes.RecountDiffers, [court.Mark], new AlarmFacts(court.Differing));
        }

        foreach (var partition in figures.Recount.Partitions.Where(static partition => partition.State == RecountState.Unknown))
        {
            if (!figures.Stopped.Any(stopped => stopped.Index == partition.Index))
            {
                yield return new AlarmSign(
                    AlarmCodes.RecountUnknown, [.. partition.Marks], new AlarmFacts(Detail: partition.Fault ?? ""), After: s_recountAfter);
            }
        }
    }

    private static IEnumerable<AlarmSign> Controls(ControlsState controls, CourtTree courts)
    {
        foreach (var court in controls.Courts)
        {
            var mark = courts.Courts[court.Court].Mark;
            if (court.LapsedLately > 0)
            {
                yield return new AlarmSign(AlarmCodes.ControlLapsed, [mark], new AlarmFacts(court.LapsedLately));
            }

            if (court.Today > 0)
            {
                yield return new AlarmSign(AlarmCodes.ControlLapsesToday, [mark], new AlarmFacts(court.Today));
            }
        }
    }

    private static IEnumerable<AlarmSign> Silence(AlarmSources sources, CourtTree courts)
    {
        if (!sources.IsWorkingTime)
        {
            return [];
        }

        var reporting = 0;
        var silent = new List<(Court Court, DateTimeOffset Since)>();
        for (var i = 0; i < sources.Activity.Count; i++)
        {
            if (sources.Activity[i] is { UsualPause: { } usual } activity)
            {
                reporting++;
                var since = activity.HeardAt > sources.WorkingSince ? activity.HeardAt : sources.WorkingSince;
                var unusual = usual * UnusualPause;
                if (sources.Now - since > (unusual > sources.SilentAfter ? unusual : sources.SilentAfter))
                {
                    silent.Add((courts.Courts[i], since));
                }
            }
        }

        return silent.Count >= SilentCourtsMin && 2 * silent.Count >= reporting
            ? [new AlarmSign(AlarmCodes.IntakeSilent, [], new AlarmFacts(silent.Count, At: silent.Max(static one => one.Since)))]
            : silent.Select(static one => new AlarmSign(AlarmCodes.CourtSilent, [one.Court.Mark], new AlarmFacts(At: one.Since)));
    }

    private static IEnumerable<AlarmSign> Overdue(AlarmSources sources)
    {
        foreach (var court in sources.Figures.Courts)
        {
            if (court.Overdue is not { } now || !sources.OverdueBefore.TryGetValue(court.Mark, out var before))
            {
                continue;
            }

            var rise = now - before;
            var threshold = Math.Max(OverdueRiseMin, before * OverdueRisePart);
            if (2 * rise >= threshold)
            {
                // Half of the rise keeps it: one case more or less must not switch it on and off.
                yield return new AlarmSign(AlarmCodes.OverdueRisen, [court.Mark], new AlarmFacts(rise, before, Detail: CountText.Of(now)), IsRaising: rise >= threshold);
            }
        }
    }

    private static IEnumerable<AlarmSign> Operations(AlarmSources sources)
    {
        if (sources.IdConflicts > 0)
        {
            yield return new AlarmSign(AlarmCodes.IdConflicts, [], new AlarmFacts(sources.IdConflicts), IsRaising: sources.IdConflicts >= IdConflictsMin);
        }

        if (sources.Series.LastFault is { } fault)
        {
            yield return new AlarmSign(AlarmCodes.SeriesFailing, [], new AlarmFacts(Detail: fault), After: s_seriesAfter);
        }

        if (sources.InfluxFailingSince is { } since)
        {
            yield return new AlarmSign(AlarmCodes.SeriesUndelivered, [], new AlarmFacts(At: since), After: s_seriesAfter);
        }

        if (sources.DeadLetters > 0)
        {
            yield return new AlarmSign(AlarmCodes.SeriesRefused, [], new AlarmFacts(sources.DeadLetters));
        }
    }
}
