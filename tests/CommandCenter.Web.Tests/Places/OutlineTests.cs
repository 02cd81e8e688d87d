using System.Globalization;
using System.Text.Json;
using CommandCenter.Testing;
using CommandCenter.Web.Places;

namespace CommandCenter.Web.Tests.Places;

/// <summary>Our own outlines: a schematic, but one without gaps and overlaps, in which everything lies where it belongs.</summary>
public sealed class OutlineTests
{
    private static readonly (string Code, (GeoPoint From, GeoPoint To) Edge)[] s_edges =
        [.. ShippedMap.Outlines.SelectMany(outline => outline.Rings.SelectMany(ShippedMap.EdgesOf).Select(edge => (outline.Code, edge)))];

    [Fact]
    public void Sixteen_districts_are_drawn_with_few_points_and_say_that_they_are_schematic()
    {
        Assert.Equal(16, ShippedMap.Outlines.Count);
        Assert.All(ShippedMap.Outlines, outline => Assert.InRange(outline.Rings.Sum(ring => ring.Points.Count - 1), 8, 50));
        var file = JsonElement.Parse(File.ReadAllBytes(Path.Combine(ShippedMap.Directory, PlaceMap.OutlinesFile)));
        Assert.True(file.GetProperty("schematic").GetBoolean());
        Assert.True(ShippedMap.Map.IsSchematic);
        Assert.Null(ShippedMap.Map.ApprovalNumber);
    }

    [Fact]
    public void Rings_run_counter_clockwise_as_the_format_wants() =>
        Assert.All(ShippedMap.Outlines, outline => Assert.All(outline.Rings, ring => Assert.True(ShippedMap.TwiceAreaOf(ring) > 0, outline.Code)));

    [Fact]
    public void Neighbours_share_their_edges_exactly()
    {
        var byEdge = s_edges.GroupBy(one => Key(one.Edge)).ToList();

        Assert.All(byEdge, edge => Assert.InRange(edge.Count(), 1, 2));
        Assert.All(byEdge.Where(edge => edge.Count() == 2), pair =>
        {
            var (first, second) = (pair.First(), pair.Last());
            Assert.NotEqual(first.Code, second.Code);
            Assert.Equal((first.Edge.To, first.Edge.From), second.Edge);
        });

        // Every district of the mainland has neighbours; the islands have none.
        var bordering = byEdge.Where(edge => edge.Count() == 2).SelectMany(edge => edge.Select(one => one.Code)).ToHashSet();
        Assert.Equal(ShippedMap.Outlines.Select(outline => outline.Code).Where(code => code != "310151").ToHashSet(), bordering);
    }

    [Fact]
    public void No_edge_crosses_another() => Assert.Empty(
        from i in Enumerable.Range(0, s_edges.Length)
        from j in Enumerable.Range(i + 1, s_edges.Length - i - 1)
        where Cross(s_edges[i].Edge, s_edges[j].Edge)
        select $"{s_edges[i]} {s_edges[j]}");

    [Fact]
    public void Each_place_of_the_city_lies_in_exactly_one_district()
    {
        // Edges with a district on one side only are the border of the city.
        var border = s_edges.GroupBy(one => Key(one.Edge)).Where(edge => edge.Count() == 1).Select(edge => edge.First().Edge).ToArray();
        var within = 0;
        for (var row = 0; row < 260; row++)
        {
            for (var column = 0; column < 240; column++)
            {
                var point = new GeoPoint(30.6603 + (row * 0.0047), 120.8401 + (column * 0.0049));
                var owners = ShippedMap.Outlines.Count(outline => outline.IsInside(point));
                Assert.True(owners == (ShippedMap.IsInside(border, point) ? 1 : 0), $"{point} lies in {owners} districts.");
                within += owners;
            }
        }

        Assert.InRange(within, 20_000, 50_000);
    }

