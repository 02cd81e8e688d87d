namespace CommandCenter.Web.Places;

/// <summary>A point of the drawn map: 0 to 1000 from the left and from the top.</summary>
internal readonly record struct MapPoint(double X, double Y);

/// <summary>Degrees to the plane: equirectangular, true to scale along the middle latitude of what is shown.</summary>
/// <remarks>Over the one degree that a city spans the scale is off by less than 1 % at its northern and southern ends; a wall needs no better one.</remarks>
internal sealed class MapProjection
{
    /// <summary>The longer side of what is shown.</summary>
    public const double Side = 1_000;

    private readonly double _west;
    private readonly double _north;
    private readonly double _perLat;
    private readonly double _perLon;

    /// <summary>So that all of <paramref name="points"/> lie within 0 to 1000, the longer side filling it.</summary>
    /// <exception cref="ArgumentException">They do not span an area.</exception>
    public MapProjection(IEnumerable<GeoPoint> points)
    {
        double south = double.MaxValue, north = double.MinValue, west = double.MaxValue, east = double.MinValue;
        foreach (var point in points)
        {
            (south, north) = (Math.Min(south, point.Lat), Math.Max(north, point.Lat));
            (west, east) = (Math.Min(west, point.Lon), Math.Max(east, point.Lon));
        }

        if (south >= north || west >= east)
        {
            throw new ArgumentException("The points span no area.", nameof(points));
        }

        var narrowing = Math.Cos((south + north) / 2 * Math.PI / 180);
        _perLat = Side / Math.Max(north - south, (east - west) * narrowing);
        _perLon = _perLat * narrowing;
        (_west, _north) = (west, north);
    }

    public MapPoint At(GeoPoint point) => new((point.Lon - _west) * _perLon, (_north - point.Lat) * _perLat);
}
