using System.Globalization;

namespace CommandCenter.Web.Places;

/// <summary>A part of the map as the panel draws it, in design pixels: text and marks have their size, whatever the part's scale.</summary>
internal sealed class MapPicture
{
    private readonly MapRectangle _part;
    private readonly double _scale;

    /// <param name="map">The map.</param>
    /// <param name="name">Which part.</param>
    /// <param name="height">Height in design pixels; the width follows.</param>
    public MapPicture(PlaceMap map, MapFrameName name, double height)
    {
        _part = map.Frames[name];
        _scale = height / _part.Height;
        Name = name;
        Height = height;
    }

    public MapFrameName Name { get; }

    public double Height { get; }

    public double Width => _part.Width * _scale;

    /// <summary>Puts the outlines, which are drawn once, into this picture.</summary>
    public string OutlineTransform => $"scale({Text(_scale, 5)}) translate({Text(-_part.X)} {Text(-_part.Y)})";

    public string ViewBox => $"0 0 {Text(Width)} {Text(Height)}";

    /// <summary>Where a point of the map is in it, and what the script does with officers: scale, left and top of the part.</summary>
    public string Origin => $"{Text(_scale, 5)} {Text(_part.X)} {Text(_part.Y)}";

    public MapPoint At(MapPoint point) => new((point.X - _part.X) * _scale, (point.Y - _part.Y) * _scale);

    public string Translate(MapPoint point)
    {
        var at = At(point);
        return $"translate({Text(at.X)} {Text(at.Y)})";
    }

    public bool Holds(MapPoint point) => point.X >= _part.X && point.Y >= _part.Y && point.X <= _part.X + _part.Width && point.Y <= _part.Y + _part.Height;

    /// <summary>Another part's rectangle within this one.</summary>
    public MapRectangle RectangleOf(MapRectangle part)
    {
        var at = At(new MapPoint(part.X, part.Y));
        return new MapRectangle(at.X, at.Y, part.Width * _scale, part.Height * _scale);
    }

    /// <summary>A number for an attribute.</summary>
    public static string Text(double value, int decimals = 2) => Math.Round(value, decimals).ToString(CultureInfo.InvariantCulture);
}
