using CommandCenter.Web.DrillDown;
using CommandCenter.Web.Grains;
using CommandCenter.Web.Reading;
using CommandCenter.Web.Wall;

namespace CommandCenter.Web.Export;

/// <summary>The columns of a file of cases, in the words of the page.</summary>
internal sealed class CaseRows(WallLanguage language, GrainHost grains)
{
    public IReadOnlyList<SheetColumn> Columns { get; } =
    [
        new(D("column.number", language), 26), new(D("column.court", language), 14), new(D("column.status", language), 10), new(ExportTexts.Of("column.way", language), 16),
        new(ExportTexts.Of("column.overdue", language), 8), new(D("column.handler", language), 12), new(D("column.cause", language), 26), new(D("column.node", language), 26),
        new(D("column.filedAt", language), 12), new(D("column.dueAt", language), 12), new(D("column.statusAt", language), 12),
        new(D("column.claimFen", language), 18, IsMoney: true), new(D("column.fundsInFen", language), 18, IsMoney: true), new(ExportTexts.Of("column.fundsOut", language), 18, IsMoney: true),
        new(D("column.parties", language), 40),
    ];

    public IReadOnlyList<SheetCell> Of(CaseItem item) =>
    [
        SheetCell.OfText(item.Number),
        SheetCell.OfText(grains.Courts.TryFind(item.Court, out var court) ? DeskNames.Of(court, language) : item.Court),
        SheetCell.OfText(D("status." + item.Status, language)),
        SheetCell.OfText(item.Way is null ? "" : D("way." + item.Way, language)),
        SheetCell.OfText(item.Overdue ? ExportTexts.Of("yes", language) : ""),
        SheetCell.OfText(item.Handler),
        SheetCell.OfText(item.Cause),
        SheetCell.OfText(item.Node is null ? "" : NodeName(item.Node)),
        SheetCell.OfText(DeskTime.Day(item.FiledAt)),
        SheetCell.OfText(item.ClosedAt is null ? DeskTime.LastDay(item.DueAt) : ""),
        SheetCell.OfText(item.ClosedAt is { } closed ? DeskTime.Day(closed) : ""),
        SheetCell.OfFen(item.ClaimFen),
        SheetCell.OfFen(item.FundsInFen),
        SheetCell.OfFen(item.FundsOutFen),
        SheetCell.OfText(string.Join(D("parties.join", language), item.Parties)),
    ];

    /// <summary>A node in words.</summary>
    public string NodeName(string code) => grains.Nodes.TryFind(code, out var node) ? language == WallLanguage.En ? node.NameEn : node.NameZh : code;

    /// <summary>What an order goes by, in words.</summary>
    public string SortName(CaseSort sort) => D("column." + char.ToLowerInvariant(sort.ToString()[0]) + sort.ToString()[1..], language);

    private static string D(string key, WallLanguage language) => DrillTexts.Of(key, language);
}

/// <summary>The columns of a file of payments, in the words of the page.</summary>
internal sealed class FundsRows(WallLanguage language, GrainHost grains)
{
    public IReadOnlyList<SheetColumn> Columns { get; } =
    [
        new(DrillTexts.Of("column.at", language), 20), new(DrillTexts.Of("column.court", language), 14), new(DrillTexts.Of("column.number", language), 26),
        new(DrillTexts.Of("column.amount", language), 18, IsMoney: true), new(DrillTexts.Of("column.flags", language), 10),
    ];

    public IReadOnlyList<SheetCell> Of(FundsRow row) =>
    [
        SheetCell.OfText(DeskTime.Moment(row.At)),
        SheetCell.OfText(CourtName(row.Court)),
        SheetCell.OfText(row.Case),
        SheetCell.OfFen(row.AmountFen),
        SheetCell.OfText(row.Reversal ? DrillTexts.Of("reversal", language) : ""),
    ];

    /// <summary>A court in words.</summary>
    public string CourtName(string mark) => grains.Courts.TryFind(mark, out var court) ? DeskNames.Of(court, language) : mark;
}
