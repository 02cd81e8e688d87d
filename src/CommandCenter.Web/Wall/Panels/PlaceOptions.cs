using System.Text.Json;
using CommandCenter.Web.Places;

namespace CommandCenter.Web.Wall.Panels;

/// <summary>What a wall file can tell the map and the tiles. What it does not say, or says wrongly, is as it is by default: a wall shows something.</summary>
internal static class PlaceOptions
{
    /// <summary>Tiles of a panel.</summary>
    public const int TilesMax = 32;

    /// <summary>Design pixels that a tile's text needs at scale 1.</summary>
    public const int TileWidth = 300, TileHeight = 158;

    /// <summary>Tiles side by side that the style sheet knows.</summary>
    private const int ColumnsMax = 12;

    private const int HeadHeight = 42;

    private const int Gap = 10;

    /// <summary>Option <c>figure</c>: pending, received, overdue or fundsIn; default pending.</summary>
    public static DistrictFigure FigureOf(PanelDefinition panel) =>
        panel.Options.TryGetValue("figure", out var value) && value.ValueKind == JsonValueKind.String
            ? Enum.GetValues<DistrictFigure>().FirstOrDefault(figure => value.ValueEquals(DistrictsPart.NameOf(figure)))
            : DistrictFigure.Pending;

    /// <summary>Options <c>columns</c> and <c>rows</c>; by default, and at most, as many as the panel holds, 32 in all.</summary>
    public static (int Columns, int Rows) TilesOf(PanelDefinition panel)
    {
        var fitting = Math.Clamp((int)(((panel.Width / panel.Scale) + Gap) / (TileWidth + Gap)), 1, ColumnsMax);
        var columns = Math.Clamp(IntegerOf(panel, "columns") ?? fitting, 1, fitting);
        var high = Math.Max(1, (int)(((panel.Height / panel.Scale) - HeadHeight) / TileHeight));
        var rows = Math.Clamp(IntegerOf(panel, "rows") ?? high, 1, Math.Max(1, Math.Min(high, TilesMax / columns)));
        return (columns, rows);
    }

    private static int? IntegerOf(PanelDefinition panel, string name) =>
        panel.Options.TryGetValue(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) ? number : null;
}
