using System.Text.Json;
using CommandCenter.Testing;
using CommandCenter.Web.Places;

namespace CommandCenter.Web.Tests.Places;

/// <summary>The map that we ship, and its outlines as plain rings of (longitude, latitude).</summary>
internal static class ShippedMap
{
    public static string Directory { get; } = RepositoryRoot.Combine("wallboard-config", "map");

    public static MapFile File { get; } = MapFile.Read(Directory);

    public static PlaceMap Map { get; } = PlaceMap.Load(Directory, ShippedConfig.Courts);

    public static IReadOnlyList<DistrictOutline> Outlines { get; } = ReadOutlines();

    public static DistrictOutline Outline(string code) => Outlines.Single(outline => outline.Code == code);

    /// <summary>Even-odd; a point on an edge may fall to either side.</summary>
    public static bool IsInside(this DistrictOutline outline, GeoPoint point) => IsInside(outline.Rings.SelectMany(EdgesOf), point);

    public static bool IsInside(IEnumerable<(GeoPoint From, GeoPoint To)> edges, GeoPoint point)
    {
        var isInside = false;
        foreach (var (a, b) in edges)
        {
            if ((a.Lat > point.Lat) != (b.Lat > point.Lat) && point.Lon < ((b.Lon - a.Lon) * (point.Lat - a.Lat) / (b.Lat - a.Lat)) + a.Lon)
            {
                isInside = !isInside;
            }
        }

        return isInside;
    }

    public static IEnumerable<(GeoPoint From, GeoPoint To)> EdgesOf(GeoRing ring) => ring.Points.Zip(ring.Points.Skip(1));

    /// <summary>Twice the signed area in square degrees; positive counter-clockwise.</summary>
    public static double TwiceAreaOf(GeoRing ring) => EdgesOf(ring).Sum(edge => (edge.From.Lon * edge.To.Lat) - (edge.To.Lon * edge.From.Lat));

    /// <summary>Of the largest ring.</summary>
    public static GeoPoint CentroidOf(IEnumerable<GeoRing> rings)
    {
        var ring = rings.MaxBy(one => Math.Abs(TwiceAreaOf(one)))!;
        double lat = 0, lon = 0;
        foreach (var (a, b) in EdgesOf(ring))
        {
            var cross = (a.Lon * b.Lat) - (b.Lon * a.Lat);
            (lat, lon) = (lat + ((a.Lat + b.Lat) * cross), lon + ((a.Lon + b.Lon) * cross));
        }

        var six = 3 * TwiceAreaOf(ring);
        return new GeoPoint(lat / six, lon / six);
    }

    /// <summary>Good to a few metres over a city.</summary>
    public static double KilometresBetween(GeoPoint a, GeoPoint b)
    {
        var east = (a.Lon - b.Lon) * 111.32 * Math.Cos(a.Lat * Math.PI / 180);
        var north = (a.Lat - b.Lat) * 111.2;
        return Math.Sqrt((east * east) + (north * north));
    }

    private static IReadOnlyList<DistrictOutline> ReadOutlines()
    {
        var reading = OutlineReader.Read(System.IO.File.ReadAllBytes(Path.Combine(Directory, PlaceMap.OutlinesFile)), File.Districts, "code");
        Assert.Empty(reading.Faults);
        return reading.Outlines;
    }
}
