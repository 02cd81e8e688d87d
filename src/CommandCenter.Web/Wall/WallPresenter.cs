using System.Globalization;

namespace CommandCenter.Web.Wall;

/// <summary>Turns figures into what people read.</summary>
internal static class WallPresenter
{
    /// <summary>More do not fit on one line of any wall.</summary>
    public const int RecentEventsMax = 8;

    /// <summary>As many rows as both tables of courts hold at the smallest text that is read from six metres. The others are in better order.</summary>
    public const int CourtRowsMax = 24;

    /// <summary>As many names as one line of the alert holds in either language.</summary>
    private const int StoppedCourtsNamedMax = 6;

    private static readonly (string Code, double Target)[] s_indicators =
        [("core1", 0.90), ("core2", 0.90), ("core3", 0.90), ("core4", 0.80)];

    public static WallView Present(CityFigures figures, WallLanguage language)
    {
        var stopped = figures.Stopped.SelectMany(partition => partition.CourtMarks).ToHashSet(StringComparer.Ordinal);
        var city = CityTotals.Of(figures.Courts);
        CourtFigures[] shown = [.. InOrderOfTrouble(figures.Courts).Take(CourtRowsMax)];
        return new WallView(
            figures,
            TotalsOf(city, language),
            ComparedOf(city, figures.LastYear, language),
            CourtsTitleOf(shown.Length, figures.Courts.Count, language),
            [.. shown.Select(court => RowOf(court, stopped.Contains(court.Mark), language))],
            [.. s_indicators.Select(known => IndicatorOf(known.Code, known.Target, figures.Indicators))],
            [.. figures.Recent.Take(RecentEventsMax).Select(recent => EventOf(recent, language))],
            figures.Proof.State == ProofMark.Violated ? ProofOf(figures.Proof, language) : RecountWords.OverallOf(figures, language) ?? ProofOf(figures.Proof, language),
            RecountWords.MarksOf(figures, shown, language),
            StoppedCourtsOf(figures, stopped, language));
    }

    /// <summary>Overdue first, then pending; unknown overdue counts as none. The mark settles ties, so equal rows do not dance.</summary>
    public static IEnumerable<CourtFigures> InOrderOfTrouble(IEnumerable<CourtFigures> courts) => courts
        .OrderByDescending(court => court.Overdue ?? 0)
        .ThenByDescending(court => court.Pending)
        .ThenBy(court => court.Mark, StringComparer.Ordinal);

    private static string CourtsTitleOf(int shown, int all, WallLanguage language)
    {
        var title = WallTexts.Of("courts.court", language);
        return shown == all ? title : $"{title} {CountText.Of(shown)} / {CountText.Of(all)}";
    }

    private static Dictionary<string, FigureView> TotalsOf(CityTotals city, WallLanguage language)
    {
        var totals = new Dictionary<string, FigureView>(StringComparer.Ordinal);
        foreach (var (period, figures) in new[] { ("today", city.Today), ("month", city.Month), ("year", city.Year) })
        {
            totals["received." + period] = new FigureView(CountText.Of(figures.Received));
            totals["closed." + period] = new FigureView(CountText.Of(figures.Closed));
            totals["in." + period] = MoneyOf(MoneyText.Of(figures.FundsInFen, language), figures.FundsInFen);
            totals["out." + period] = MoneyOf(MoneyText.Of(figures.FundsOutFen, language), figures.FundsOutFen);
        }

        // Stock has no month or year of its own. What it has is a change, and for the whole city, where transfers cancel out,
        // the identity makes that received − closed.
        totals["pending.today"] = new FigureView(CountText.Of(city.Pending));
        totals["pending.month"] = new FigureView(CountText.OfChange(city.Month.Received - city.Month.Closed));
        totals["pending.year"] = new FigureView(CountText.OfChange(city.Year.Received - city.Year.Closed));
        totals["terminal"] = new FigureView(CountText.Of(city.TerminalStock));
        totals["overdue"] = new FigureView(
            city.Overdue is { } overdue ? CountText.Of(overdue) : "—",
            WallTexts.Of(city.Overdue is null ? "figures.noSource" : "figures.cases", language));
        return totals;
    }

    private static Dictionary<string, ChangeView> ComparedOf(CityTotals city, LastYearFigures lastYear, WallLanguage language)
    {
        var compared = new Dictionary<string, ChangeView>(StringComparer.Ordinal);
        foreach (var (period, now, then) in new[] { ("today", city.Today, lastYear.Today), ("month", city.Month, lastYear.Month), ("year", city.Year, lastYear.Year) })
        {
            if (then is not null)
            {
                compared["received." + period] = ChangeOf(now.Received, then.Received, CountText.Of(then.Received), language);
                compared["closed." + period] = ChangeOf(now.Closed, then.Closed, CountText.Of(then.Closed), language);
                compared["in." + period] = ChangeOf(now.FundsInFen, then.FundsInFen, MoneyText.Of(then.FundsInFen, language).Exact, language);
                compared["out." + period] = ChangeOf(now.FundsOutFen, then.FundsOutFen, MoneyText.Of(then.FundsOutFen, language).Exact, language);
            }
        }

        return compared;
    }

