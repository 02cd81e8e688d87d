using System.Globalization;
using System.IO.Compression;
using CommandCenter.Testing;
using CommandCenter.Web.Places.Tracks;

namespace CommandCenter.Web.Tests.Places.Tracks;

/// <summary>Gaps and outliers, made up and real.</summary>
public sealed class TrackMarksTests
{
    private const double MetresPerDegree = 111_195;

    [Fact]
    public void A_silence_of_more_than_five_minutes_is_a_gap_and_not_a_way()
    {
        var (marks, distance) = TrackMarks.Of([At(0, 0), At(10, 100), At(310, 200), At(610.5, 300), At(620, 400)]);

        Assert.Equal([null, null, null, 300_500, null], marks.Select(static mark => mark.GapMs));
        Assert.Equal(300, distance, 1); // The hundred metres in the gap are nobody's knowledge.
    }

    [Fact]
    public void A_point_that_he_cannot_have_reached_is_marked_and_those_after_it_are_not()
    {
        var (marks, distance) = TrackMarks.Of([At(0, 0), At(10, 100), At(20, 5_000), At(30, 300), At(40, 400)]);

        Assert.Equal([false, false, true, false, false], marks.Select(static mark => mark.IsOutlier));
        Assert.Equal(400, distance, 1);
    }

    [Fact]
    public void Three_points_that_agree_are_a_new_place()
    {
        var (marks, _) = TrackMarks.Of([At(0, 0), At(10, 50_000), At(20, 50_100), At(30, 50_200), At(40, 50_300)]);
        Assert.DoesNotContain(marks, static mark => mark.IsOutlier);

        var (two, _) = TrackMarks.Of([At(0, 0), At(10, 50_000), At(20, 50_100), At(30, 200)]);
        Assert.Equal([false, true, true, false], two.Select(static mark => mark.IsOutlier));

        var (scattered, _) = TrackMarks.Of([At(0, 0), At(10, 50_000), At(20, -50_000), At(30, 90_000), At(40, 100)]);
        Assert.Equal([false, true, true, true, false], scattered.Select(static mark => mark.IsOutlier));
    }

    [Fact]
    public void What_a_receiver_does_not_know_well_is_no_outlier()
    {
        var rough = At(10, 2_000) with { AccuracyM = 1_500 };

        Assert.False(TrackMarks.Of([At(0, 0), rough]).Marks[1].IsOutlier);
        Assert.True(TrackMarks.Of([At(0, 0), rough with { AccuracyM = 5 }]).Marks[1].IsOutlier);
        Assert.Empty(TrackMarks.Of([]).Marks);
    }

    [Fact]
    public void A_real_day_of_a_taxi_of_Shanghai_has_its_gaps_and_one_jump()
    {
        var points = Lines("data/gps/shanghai_taxi_26834_2015-04-01.csv").Skip(1).Select(static line => line.Split(',')).Select(static cells =>
            Point(DateTimeOffset.Parse(cells[1] + "+08:00", CultureInfo.InvariantCulture), cells[4], cells[3])).OrderBy(static point => point.AtMs).ToList();

        var (marks, distance) = TrackMarks.Of(points);

        Assert.Equal((611, 17, 1), (points.Count, marks.Count(static mark => mark.GapMs is not null), marks.Count(static mark => mark.IsOutlier)));
        Assert.Equal(2_526_000, marks.Max(static mark => mark.GapMs));
        Assert.InRange(distance, 50_000, 500_000);
        TestContext.Current.SendDiagnosticMessage($"A taxi: {points.Count} points, {distance / 1000:0.0} km.");
    }

    [Fact]
    public void Errors_put_into_a_real_walk_of_weeks_are_found_and_the_walk_is_not_blamed()
    {
        var points = Lines("data/gps/geolife_user001.csv.gz").Skip(1).Select(static line => line.Split(',')).Select(ReadGeoLife).OrderBy(static point => point.AtMs).ToList();
        var before = TrackMarks.Of(points).Marks.Count(static mark => mark.IsOutlier);
        var random = new Random(1);
        var thrown = Enumerable.Range(1, 200).Select(index => index * (points.Count / 201)).ToHashSet();
        foreach (var index in thrown)
        {
            points[index] = points[index] with { Latitude = points[index].Latitude + (random.Next(2) == 0 ? 0.5 : -0.5) };
        }

        var marks = TrackMarks.Of(points).Marks;

        var found = thrown.Count(index => marks[index].IsOutlier || marks[index].GapMs is not null);
        TestContext.Current.SendDiagnosticMessage($"GeoLife: {points.Count} points, {before} outliers of its own; {found} of {thrown.Count} errors found.");
        Assert.Equal(thrown.Count, found);
        Assert.True(before < points.Count / 1_000, $"{before} of {points.Count} are blamed.");
    }

    private static TrackPoint ReadGeoLife(string[] cells)
    {
        var at = cells.Single(static cell => cell.Length >= 19 && cell[4] == '-' && cell[7] == '-');
        return Point(DateTimeOffset.Parse(at, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal), cells[0], cells[1]);
    }

    private static List<string> Lines(string relativePath)
    {
        var path = RepositoryRoot.FindShared(relativePath);
        Assert.SkipWhen(path is null, $"The shared data set is not beside the repository: {relativePath}.");
        using var file = File.OpenRead(path);
        using var reader = new StreamReader(path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : file);
        List<string> lines = [];
        while (reader.ReadLine() is { } line)
        {
            lines.Add(line);
        }

        return lines;
    }

    private static TrackPoint Point(DateTimeOffset at, string latitude, string longitude) => new(
        at.ToUnixTimeMilliseconds(), at.ToUnixTimeMilliseconds(), double.Parse(latitude, CultureInfo.InvariantCulture), double.Parse(longitude, CultureInfo.InvariantCulture),
        float.NaN, float.NaN, float.NaN, IsGcj02: false);

    private static TrackPoint At(double second, double metresNorth) =>
        new((long)(second * 1000), 0, 31 + (metresNorth / MetresPerDegree), 121, float.NaN, float.NaN, float.NaN, IsGcj02: false);
}