    [Fact]
    public void Every_court_lies_in_its_district() => Assert.All(ShippedMap.File.Courts, court =>
    {
        var seat = new GeoPoint(court.Lat, court.Lon);
        Assert.True(ShippedMap.Outline(court.District).IsInside(seat), court.Mark);
        Assert.True(ShippedMap.File.Districts.All(district => district.Court != court.Mark || district.Code == court.District), court.Mark);
    });

    [Fact]
    public void Every_district_has_the_basic_court_of_its_code_and_a_point_inside()
    {
        Assert.All(ShippedMap.File.Districts, district =>
        {
            Assert.Equal("沪01" + district.Code[4..], district.Court);
            Assert.True(ShippedMap.Outline(district.Code).IsInside(district.Point), district.Code);
        });
    }

    /// <summary>Otherwise the demonstration would show officers of one district in another.</summary>
    [Fact]
    public void The_officers_of_the_demonstration_walk_in_their_own_districts()
    {
        var city = JsonElement.Parse(File.ReadAllBytes(RepositoryRoot.Combine("src", "CommandCenter.Simulator", "City", "shanghai.json")));
        var circles = city.GetProperty("districts").EnumerateArray().ToList();

        Assert.Equal(16, circles.Count);
        Assert.All(circles, circle => Assert.True(
            ShippedMap.Outline("3101" + circle.GetProperty("court").GetString()![3..])
                .IsInside(new GeoPoint(circle.GetProperty("lat").GetDouble(), circle.GetProperty("lon").GetDouble())),
            circle.ToString()));
    }

    /// <summary>Drawn by hand, but not beside the city: each district has its middle and its size about where the survey has them.</summary>
    [Fact]
    public void The_outlines_are_about_where_the_districts_are()
    {
        var path = RepositoryRoot.FindShared("data/geo/shanghai_districts_gcj02_echarts490.geojson");
        Assert.SkipUnless(path is not null, "The survey to compare with is not beside the repository.");
        var reading = OutlineReader.Read(File.ReadAllBytes(path), ShippedMap.File.Districts, "name");
        Assert.Empty(reading.Faults);

        Assert.All(reading.Outlines, surveyed =>
        {
            var wgs84 = surveyed.Rings.Select(ring => new GeoRing([.. ring.Points.Select(point => point.From(MapDatum.Gcj02, MapDatum.Wgs84))])).ToList();
            var ours = ShippedMap.Outline(surveyed.Code);
            var apart = ShippedMap.KilometresBetween(ShippedMap.CentroidOf(wgs84), ShippedMap.CentroidOf(ours.Rings));
            var size = ours.Rings.Sum(ShippedMap.TwiceAreaOf) / wgs84.Sum(ring => Math.Abs(ShippedMap.TwiceAreaOf(ring)));
            TestContext.Current.SendDiagnosticMessage(string.Create(CultureInfo.InvariantCulture, $"{surveyed.Code}: {apart:0.0} km apart, {size:0.00} of its size"));
            Assert.True(apart < 4, string.Create(CultureInfo.InvariantCulture, $"{surveyed.Code} is {apart:0.0} km off."));
            Assert.InRange(size, 0.75, 1.35);
        });
    }

    private static (GeoPoint, GeoPoint) Key((GeoPoint From, GeoPoint To) edge) =>
        (edge.From.Lat, edge.From.Lon).CompareTo((edge.To.Lat, edge.To.Lon)) < 0 ? edge : (edge.To, edge.From);

    private static bool Cross((GeoPoint From, GeoPoint To) a, (GeoPoint From, GeoPoint To) b) =>
        Side(a, b.From) * Side(a, b.To) < 0 && Side(b, a.From) * Side(b, a.To) < 0;

    private static double Side((GeoPoint From, GeoPoint To) edge, GeoPoint point) =>
        ((edge.To.Lon - edge.From.Lon) * (point.Lat - edge.From.Lat)) - ((edge.To.Lat - edge.From.Lat) * (point.Lon - edge.From.Lon));
}
