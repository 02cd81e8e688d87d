namespace CommandCenter.Web.Export;

/// <summary>Bounds of exports.</summary>
internal static class ExportLimits
{
    /// <summary>The most cases or payments of one file: what a sheet holds (1,048,576 rows) without its head.</summary>
    public const int RowsMax = 1_048_575;

    /// <summary>Exports at a time: each sorts and holds its places while somebody's line takes the file.</summary>
    public const int AtOnceMax = 2;

    /// <summary>Rows written between two looks at the line, so that a slow reader holds up memory of this much and no more.</summary>
    public const int RowsPerFlush = 500;

    /// <summary>Amounts of so many fen or more have more than 15 digits, which a spreadsheet does not keep: they are written as text.</summary>
    public const long NumberFenMax = 1_000_000_000_000_000;
}
