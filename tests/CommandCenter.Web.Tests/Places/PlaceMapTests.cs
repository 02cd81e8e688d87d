using System.Text.Json;
using System.Text.Json.Nodes;
using CommandCenter.Domain.Officers;
using CommandCenter.Testing;
using CommandCenter.Web.Hosting;
using CommandCenter.Web.Places;
using CommandCenter.Web.Tests.Import;

namespace CommandCenter.Web.Tests.Places;

public sealed class PlaceMapTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    [Fact]
    public void The_map_file_follows_its_schema() => Assert.Empty(Schema().Validate(Document(MapFile.FileName)));

    [Theory]
    [InlineData("displayDatum", "\"BD09\"")]
    [InlineData("frames", "{}")]
    [InlineData("districts", "[]")]
    [InlineData("colour", "1")]
    public void A_map_file_that_its_reader_would_refuse_does_not_follow_it(string key, string value)
    {
        var file = Own();
        file[key] = JsonNode.Parse(value);

        Assert.NotEmpty(Schema().Validate(JsonSerializer.SerializeToElement(file)));
    }

    [Fact]
    public void The_whole_city_fills_the_drawing_and_one_degree_east_is_shorter_than_one_north()
    {
        var projection = new MapProjection([new(31, 121), new(32, 122)]);
        var (east, north) = (projection.At(new GeoPoint(32, 121.5)), projection.At(new GeoPoint(31.5, 121)));

        Assert.Equal(new MapPoint(0, 0), projection.At(new GeoPoint(32, 121)));
        Assert.Equal(MapProjection.Side, projection.At(new GeoPoint(31, 121)).Y, 6);
        Assert.Equal(Math.Cos(31.5 * Math.PI / 180), east.X / north.Y, 9);
        _ = Assert.Throws<ArgumentException>(() => new MapProjection([new(31, 121), new(31, 122)]));
    }

    [Fact]
    public void A_kilometre_is_a_kilometre_in_both_directions()
    {
        var square = new GeoPoint(31.2304, 121.4737);
        var (northOf, eastOf) = (square with { Lat = square.Lat + 0.1 }, square with { Lon = square.Lon + 0.1 });

        var perKilometreNorth = (At(square).Y - At(northOf).Y) / ShippedMap.KilometresBetween(square, northOf);
        var perKilometreEast = (At(eastOf).X - At(square).X) / ShippedMap.KilometresBetween(square, eastOf);

        Assert.InRange(perKilometreEast / perKilometreNorth, 0.99, 1.01);

        static MapPoint At(GeoPoint point) => ShippedMap.Map.At(new Position(point.Lat, point.Lon, null, null, null, Datum.Wgs84));
    }

    [Fact]
    public void Everything_lies_on_the_drawing_and_each_picture_holds_the_words_of_its_districts()
    {
        var map = ShippedMap.Map;

        Assert.Equal(16, map.Districts.Count);
        Assert.Equal(23, map.Courts.Count);
        Assert.All(map.Districts.SelectMany(district => new[] { district.Point, district.Label }).Concat(map.Courts.Select(court => court.Point)), point =>
        {
            Assert.InRange(point.X, 0, MapProjection.Side);
            Assert.InRange(point.Y, 0, MapProjection.Side);
        });
        Assert.All(map.Districts, district =>
        {
            var frame = map.Frames[district.Frame];
            Assert.Matches("^(M[0-9. ]+(L[0-9. ]+){2,}Z)+$", district.Path);
            Assert.InRange(district.Label.X, frame.X, frame.X + frame.Width);
            Assert.InRange(district.Label.Y, frame.Y, frame.Y + frame.Height);
        });
        Assert.Equal(["310101", "310105", "310106", "310109", "310113", "310114", "310118", "310151"], map.Districts.Where(district => district.HasLeader).Select(district => district.Code));
    }

    [Fact]
    public void The_shifted_datum_moves_outlines_courts_and_officers_together()
    {
        var file = Own();
        file["displayDatum"] = "GCJ02";
        var shifted = Load(file);
        var position = new Position(31.2304, 121.4737, null, null, null, Datum.Wgs84);

        // All of the city moves by nearly the same way, so on the drawing each thing stays where it was, to a hundred metres.
        Assert.Equal(MapDatum.Gcj02, shifted.DisplayDatum);
        var pairs = shifted.Courts.Zip(ShippedMap.Map.Courts, (one, other) => (one.Point, other.Point)).Append((shifted.At(position), ShippedMap.Map.At(position)));
        Assert.All(pairs, pair =>
        {
            Assert.NotEqual(pair.Item2, pair.Item1);
            Assert.InRange(Math.Abs(pair.Item1.X - pair.Item2.X) + Math.Abs(pair.Item1.Y - pair.Item2.Y), 0, 1.5);
        });
        Assert.NotEqual(ShippedMap.Map.Districts[0].Path, shifted.Districts[0].Path);
    }

    [Fact]
    public void An_approved_map_replaces_ours_and_brings_its_number()
    {
        var file = Own();
        file["approved"] = JsonNode.Parse("""{"datum":"GCJ02","property":"adcode","approvalNumber":"沪S(2026)001号"}""");
        WriteApproved(inGcj02: true);

        var map = Load(file);

        Assert.False(map.IsSchematic);
        Assert.Equal("沪S(2026)001号", map.ApprovalNumber);
        Assert.All(map.Districts.Zip(ShippedMap.Map.Districts), pair =>
        {
            // The same outlines there and back again: equal to a hundredth.
            Assert.Equal(pair.Second.Path[1..6], pair.First.Path[1..6]);
            Assert.Equal(pair.Second.Code, pair.First.Code);
        });
    }

    [Fact]
    public void An_approved_map_without_its_number_is_not_shown()
    {
        WriteApproved(inGcj02: false);

        Assert.Contains(MapCodes.ApprovalMissing, Assert.Throws<ConfigurationException>(() => Load(Own())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_fault_of_an_approved_map_stops_the_start_with_file_and_code()
    {
        File.WriteAllText(Path.Combine(_directory.Path, PlaceMap.ApprovedFile), """{"type":"FeatureCollection","features":[]}""");
        var file = Own();
        file["approved"]!["approvalNumber"] = "沪S(2026)001号";

        var message = Assert.Throws<ConfigurationException>(() => Load(file)).Message;

        Assert.Contains(PlaceMap.ApprovedFile, message, StringComparison.Ordinal);
        Assert.Contains(MapCodes.DistrictMissing, message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"mark":"沪9999","district":"310101","lat":31,"lon":121}""", MapCodes.CourtUnknown)]
    [InlineData("""{"mark":"沪0101","district":"310101","lat":31,"lon":121}""", MapCodes.CourtRepeated)]
    [InlineData("""{"mark":"沪0101","district":"310199","lat":31,"lon":121}""", MapCodes.DistrictUnknown)]
    public void A_court_out_of_place_is_named(string court, string code)
    {
        var file = Own();
        file["courts"]!.AsArray().Add(JsonNode.Parse(court));

        Assert.Contains(code, Assert.Throws<ConfigurationException>(() => Load(file)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_court_without_a_place_and_an_empty_picture_are_named_together()
    {
        var file = Own();
        file["courts"]!.AsArray().RemoveAt(0);
        file["frames"]!["centre"]!["west"] = 123;

        var message = Assert.Throws<ConfigurationException>(() => Load(file)).Message;

        Assert.Contains(MapCodes.CourtMissing, message, StringComparison.Ordinal);
        Assert.Contains(MapCodes.FrameEmpty, message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_map_of_a_part_of_the_courts_says_so_and_needs_no_place_for_the_others()
    {
        var file = Own();
        var places = file["courts"]!.AsArray();
        while (places.Count > 1)
        {
            places.RemoveAt(1);
        }

        Assert.EndsWith(" And 2 more.", Assert.Throws<ConfigurationException>(() => Load(file)).Message, StringComparison.Ordinal);
        file["partial"] = true;
        Assert.Single(Load(file).Courts);
    }

    [Fact]
    public void A_missing_file_or_an_unknown_key_is_named()
    {
        Assert.Contains(MapFile.FileName, Assert.Throws<ConfigurationException>(() => PlaceMap.Load(_directory.Path, ShippedConfig.Courts)).Message, StringComparison.Ordinal);
        var file = Own();
        file["colour"] = 1;
        Assert.Contains("colour", Assert.Throws<ConfigurationException>(() => Load(file)).Message, StringComparison.Ordinal);
    }

    public void Dispose() => _directory.Dispose();

    private static JsonObject Own() => JsonNode.Parse(File.ReadAllBytes(Path.Combine(ShippedMap.Directory, MapFile.FileName)))!.AsObject();

    private static JsonSchemaSubset Schema() => new(Document("map.schema.json"));

    private static JsonElement Document(string name) => JsonElement.Parse(File.ReadAllBytes(Path.Combine(ShippedMap.Directory, name)));

    private PlaceMap Load(JsonObject file)
    {
        File.WriteAllText(Path.Combine(_directory.Path, MapFile.FileName), file.ToJsonString());
        File.Copy(Path.Combine(ShippedMap.Directory, PlaceMap.OutlinesFile), Path.Combine(_directory.Path, PlaceMap.OutlinesFile), overwrite: true);
        return PlaceMap.Load(_directory.Path, ShippedConfig.Courts);
    }

    private void WriteApproved(bool inGcj02)
    {
        var features = ShippedMap.Outlines.Select(outline => new
        {
            type = "Feature",
            properties = new { adcode = int.Parse(outline.Code, System.Globalization.CultureInfo.InvariantCulture) },
            geometry = new
            {
                type = "MultiPolygon",
                coordinates = outline.Rings.Select(ring => new[]
                {
                    ring.Points.Select(point => inGcj02 ? point.From(MapDatum.Wgs84, MapDatum.Gcj02) : point).Select(point => new[] { point.Lon, point.Lat }),
                }),
            },
        });
        File.WriteAllText(Path.Combine(_directory.Path, PlaceMap.ApprovedFile), JsonSerializer.Serialize(new { type = "FeatureCollection", features }));
    }
}
