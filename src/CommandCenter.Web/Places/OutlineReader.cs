using System.Globalization;
using System.Text.Json;

namespace CommandCenter.Web.Places;

/// <summary>A ring: the last position equals the first.</summary>
internal sealed record GeoRing(IReadOnlyList<GeoPoint> Points);

/// <summary>The outline of one district: outer rings and holes alike, filled even-odd.</summary>
internal sealed record DistrictOutline(string Code, IReadOnlyList<GeoRing> Rings);

/// <summary>What was read, and what is wrong with it. Outlines count only without faults.</summary>
internal sealed record OutlineReading(IReadOnlyList<DistrictOutline> Outlines, IReadOnlyList<MapFault> Faults);

/// <summary>Reads the outlines of districts from GeoJSON (RFC 7946), ours or an approved map's, and says all that is wrong at once.</summary>
/// <remarks>One feature: <c>{"type":"Feature","properties":{"code":"310101"},"geometry":{"type":"Polygon","coordinates":[[[121.4,31.2],…]]}}</c></remarks>
internal sealed class OutlineReader
{
    /// <summary>A larger file is refused unread. 8 MiB.</summary>
    public const int FileBytesMax = 8 * 1024 * 1024;

    /// <summary>All outlines together. They travel inside the page, and a wall cannot show more.</summary>
    public const int VerticesMax = 20_000;

    private const int FaultsMax = 20;
    private const int RingPositionsMin = 4;

    // China and its seas. Latitude and longitude in the wrong order leave it, which is the slip that happens.
    private const double WestMin = 73, EastMax = 136, SouthMin = 3, NorthMax = 54;

    private readonly IReadOnlyList<DistrictPlace> _districts;
    private readonly string _property;
    private readonly List<DistrictOutline> _outlines = [];
    private readonly List<MapFault> _faults = [];
    private int _vertices;

    private OutlineReader(IReadOnlyList<DistrictPlace> districts, string property)
    {
        _districts = districts;
        _property = property;
    }

    /// <param name="json">The file.</param>
    /// <param name="districts">Those that must be in it, each once, and no other.</param>
    /// <param name="property">The property of a feature that holds the code or the Chinese name of its district.</param>
    public static OutlineReading Read(ReadOnlyMemory<byte> json, IReadOnlyList<DistrictPlace> districts, string property)
    {
        if (json.Length > FileBytesMax)
        {
            return new OutlineReading([], [new MapFault(MapCodes.FileTooLarge, $"{json.Length} bytes; at most {FileBytesMax}.")]);
        }

        var reader = new OutlineReader(districts, property);
        try
        {
            using var document = JsonDocument.Parse(json);
            reader.ReadFeatures(document.RootElement);
        }
        catch (JsonException exception)
        {
            return new OutlineReading([], [new MapFault(MapCodes.NotJson, exception.Message)]);
        }

        return new OutlineReading(reader._outlines, [.. reader._faults.Take(FaultsMax)]);
    }

    private void ReadFeatures(JsonElement root)
    {
        if (!IsOfType(root, "FeatureCollection") || !root.TryGetProperty("features", out var features) || features.ValueKind != JsonValueKind.Array)
        {
            Fault(MapCodes.NotFeatures, "a FeatureCollection with features is expected.");
            return;
        }

        foreach (var (index, feature) in features.EnumerateArray().Index())
        {
            ReadFeature(feature, string.Create(CultureInfo.InvariantCulture, $"feature {index + 1}"));
            if (_vertices > VerticesMax)
            {
                Fault(MapCodes.TooManyVertices, string.Create(CultureInfo.InvariantCulture, $"more than {VerticesMax} in all; simplify the outlines."));
                return;
            }
        }

        foreach (var district in _districts.Where(district => _outlines.All(outline => outline.Code != district.Code)))
        {
            Fault(MapCodes.DistrictMissing, $"{district.Code} {district.Name.Zh} has no outline.");
        }
    }

