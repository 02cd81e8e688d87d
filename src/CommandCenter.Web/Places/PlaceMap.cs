using System.Globalization;
using System.Text;
using CommandCenter.Domain.Courts;
using CommandCenter.Domain.Officers;
using CommandCenter.Web.Hosting;
using CommandCenter.Web.Wall;

namespace CommandCenter.Web.Places;

/// <summary>The map of the districts, read once at start, checked, in the datum in which it is shown, and drawn as paths.</summary>
internal sealed class PlaceMap
{
    /// <summary>Our own schematic outlines.</summary>
    public const string OutlinesFile = "districts.geojson";

    /// <summary>The import slot: when this file is there, it replaces our outlines.</summary>
    public const string ApprovedFile = "approved.geojson";

    private const string OwnProperty = "code";

    // Who made a mistake in a list has made it in all of its lines; nobody reads three thousand of them.
    private const int FaultsNamedMax = 20;

    private readonly MapProjection _projection;
    private readonly MapPoint[][][] _rings;

    private PlaceMap(MapFile file, bool isSchematic, IReadOnlyList<DistrictOutline> outlines, MapDatum datum, CourtTree courts)
    {
        IsSchematic = isSchematic;
        ApprovalNumber = isSchematic ? null : file.Approved.ApprovalNumber;
        DisplayDatum = file.DisplayDatum;
        var shown = outlines.ToDictionary(
            outline => outline.Code,
            outline => outline.Rings.Select(ring => ring.Points.Select(point => point.From(datum, DisplayDatum)).ToArray()).ToArray(),
            StringComparer.Ordinal);
        _projection = new MapProjection(shown.Values.SelectMany(rings => rings).SelectMany(ring => ring));
        Districts = [.. file.Districts.Select(place => DistrictOf(place, shown[place.Code]))];
        Courts = [.. file.Courts.Select(place => CourtOf(place, courts))];
        _rings = [.. file.Districts.Select(place => Drawn(shown[place.Code]))];
        Frames = Enum.GetValues<MapFrameName>().ToDictionary(name => name, name => RectangleOf(file.Frames.Find(name)));
    }

    /// <summary>Whether the outlines are ours and the panel must say so.</summary>
    public bool IsSchematic { get; }

    /// <summary>审图号 of the approved map; <see langword="null"/> while the outlines are ours.</summary>
    public string? ApprovalNumber { get; }

    public MapDatum DisplayDatum { get; }

    /// <summary>In the order of <c>map.json</c>; the parts name districts by their place in it.</summary>
    public IReadOnlyList<MapDistrict> Districts { get; }

    public IReadOnlyList<MapCourt> Courts { get; }

    public IReadOnlyDictionary<MapFrameName, MapRectangle> Frames { get; }

    /// <summary>A stored position on the drawn map.</summary>
    public MapPoint At(Position position) => Shown(new GeoPoint(position.Latitude, position.Longitude));

    /// <summary>The middle of a place on the drawn map.</summary>
    public MapPoint At(Target target) => Shown(new GeoPoint(target.Latitude, target.Longitude));

    /// <summary>电子围栏: the district in which somebody of a court is, when that is none of his own; <see langword="null"/> at home, outside all of them, and for a court without one.</summary>
    /// <remarks>By the outlines that are drawn, so as exact as these: with ours, which are schematic, near a border it is a hint and no proof.</remarks>
    public MapDistrict? AwayFrom(string courtMark, MapPoint at)
    {
        var own = Districts.Index().Where(district => district.Item.CourtMark == courtMark).ToArray();
        return own.Length == 0 || own.Any(Holds) ? null : Districts.Index().FirstOrDefault(Holds).Item;

        bool Holds((int Index, MapDistrict District) one) => IsInside(at, _rings[one.Index]);
    }

    /// <exception cref="ConfigurationException">A file is missing or wrong; the message names each fault by its code.</exception>
    public static PlaceMap Load(string directory, CourtTree courts)
    {
        var file = MapFile.Read(directory);
        var faults = FaultsOf(file, courts).ToList();
        Throw(Path.Combine(directory, MapFile.FileName), faults);

        var approved = Path.Combine(directory, ApprovedFile);
        var isSchematic = !File.Exists(approved);
        if (!isSchematic && string.IsNullOrWhiteSpace(file.Approved.ApprovalNumber))
        {
            Throw(Path.Combine(directory, MapFile.FileName), [new MapFault(
                MapCodes.ApprovalMissing, $"{ApprovedFile} is there, so approved.approvalNumber must hold its 审图号.")]);
        }

        var path = isSchematic ? Path.Combine(directory, OutlinesFile) : approved;
        var reading = OutlineReader.Read(ReadBytes(path), file.Districts, isSchematic ? OwnProperty : file.Approved.Property);
        Throw(path, reading.Faults);
        return new PlaceMap(file, isSchematic, reading.Outlines, isSchematic ? MapDatum.Wgs84 : file.Approved.Datum, courts);
    }

