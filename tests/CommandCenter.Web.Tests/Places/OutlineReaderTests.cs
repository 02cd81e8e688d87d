using System.Text;
using CommandCenter.Web.Places;
using CommandCenter.Web.Wall;

namespace CommandCenter.Web.Tests.Places;

public sealed class OutlineReaderTests
{
    private const string Square = "[[[121.0,31.0],[121.1,31.0],[121.1,31.1],[121.0,31.0]]]";

    private static readonly DistrictPlace[] s_two =
    [
        new("310101", "沪0101", new WallLabel { Zh = "黄浦", En = "Huangpu" }, MapFrameName.City, default),
        new("310115", "沪0115", new WallLabel { Zh = "浦东新区", En = "Pudong" }, MapFrameName.City, default),
    ];

    [Theory]
    [InlineData("\"310101\"")]
    [InlineData("310101")]
    [InlineData("\"黄浦\"")]
    [InlineData("\"黄浦区\"")]
    public void A_district_is_known_by_its_code_or_its_name(string name)
    {
        var reading = Read(Collection(Feature(name), Feature("\"浦东新区\"")));

        Assert.Empty(reading.Faults);
        Assert.Equal(["310101", "310115"], reading.Outlines.Select(outline => outline.Code));
        Assert.Equal(new GeoPoint(31.1, 121.1), reading.Outlines[0].Rings[0].Points[2]);
    }

    [Fact]
    public void Islands_and_holes_are_rings_like_others()
    {
        var reading = Read(Collection(
            Feature("310101", $"[{Square},{Square}]", "MultiPolygon"),
            Feature("310115", "[[[121.0,31.0],[121.1,31.0],[121.1,31.1],[121.0,31.0]],[[121.02,31.01],[121.03,31.01],[121.03,31.02],[121.02,31.01]]]")));

        Assert.Empty(reading.Faults);
        Assert.All(reading.Outlines, outline => Assert.Equal(2, outline.Rings.Count));
    }

    [Theory]
    [InlineData("{", MapCodes.NotJson)]
    [InlineData("[]", MapCodes.NotFeatures)]
    [InlineData("""{"type":"Feature"}""", MapCodes.NotFeatures)]
    [InlineData("""{"type":"FeatureCollection","features":{}}""", MapCodes.NotFeatures)]
    [InlineData("""{"type":"FeatureCollection","features":[]}""", MapCodes.DistrictMissing)]
    public void A_file_of_another_form_says_what_is_expected(string json, string code) => Assert.Equal(code, Read(json).Faults[0].Code);

    [Theory]
    [InlineData("\"310199\"", Square, "Polygon", MapCodes.DistrictUnknown)]
    [InlineData("\"310115\"", Square, "Polygon", MapCodes.DistrictRepeated)]
    [InlineData("true", Square, "Polygon", MapCodes.DistrictUnnamed)]
    [InlineData("null", Square, "Polygon", MapCodes.DistrictUnnamed)]
    [InlineData("310101", "[121.0,31.0]", "Point", MapCodes.GeometryUnsupported)]
    [InlineData("310101", "[]", "Polygon", MapCodes.GeometryUnsupported)]
    [InlineData("310101", "[1]", "MultiPolygon", MapCodes.GeometryUnsupported)]
    [InlineData("310101", "[1]", "Polygon", MapCodes.RingTooShort)]
    [InlineData("310101", "[[[121.0,31.0],[121.1,31.0],[121.0,31.0]]]", "Polygon", MapCodes.RingTooShort)]
    [InlineData("310101", "[[[121.0,31.0],[121.1,31.0],[121.1,31.1],[121.0,31.01]]]", "Polygon", MapCodes.RingNotClosed)]
    [InlineData("310101", "[[[31.0,121.0],[31.1,121.0],[31.1,121.1],[31.0,121.0]]]", "Polygon", MapCodes.OutOfRange)]
    [InlineData("310101", "[[[121.0,31.0],[121.1,\"31\"],[121.1,31.1],[121.0,31.0]]]", "Polygon", MapCodes.OutOfRange)]
    [InlineData("310101", "[[[121.0,31.0],[121.1],[121.1,31.1],[121.0,31.0]]]", "Polygon", MapCodes.OutOfRange)]
    [InlineData("310101", "[[[121.0,31.0],[1e400,31],[121.1,31.1],[121.0,31.0]]]", "Polygon", MapCodes.OutOfRange)]
    public void A_wrong_feature_is_named_with_a_stable_code(string name, string coordinates, string type, string code)
    {
        var fault = Read(Collection(Feature("310115"), Feature(name, coordinates, type))).Faults[0];

        Assert.Equal(code, fault.Code);
        Assert.Contains("feature 2", fault.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_district_without_an_outline_is_named()
    {
        var fault = Assert.Single(Read(Collection(Feature("310101"))).Faults);

        Assert.Equal((MapCodes.DistrictMissing, true), (fault.Code, fault.Text.Contains("310115 浦东新区", StringComparison.Ordinal)));
    }

    [Fact]
    public void All_faults_are_said_at_once_but_not_without_end()
    {
        Assert.Equal(
            [MapCodes.RingNotClosed, MapCodes.DistrictUnknown, MapCodes.DistrictMissing],
            Read(Collection(Feature("310101", "[[[121.0,31.0],[121.1,31.0],[121.1,31.1],[121.0,31.01]]]"), Feature("1"))).Faults.Select(fault => fault.Code));
        Assert.Equal(20, Read(Collection([.. Enumerable.Range(0, 500).Select(_ => Feature("1"))])).Faults.Count);
    }

    [Fact]
    public void More_points_than_a_wall_can_show_are_refused()
    {
        var ring = string.Join(',', Enumerable.Range(0, OutlineReader.VerticesMax / 2 + 1)
            .Select(i => FormattableString.Invariant($"[{121 + (i * 1e-5)},31]")).Append("[121,31]"));

        Assert.Empty(Read(Collection(Feature("310101", $"[[{ring}]]"), Feature("310115"))).Faults);
        Assert.Equal(MapCodes.TooManyVertices, Read(Collection(Feature("310101", $"[[{ring}]]"), Feature("310115", $"[[{ring}]]"))).Faults[0].Code);
    }

    [Fact]
    public void A_file_beyond_the_limit_is_not_even_parsed() =>
        Assert.Equal(MapCodes.FileTooLarge, OutlineReader.Read(new byte[OutlineReader.FileBytesMax + 1], s_two, "code").Faults[0].Code);

    private static OutlineReading Read(string json) => OutlineReader.Read(Encoding.UTF8.GetBytes(json), s_two, "code");

    private static string Collection(params string[] features) => $$"""{"type":"FeatureCollection","features":[{{string.Join(',', features)}}]}""";

    private static string Feature(string name, string coordinates = Square, string type = "Polygon") =>
        $$$"""{"type":"Feature","properties":{"code":{{{name}}}},"geometry":{"type":"{{{type}}}","coordinates":{{{coordinates}}}}}""";
}