    private void ReadFeature(JsonElement feature, string at)
    {
        if (!IsOfType(feature, "Feature") || !feature.TryGetProperty("properties", out var properties) || properties.ValueKind != JsonValueKind.Object
            || !properties.TryGetProperty(_property, out var value) || value.ValueKind is not (JsonValueKind.String or JsonValueKind.Number))
        {
            Fault(MapCodes.DistrictUnnamed, $"{at} has no property \"{_property}\" with the code or the name of a district.");
            return;
        }

        var name = value.ToString();
        if (_districts.FirstOrDefault(district => district.Code == name || district.Name.Zh == name || district.Name.Zh + "区" == name) is not { } known)
        {
            Fault(MapCodes.DistrictUnknown, $"{at} is \"{name}\", which is no district of {MapFile.FileName}.");
            return;
        }

        at = $"{at} ({known.Code} {known.Name.Zh})";
        if (_outlines.Any(outline => outline.Code == known.Code))
        {
            Fault(MapCodes.DistrictRepeated, $"{at} was there before.");
            return;
        }

        var rings = new List<GeoRing>();
        foreach (var (index, ring) in RingsOf(feature, at).Index())
        {
            if (_vertices > VerticesMax)
            {
                break;
            }

            if (ReadRing(ring, string.Create(CultureInfo.InvariantCulture, $"{at}, ring {index + 1}")) is { } points)
            {
                rings.Add(new GeoRing(points));
            }
        }

        _outlines.Add(new DistrictOutline(known.Code, rings));
    }

    private IEnumerable<JsonElement> RingsOf(JsonElement feature, string at)
    {
        if (feature.TryGetProperty("geometry", out var geometry) && geometry.ValueKind == JsonValueKind.Object
            && geometry.TryGetProperty("coordinates", out var coordinates) && coordinates.ValueKind == JsonValueKind.Array && coordinates.GetArrayLength() > 0)
        {
            if (IsOfType(geometry, "Polygon"))
            {
                return coordinates.EnumerateArray();
            }

            if (IsOfType(geometry, "MultiPolygon") && coordinates.EnumerateArray().All(polygon => polygon.ValueKind == JsonValueKind.Array))
            {
                return coordinates.EnumerateArray().SelectMany(polygon => polygon.EnumerateArray());
            }
        }

        Fault(MapCodes.GeometryUnsupported, $"{at} needs a Polygon or a MultiPolygon with rings.");
        return [];
    }

    private GeoPoint[]? ReadRing(JsonElement ring, string at)
    {
        if (ring.ValueKind != JsonValueKind.Array || ring.GetArrayLength() < RingPositionsMin)
        {
            Fault(MapCodes.RingTooShort, string.Create(CultureInfo.InvariantCulture, $"{at} has fewer than {RingPositionsMin} positions."));
            return null;
        }

        var count = ring.GetArrayLength();
        _vertices += count - 1;
        if (_vertices > VerticesMax)
        {
            return null;
        }

        var points = new GeoPoint[count];
        foreach (var (index, position) in ring.EnumerateArray().Index())
        {
            if (!IsPosition(position, out points[index]))
            {
                Fault(MapCodes.OutOfRange, string.Create(CultureInfo.InvariantCulture,
                    $"{at}, position {index + 1} is not [longitude {WestMin} to {EastMax}, latitude {SouthMin} to {NorthMax}]."));
                return null;
            }
        }

        if (points[0] != points[^1])
        {
            Fault(MapCodes.RingNotClosed, $"{at}: the last position is not the first one.");
            return null;
        }

        return points;
    }

    private static bool IsPosition(JsonElement position, out GeoPoint point)
    {
        point = default;
        if (position.ValueKind != JsonValueKind.Array || position.GetArrayLength() < 2
            || position[0].ValueKind != JsonValueKind.Number || position[1].ValueKind != JsonValueKind.Number)
        {
            return false;
        }

        point = new GeoPoint(position[1].GetDouble(), position[0].GetDouble());
        return point is { Lon: >= WestMin and <= EastMax, Lat: >= SouthMin and <= NorthMax };
    }

    private static bool IsOfType(JsonElement element, string type) => element.ValueKind == JsonValueKind.Object
        && element.TryGetProperty("type", out var value) && value.ValueKind == JsonValueKind.String && value.ValueEquals(type);

    private void Fault(string code, string text) => _faults.Add(new MapFault(code, text));
}
