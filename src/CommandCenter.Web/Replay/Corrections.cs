using CommandCenter.Domain;
using CommandCenter.Web.Wall;

namespace CommandCenter.Web.Replay;

/// <summary>A figure that was shown, and what is known of it now.</summary>
/// <param name="Court">The court's mark; <see langword="null"/> for the city.</param>
/// <param name="Figure">One of <see cref="FigureNames"/>, or for the city <c>pending.month</c>, <c>pending.year</c>, <c>core3</c>, <c>core4</c>.</param>
/// <param name="Unit">cases, fen or permille.</param>
/// <param name="Shown">What the walls showed.</param>
/// <param name="Known">What is known now.</param>
internal sealed record Correction(string? Court, string Figure, string Unit, long Shown, long Known);

/// <summary>Five minutes of money that were shown, and what is known of them now; fen.</summary>
internal sealed record FundsCorrection(DateTimeOffset T, long ShownInFen, long KnownInFen, long ShownOutFen, long KnownOutFen);

/// <summary>What has been corrected since a moment.</summary>
/// <param name="ComparedAt">The boundary of five minutes at which both sides were compared; <see langword="null"/> when one of them is missing.</param>
/// <param name="Figures">Figures that differ.</param>
/// <param name="Funds">Windows of the 24 hours before the boundary that differ.</param>
internal sealed record CorrectionReport(DateTimeOffset? ComparedAt, IReadOnlyList<Correction> Figures, IReadOnlyList<FundsCorrection> Funds)
{
    public static CorrectionReport NotCompared { get; } = new(null, [], []);

    /// <summary>Compares what was shown at a boundary with what is known of it.</summary>
    /// <param name="at">The moment that is looked at: a day, month or year that ended between the boundary and it is left out.</param>
    /// <param name="shown">The last picture before the boundary.</param>
    /// <param name="known">What is known now of the boundary.</param>
    public static CorrectionReport Of(DateTimeOffset at, CityFigures shown, KnownPicture known)
    {
        var (day, counted) = (ShanghaiTime.DayOf(at), ShanghaiTime.DayOf(known.At.AddTicks(-1)));
        var periods = new HashSet<string>(StringComparer.Ordinal);
        if (day.Year == counted.Year)
        {
            _ = periods.Add("year");
            _ = day.Month == counted.Month && periods.Add("month");
            _ = day == counted && periods.Add("today");
        }

        var byMark = known.Figures.Courts.ToDictionary(static court => court.Mark, StringComparer.Ordinal);
        var found = new List<Correction>();
        if (known.UnknownCourts.Count == 0 && shown.Courts.Count == known.Figures.Courts.Count)
        {
            AddCity(found, periods, shown, known.Figures);
        }

        foreach (var court in shown.Courts)
        {
            if (byMark.TryGetValue(court.Mark, out var truth))
            {
                Add(found, court.Mark, FigureNames.Of(court), FigureNames.Of(truth), periods);
            }
        }

        return new CorrectionReport(known.At, found, known.UnknownCourts.Count == 0 ? FundsOf(shown.Funds24h, known.Figures.Funds24h) : []);
    }

    private static void AddCity(List<Correction> found, HashSet<string> periods, CityFigures shown, CityFigures known)
    {
        var (a, b) = (CityTotals.Of(shown.Courts), CityTotals.Of(known.Courts));
        Add(found, null, FigureNames.Of(a), FigureNames.Of(b), periods);
        foreach (var (name, before, after) in new[]
        {
            ("pending.month", a.Month.Received - a.Month.Closed, b.Month.Received - b.Month.Closed),
            ("pending.year", a.Year.Received - a.Year.Closed, b.Year.Received - b.Year.Closed),
        })
        {
            if (before != after && periods.Contains(FigureNames.PeriodOf(name)!))
            {
                found.Add(new Correction(null, name, FigureNames.Cases, before, after));
            }
        }

        foreach (var code in (string[])["core3", "core4"])
        {
            if (PermilleOf(shown, code) is { } before && PermilleOf(known, code) is { } after && before != after && periods.Contains("today"))
            {
                found.Add(new Correction(null, code, FigureNames.Permille, before, after));
            }
        }
    }

    // As it is shown: truncated. What nobody can see differ is no correction.
    private static long? PermilleOf(CityFigures figures, string code) =>
        figures.Indicators.FirstOrDefault(one => one.Code == code)?.Ratio is { } ratio ? (long)Math.Truncate((decimal)ratio * 1_000m) : null;

    private static void Add(
        List<Correction> found, string? court, IReadOnlyList<NamedFigure> shown, IReadOnlyList<NamedFigure> known, HashSet<string> periods)
    {
        for (var i = 0; i < shown.Count; i++)
        {
            if (shown[i].Value != known[i].Value && (FigureNames.PeriodOf(shown[i].Name) is not { } period || periods.Contains(period)))
            {
                found.Add(new Correction(court, shown[i].Name, shown[i].Unit, shown[i].Value, known[i].Value));
            }
        }
    }

    private static FundsCorrection[] FundsOf(IReadOnlyList<FundsStep> shown, IReadOnlyList<FundsStep> known)
    {
        var truths = known.ToDictionary(static step => step.At.UtcTicks);
        return
        [
            .. shown.Where(step => truths.TryGetValue(step.At.UtcTicks, out var truth) && (truth.InFen != step.InFen || truth.OutFen != step.OutFen))
                .Select(step => (Shown: step, Known: truths[step.At.UtcTicks]))
                .Select(static pair => new FundsCorrection(pair.Shown.At, pair.Shown.InFen, pair.Known.InFen, pair.Shown.OutFen, pair.Known.OutFen)),
        ];
    }
}

/// <summary>A figure with its name.</summary>
internal readonly record struct NamedFigure(string Name, string Unit, long Value);

/// <summary>The figures of a court and of the city that can be compared between two moments, by the names that the wall knows them by.</summary>
internal static class FigureNames
{
    public const string Cases = "cases";
    public const string Fen = "fen";
    public const string Permille = "permille";

    public static IReadOnlyList<NamedFigure> Of(CourtFigures court) => Of(court.Today, court.Month, court.Year, court.Pending, court.TerminalStock);

    public static IReadOnlyList<NamedFigure> Of(CityTotals city) => Of(city.Today, city.Month, city.Year, city.Pending, city.TerminalStock);

    /// <summary>today, month or year; <see langword="null"/> for a stock.</summary>
    public static string? PeriodOf(string name) => name == "pending.today" ? null
        : name.Split('.') is [_, var period] ? period
        : null;

    private static NamedFigure[] Of(PeriodFigures today, PeriodFigures month, PeriodFigures year, long pending, long terminal) =>
    [
        .. Of("today", today), .. Of("month", month), .. Of("year", year), new("pending.today", Cases, pending), new("terminal", Cases, terminal),
    ];

    private static NamedFigure[] Of(string period, PeriodFigures figures) =>
    [
        new("received." + period, Cases, figures.Received), new("closed." + period, Cases, figures.Closed),
        new("in." + period, Fen, figures.FundsInFen), new("out." + period, Fen, figures.FundsOutFen),
    ];
}
