using System.Globalization;
using System.Text;

namespace CommandCenter.Web.Export;

/// <summary>CSV by RFC 4180, in UTF-8 with the mark by which spreadsheets know it.</summary>
/// <remarks>
/// What the file says of itself comes last, in rows as wide as the others whose first cell begins with <c>#</c>: the head stays the first row,
/// where every program looks for it.
/// </remarks>
internal sealed class CsvSheetWriter : ISheetWriter
{
    private const char Quote = '"';

    // A cell that begins so is a formula to a spreadsheet, whoever wrote it; the full-width forms are, too, in East Asian settings.
    private const string FormulaStarts = "=+-@\t\r＝＋－＠";

    public string MediaType => "text/csv; charset=utf-8";

    public string Ending => ".csv";

    public async Task WriteAsync(Sheet sheet, Stream to, CancellationToken cancellationToken)
    {
        await to.WriteAsync(Encoding.UTF8.Preamble.ToArray(), cancellationToken);
        var text = new StringBuilder();
        Add(text, sheet.Columns.Select(static column => Safe(column.Name)));
        var waiting = 0;
        foreach (var row in sheet.Rows)
        {
            Add(text, row.Select(TextOf));
            if (++waiting == ExportLimits.RowsPerFlush)
            {
                waiting = 0;
                await FlushAsync();
            }
        }

        Add(text, Wide("# " + sheet.AboutTitle, ""));
        foreach (var (name, value) in sheet.About)
        {
            Add(text, Wide("# " + name, value));
        }

        await FlushAsync();

        async Task FlushAsync()
        {
            await to.WriteAsync(Encoding.UTF8.GetBytes(text.ToString()), cancellationToken);
            _ = text.Clear();
        }

        IEnumerable<string> Wide(string first, string second) => [first, Safe(second), .. Enumerable.Repeat("", Math.Max(0, sheet.Columns.Count - 2))];
    }

    /// <summary>A text as a cell that no spreadsheet runs: what would be a formula gets an apostrophe before it, which says that it is text.</summary>
    internal static string Safe(string text) => text.Length > 0 && FormulaStarts.Contains(text[0], StringComparison.Ordinal) ? "'" + text : text;

    // Money without separators of thousands: a number for whatever reads it next.
    private static string TextOf(SheetCell cell) =>
        cell.Fen is { } fen ? ExportMoney.Text(fen) : cell.Count is { } count ? count.ToString(CultureInfo.InvariantCulture) : Safe(cell.Text);

    private static void Add(StringBuilder to, IEnumerable<string> cells)
    {
        var isFirst = true;
        foreach (var cell in cells)
        {
            if (!isFirst)
            {
                _ = to.Append(',');
            }

            isFirst = false;
            _ = cell.AsSpan().IndexOfAny(",\"\r\n") < 0 && (cell.Length == 0 || (cell[0] != ' ' && cell[^1] != ' '))
                ? to.Append(cell)
                : to.Append(Quote).Append(cell.Replace("\"", "\"\"", StringComparison.Ordinal)).Append(Quote);
        }

        _ = to.Append("\r\n");
    }
}
