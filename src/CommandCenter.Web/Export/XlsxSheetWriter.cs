using MiniExcelLibs;
using MiniExcelLibs.Attributes;
using MiniExcelLibs.OpenXml;

namespace CommandCenter.Web.Export;

/// <summary>XLSX: a sheet that says what the file is, and the list. Case numbers are text, money is numbers of yuan with two decimals.</summary>
internal sealed class XlsxSheetWriter : ISheetWriter
{
    private const string MoneyFormat = "#,##0.00";
    private const int AboutNameWidth = 18;
    private const int AboutValueWidth = 90;

    public string MediaType => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    public string Ending => ".xlsx";

    public async Task WriteAsync(Sheet sheet, Stream to, CancellationToken cancellationToken)
    {
        var sheets = new Dictionary<string, object>(StringComparer.Ordinal) { [sheet.AboutTitle] = About(sheet), [sheet.Title] = Rows(sheet, cancellationToken) };
        await to.SaveAsAsync(
            sheets,
            configuration: new OpenXmlConfiguration
            {
                FastMode = false, // It would hold the list to measure it first.
                TableStyles = TableStyles.Default,
                DynamicColumns =
                [
                    .. sheet.Columns.Select(static column => new DynamicExcelColumn(column.Name) { Width = column.Width, Format = column.IsMoney ? MoneyFormat : null }),
                    new DynamicExcelColumn(sheet.AboutHeads.Name) { Width = AboutNameWidth },
                    new DynamicExcelColumn(sheet.AboutHeads.Value) { Width = AboutValueWidth },
                ],
            },
            cancellationToken: cancellationToken);
    }

    private static IEnumerable<IDictionary<string, object?>> About(Sheet sheet) =>
        sheet.About.Select(pair => (IDictionary<string, object?>)new Dictionary<string, object?>(StringComparer.Ordinal) { [sheet.AboutHeads.Name] = pair.Name, [sheet.AboutHeads.Value] = pair.Value });

    private static IEnumerable<IDictionary<string, object?>> Rows(Sheet sheet, CancellationToken cancellationToken)
    {
        var any = false;
        foreach (var row in sheet.Rows)
        {
            cancellationToken.ThrowIfCancellationRequested();
            any = true;
            yield return RowOf(sheet, row);
        }

        if (!any)
        {
            yield return RowOf(sheet, []); // Its heads are those of its rows: an empty list shows them over one empty row.
        }
    }

    private static Dictionary<string, object?> RowOf(Sheet sheet, IReadOnlyList<SheetCell> row)
    {
        var cells = new Dictionary<string, object?>(sheet.Columns.Count, StringComparer.Ordinal);
        for (var i = 0; i < sheet.Columns.Count; i++)
        {
            cells[sheet.Columns[i].Name] = i < row.Count ? ValueOf(row[i]) : null;
        }

        return cells;
    }

    // Beyond 15 digits a spreadsheet would round: such an amount is text, exact and not to be added up.
    private static object ValueOf(SheetCell cell) =>
        cell.Fen is { } fen ? ExportMoney.IsNumber(fen) ? ExportMoney.Yuan(fen) : ExportMoney.Text(fen)
        : cell.Count is { } count ? count
        : cell.Text;
}
