using System.Text.Json;
using CommandCenter.Web.Places;

namespace CommandCenter.Web.Wall.Panels;

/// <summary>What a wall file can tell the map and the tiles.</summary>
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

    /// <summary>What is wrong with the options of a map.</summary>
    public static string? CheckMap(IReadOnlyDictionary<string, JsonElement> options) =>
        options.TryGetValue("figure", out var value)
            && !(value.ValueKind == JsonValueKind.String && Enum.GetValues<DistrictFigure>().Any(figure => value.ValueEquals(DistrictsPart.NameOf(figure))))
            ? $"figure is {value.GetRawText()}; it must be one of {string.Join(", ", Enum.GetValues<DistrictFigure>().Select(DistrictsPart.NameOf))}."
            : null;

    /// <summary>What is wrong with the options of a grid of tiles.</summary>
    public static string? CheckOfficers(IReadOnlyDictionary<string, JsonElement> options)
    {
        foreach (var name in new[] { "columns", "rows" })
        {
            if (options.TryGetValue(name, out var value)
                && !(value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number is >= 1 and <= TilesMax))
            {
                return $"{name} is {value.GetRawText()}; it must be 1 to {TilesMax}.";
            }
        }

        return null;
    }

    private static int? IntegerOf(PanelDefinition panel, string name) =>
        panel.Options.TryGetValue(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) ? number : null;
}
