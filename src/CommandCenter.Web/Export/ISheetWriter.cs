namespace CommandCenter.Web.Export;

/// <summary>One value of a row: a text, money or a number of things.</summary>
internal readonly record struct SheetCell
{
    private SheetCell(string text, long? fen, long? count) => (Text, Fen, Count) = (text, fen, count);

    /// <summary>A text; empty for none.</summary>
    public string Text { get; }

    /// <summary>Money.</summary>
    public long? Fen { get; }

    /// <summary>A number of things.</summary>
    public long? Count { get; }

    public static SheetCell OfText(string? text) => new(text ?? "", null, null);

    public static SheetCell OfFen(long fen) => new("", fen, null);

    public static SheetCell OfCount(long count) => new("", null, count);
}

/// <summary>A column.</summary>
/// <param name="Name">Its head.</param>
/// <param name="Width">How wide a sheet shows it, in characters.</param>
/// <param name="IsMoney">Whether it holds money.</param>
internal sealed record SheetColumn(string Name, int Width, bool IsMoney = false);

/// <summary>A list as a file holds it.</summary>
/// <param name="Title">What the list is called.</param>
/// <param name="AboutTitle">What the part is called in which the file speaks of itself.</param>
/// <param name="AboutHeads">The heads over that part's two columns.</param>
/// <param name="About">Who made it of what, when, as of which records; pairs of a name and a value.</param>
/// <param name="Columns">Its columns.</param>
/// <param name="Rows">Its rows, made while they are written.</param>
internal sealed record Sheet(
    string Title, string AboutTitle, (string Name, string Value) AboutHeads, IReadOnlyList<(string Name, string Value)> About, IReadOnlyList<SheetColumn> Columns, IEnumerable<IReadOnlyList<SheetCell>> Rows);

/// <summary>Writes lists in one format.</summary>
internal interface ISheetWriter
{
    /// <summary>What browsers and programs know the format by.</summary>
    string MediaType { get; }

    /// <summary>The end of a file's name, with its dot.</summary>
    string Ending { get; }

    /// <summary>Writes a list to whoever reads it; never holds more of it than a few hundred rows.</summary>
    Task WriteAsync(Sheet sheet, Stream to, CancellationToken cancellationToken);
}