    private static IEnumerable<MapFault> FaultsOf(MapFile file, CourtTree courts)
    {
        foreach (var mark in file.Districts.Select(district => district.Court).Concat(file.Courts.Select(court => court.Mark))
            .Distinct(StringComparer.Ordinal).Where(mark => !courts.TryFind(mark, out _)))
        {
            yield return new MapFault(MapCodes.CourtUnknown, $"\"{mark}\" is no court of courts.json.");
        }

        foreach (var mark in Repeated(file.Courts.Select(court => court.Mark)).Concat(Repeated(file.Districts.Select(district => district.Court))))
        {
            yield return new MapFault(MapCodes.CourtRepeated, $"{mark} has two places.");
        }

        foreach (var code in Repeated(file.Districts.Select(district => district.Code)))
        {
            yield return new MapFault(MapCodes.DistrictRepeated, $"{code} is there twice.");
        }

        foreach (var court in file.Courts.Where(court => file.Districts.All(district => district.Code != court.District)))
        {
            yield return new MapFault(MapCodes.DistrictUnknown, $"\"{court.District}\" of {court.Mark} is no district of this file.");
        }

        foreach (var court in courts.Courts.Where(court => !file.IsPartial && file.Courts.All(place => place.Mark != court.Mark)))
        {
            yield return new MapFault(MapCodes.CourtMissing, $"{court.Mark} has no place.");
        }

        foreach (var name in Enum.GetValues<MapFrameName>())
        {
            var frame = file.Frames.Find(name);
            if (!(frame.West < frame.East && frame.South < frame.North))
            {
                yield return new MapFault(MapCodes.FrameEmpty, $"{name} must reach from west to east and from south to north.");
            }
        }
    }

    private static IEnumerable<string> Repeated(IEnumerable<string> values) =>
        values.GroupBy(value => value, StringComparer.Ordinal).Where(group => group.Skip(1).Any()).Select(group => group.Key);

    /// <exception cref="ConfigurationException">There are faults.</exception>
    private static void Throw(string path, IReadOnlyList<MapFault> faults)
    {
        if (faults.Count > 0)
        {
            var more = faults.Count > FaultsNamedMax ? string.Create(CultureInfo.InvariantCulture, $" And {faults.Count - FaultsNamedMax} more.") : "";
            throw new ConfigurationException($"{path}: {string.Join(" ", faults.Take(FaultsNamedMax))}{more}", null);
        }
    }

    private static byte[] ReadBytes(string path)
    {
        try
        {
            return new FileInfo(path).Length <= OutlineReader.FileBytesMax
                ? File.ReadAllBytes(path)
                : throw new ConfigurationException($"{path}: {new MapFault(MapCodes.FileTooLarge, $"at most {OutlineReader.FileBytesMax} bytes.")}", null);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException($"{path}: {exception.Message}", exception);
        }
    }

    private MapDistrict DistrictOf(DistrictPlace place, GeoPoint[][] rings)
    {
        var point = Shown(place.Point);
        var label = Shown(place.Label ?? place.Point);
        var drawn = Drawn(rings);
        return new MapDistrict(place.Code, place.Court, place.Name, PathOf(drawn), place.Frame, point, label, HasLeader: !IsInside(label, drawn));
    }

    private MapPoint[][] Drawn(GeoPoint[][] rings) => [.. rings.Select(ring => ring.Select(_projection.At).ToArray())];

    private MapCourt CourtOf(CourtPlace place, CourtTree courts)
    {
        _ = courts.TryFind(place.Mark, out var court);
        return new MapCourt(place.Mark, court!.Definition.Level, court.Definition.NameZh, court.Definition.NameEn, Shown(new GeoPoint(place.Lat, place.Lon)));
    }

    private MapRectangle RectangleOf(MapFrame frame)
    {
        var (from, to) = (Shown(new GeoPoint(frame.North, frame.West)), Shown(new GeoPoint(frame.South, frame.East)));
        return new MapRectangle(from.X, from.Y, to.X - from.X, to.Y - from.Y);
    }

    private MapPoint Shown(GeoPoint wgs84) => _projection.At(wgs84.From(MapDatum.Wgs84, DisplayDatum));

    /// <summary>Even-odd, as it is filled.</summary>
    private static bool IsInside(MapPoint point, MapPoint[][] rings)
    {
        var isInside = false;
        foreach (var ring in rings)
        {
            for (var i = 1; i < ring.Length; i++)
            {
                var (a, b) = (ring[i - 1], ring[i]);
                if ((a.Y > point.Y) != (b.Y > point.Y) && point.X < ((b.X - a.X) * (point.Y - a.Y) / (b.Y - a.Y)) + a.X)
                {
                    isInside = !isInside;
                }
            }
        }

        return isInside;
    }

    private static string PathOf(MapPoint[][] rings)
    {
        var path = new StringBuilder();
        foreach (var ring in rings)
        {
            var last = "";
            for (var i = 0; i < ring.Length - 1; i++)
            {
                // A hundredth is less than half a pixel of the largest wall in its enlarged centre.
                var point = string.Create(CultureInfo.InvariantCulture, $"{ring[i].X:0.##} {ring[i].Y:0.##}");
                if (point != last)
                {
                    _ = path.Append(i == 0 ? 'M' : 'L').Append(point);
                    last = point;
                }
            }

            _ = path.Append('Z');
        }

        return path.ToString();
    }
}

/// <summary>A rectangle of the drawn map.</summary>
internal readonly record struct MapRectangle(double X, double Y, double Width, double Height);

/// <summary>One district, ready to draw.</summary>
/// <param name="Code">Its code.</param>
/// <param name="CourtMark">The court whose figures shade it.</param>
/// <param name="Name">Its name.</param>
/// <param name="Path">Its outline as an SVG path.</param>
/// <param name="Frame">The picture that carries its words.</param>
/// <param name="Point">A point inside it.</param>
/// <param name="Label">The middle of its words.</param>
/// <param name="HasLeader">Whether a line must lead from the words to the point.</param>
internal sealed record MapDistrict(
    string Code, string CourtMark, WallLabel Name, string Path, MapFrameName Frame, MapPoint Point, MapPoint Label, bool HasLeader);

/// <summary>One court, ready to draw.</summary>
internal sealed record MapCourt(string Mark, CourtLevel Level, string NameZh, string NameEn, MapPoint Point);
