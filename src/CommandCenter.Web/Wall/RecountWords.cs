using System.Globalization;
using CommandCenter.Domain;
using CommandCenter.Web.Recount;

namespace CommandCenter.Web.Wall;

/// <summary>A mark in words: what stands beside the figure, and all there is to say.</summary>
internal sealed record MarkView(string State, string Text, string Title);

/// <summary>All marks of a page.</summary>
/// <param name="Usual">What most figures carry.</param>
/// <param name="But">The others: by figure, such as <c>in.today</c>, or by court and figure, such as <c>沪0115/in</c>.</param>
/// <param name="Alert">What must be read from across the room; empty while nothing differs.</param>
internal sealed record MarksView(MarkView Usual, IReadOnlyDictionary<string, MarkView> But, string Alert)
{
    public MarkView Of(string key) => But.GetValueOrDefault(key) ?? Usual;
}

/// <summary>The recount in words of one language.</summary>
internal static class RecountWords
{
    /// <param name="figures">All figures.</param>
    /// <param name="rows">The courts that have a row.</param>
    /// <param name="language">Whose words.</param>
    public static MarksView MarksOf(CityFigures figures, IReadOnlyList<CourtFigures> rows, WallLanguage language)
    {
        var marks = new RecountMarks(figures.Recount, figures.AsOf);
        return MarksOf(
            RecountMarks.Figures.Select(figure => (Key: figure, Mark: marks.Of(figure)))
                .Concat(rows.SelectMany(court => RecountMarks.CourtFigures.Select(one => (Key: $"{court.Mark}/{one.Name}", Mark: marks.Of(one.Figure, court.Mark))))),
            figures, language);
    }

    /// <param name="marks">By the name that a figure has on the page; at least one.</param>
    /// <param name="figures">All figures.</param>
    /// <param name="language">Whose words.</param>
    public static MarksView MarksOf(IEnumerable<(string Key, RecountMark Mark)> marks, CityFigures figures, WallLanguage language)
    {
        var all = marks.Select(one => (one.Key, View: ViewOf(one.Mark, figures, language))).ToArray();
        var usual = all.GroupBy(one => one.View).MaxBy(static group => group.Count())!.Key;
        return new MarksView(
            usual, all.Where(one => one.View != usual).ToDictionary(one => one.Key, one => one.View, StringComparer.Ordinal), AlertOf(figures, language));
    }

    /// <summary>The mark of the top bar: all cells together, also those that no figure on this page rests on.</summary>
    public static ProofView? OverallOf(CityFigures figures, WallLanguage language)
    {
        var report = figures.Recount;
        if (report.Partitions.Count == 0)
        {
            return null;
        }

        var state = RecountState.Worst(report.Partitions.Select(partition => partition.State).Concat(report.IsPaused ? [RecountState.Paused] : []));
        var provedAt = report.Partitions.Min(partition => partition.ProvedAt);
        var text = state switch
        {
            RecountState.Proved => In(language, "recount.proved.bar", TimeText.ClockMinutes(provedAt ?? figures.AsOf)),
            RecountState.Recounting => In(language, "recount.recounting.bar", Percent(report)),
            RecountState.Differs => In(language, "recount.differs.bar", CountText.Of(report.Partitions.Sum(partition => partition.Courts.Sum(court => court.Differing)))),
            _ => WallTexts.Of($"recount.{state}.bar", language),
        };
        var first = report.Differences.FirstOrDefault();
        var fault = report.Partitions.Select(partition => partition.Fault).FirstOrDefault(one => one is not null);
        var detail = first is not null ? CellOf(first, figures, language) : fault ?? WallTexts.Of("recount.title." + state, language);
        return new ProofView(state, text, detail);
    }

    /// <summary>A cell that differs, as a person says it: court, time, figure, and both numbers.</summary>
    public static string CellOf(RecountDifference difference, CityFigures figures, WallLanguage language)
    {
        var court = figures.Courts.FirstOrDefault(one => one.Mark == difference.Court);
        var name = court is null ? difference.Court : language == WallLanguage.En ? CourtNames.ShortEn(court.NameEn) : CourtNames.ShortZh(court.NameZh);
        var parts = difference.Figure.Split('.', 2);
        var figure = WallTexts.OfOrKey("cell.", parts[0], language);
        var isOfHandler = parts[0].StartsWith("handler", StringComparison.Ordinal); // A wall has figures and no names.
        var kind = parts.Length == 2 && !isOfHandler ? " " + WallTexts.OfOrKey("cell.kind.", parts[1], language) : "";
        var isMoney = parts[0].StartsWith("funds", StringComparison.Ordinal) || parts[0] == "handlerHeld";
        return In(
            language, "recount.cell", name, TimeOf(difference, language), figure + kind, Amount(difference.Shown, isMoney, language),
            Amount(difference.Counted, isMoney, language));
    }

    /// <summary>A mark in words.</summary>
    public static MarkView ViewOf(RecountMark mark, CityFigures figures, WallLanguage language) => mark.State switch
    {
        RecountState.Proved => new MarkView(
            mark.State, TimeText.ClockMinutes(mark.ProvedAt ?? figures.AsOf), In(language, "recount.title.provedAt", TimeText.ClockMinutes(mark.ProvedAt ?? figures.AsOf))),
        RecountState.Differs when mark.Difference is { } difference => new MarkView(
            mark.State, WallTexts.Of("recount.differs", language), CellOf(difference, figures, language)),
        _ => new MarkView(mark.State, WallTexts.Of("recount." + mark.State, language), WallTexts.Of("recount.title." + mark.State, language)),
    };

    private static string AlertOf(CityFigures figures, WallLanguage language)
    {
        var differing = figures.Recount.Partitions.Sum(partition => partition.Courts.Sum(court => court.Differing));
        return figures.Recount.Differences.FirstOrDefault() is not { } first
            ? ""
            : In(language, differing == 1 ? "recount.alert.one" : "recount.alert.more", CellOf(first, figures, language), CountText.Of(differing));
    }

    private static string TimeOf(RecountDifference difference, WallLanguage language) => difference.T is not { } at
        ? WallTexts.Of("cell.now", language)
        : at.ToOffset(ShanghaiTime.Offset).ToString(difference.Step == RecountDifference.Day ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    private static string Amount(long amount, bool isMoney, WallLanguage language) => isMoney ? MoneyText.Of(amount, language).Exact : CountText.Of(amount);

    private static string Percent(RecountReport report)
    {
        var all = report.Partitions.Sum(partition => partition.RecordsToRead);
        return CountText.OfRatio(all == 0 ? 0 : Math.Min(1, (double)report.Partitions.Sum(partition => partition.RecordsRead) / all));
    }

    private static string In(WallLanguage language, string key, params object[] values) =>
        string.Format(CultureInfo.InvariantCulture, WallTexts.Of(key, language), values);
}