    // A percentage of nothing, or of a negative sum of counter-entries, says nothing: then only the title has the old figure.
    private static ChangeView ChangeOf(long now, long then, string thenText, WallLanguage language)
    {
        var direction = now > then ? "up" : now < then ? "down" : "same";
        var title = string.Format(CultureInfo.InvariantCulture, WallTexts.Of("compared.title", language), thenText);
        return new ChangeView(then > 0 ? CountText.OfGrowth(now, then) : "—", title, direction);
    }

    private static CourtView RowOf(CourtFigures court, bool stopped, WallLanguage language)
    {
        var english = language == WallLanguage.En;
        return new CourtView(
            court.Mark,
            english ? CourtNames.ShortEn(court.NameEn) : CourtNames.ShortZh(court.NameZh),
            english ? court.NameEn : court.NameZh,
            CountText.Of(court.Today.Received),
            CountText.Of(court.Today.Closed),
            CountText.Of(court.Pending),
            MoneyOf(MoneyText.OfColumn(court.Today.FundsInFen, language), court.Today.FundsInFen),
            MoneyOf(MoneyText.OfColumn(court.Today.FundsOutFen, language), court.Today.FundsOutFen),
            court.Overdue is { } overdue ? CountText.Of(overdue) : "—",
            stopped ? CourtCondition.Stopped : court.Overdue > 0 ? CourtCondition.Overdue : CourtCondition.Normal);
    }

    private static IndicatorView IndicatorOf(string code, double targetByRule, IReadOnlyList<IndicatorFigure> given)
    {
        var figure = given.FirstOrDefault(candidate => candidate.Code == code);
        var target = figure?.Target ?? targetByRule;
        var targetText = (target * 100).ToString("0.#", CultureInfo.InvariantCulture) + "%";
        return figure?.Ratio is { } ratio
            ? new IndicatorView(
                code, CountText.OfRatio(ratio), targetText, ratio >= target ? IndicatorCondition.Met : IndicatorCondition.Below, Math.Clamp(ratio, 0, 1), target)
            : new IndicatorView(code, "—", targetText, figure is { HasSource: true } ? IndicatorCondition.NoCases : IndicatorCondition.NoSource, 0, target);
    }

    private static EventView EventOf(RecentEvent recent, WallLanguage language) => new(
        TimeText.Clock(recent.At),
        language == WallLanguage.En ? CourtNames.ShortEn(recent.CourtEn) : CourtNames.ShortZh(recent.CourtZh),
        recent.CaseNumber,
        WallTexts.OfOrKey("event.", recent.Type, language),
        recent.AmountFen is { } fen ? MoneyText.Of(fen, language).Exact : "");

    private static ProofView ProofOf(ProofMark proof, WallLanguage language)
    {
        var state = proof.State is ProofMark.Holds or ProofMark.Violated ? proof.State : ProofMark.Unknown;
        var detail = proof.At is { } at ? $"{WallTexts.Of("proof.at", language)} {TimeText.Clock(at)}" : "";
        return new ProofView(
            state,
            WallTexts.Of("proof." + state, language),
            state == ProofMark.Violated && proof.Cell is { } cell ? $"{cell} {detail}".TrimEnd() : detail);
    }

    private static string StoppedCourtsOf(CityFigures figures, HashSet<string> stopped, WallLanguage language)
    {
        // A stopped partition without courts still stops something: naming its number beats silence.
        var names = figures.Courts
            .Where(court => stopped.Contains(court.Mark))
            .Select(court => language == WallLanguage.En ? CourtNames.ShortEn(court.NameEn) : CourtNames.ShortZh(court.NameZh))
            .Concat(figures.Stopped.Where(partition => partition.CourtMarks.Count == 0)
                .Select(partition => string.Create(CultureInfo.InvariantCulture, $"#{partition.Index}")))
            .ToList();
        var list = string.Join(WallTexts.Of("courts.list", language), names.Take(StoppedCourtsNamedMax));
        return names.Count <= StoppedCourtsNamedMax
            ? list
            : list + " " + string.Format(
                CultureInfo.InvariantCulture, WallTexts.Of("courts.more", language), names.Count - StoppedCourtsNamedMax);
    }

    private static FigureView MoneyOf(MoneyText money, long fen) => new(money.Value, money.Unit, money.Exact, fen);
}
