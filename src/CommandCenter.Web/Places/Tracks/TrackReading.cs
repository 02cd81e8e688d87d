using CommandCenter.Domain;
using CommandCenter.Domain.Courts;
using CommandCenter.Web.Access;
using CommandCenter.Web.Cameras;
using CommandCenter.Web.Grains;
using CommandCenter.Web.Reading;
using CommandCenter.Web.Trail;

namespace CommandCenter.Web.Places.Tracks;

/// <summary>A point of a track as the API shows it.</summary>
/// <param name="At">When he was there, by the device's clock.</param>
/// <param name="Lat">Degrees north, WGS-84.</param>
/// <param name="Lon">Degrees east, WGS-84.</param>
/// <param name="AccuracyM">Radius in metres; nothing when unknown.</param>
/// <param name="SpeedMps">As the device says it.</param>
/// <param name="HeadingDeg">The same.</param>
/// <param name="Datum">The frame in which the device gave it; it is shown in WGS-84 whatever that was.</param>
/// <param name="LateS">How long after it we heard of it, in seconds, where that is more than a minute.</param>
/// <param name="GapS">How long nothing was heard before it, in seconds, where that is a gap.</param>
/// <param name="Outlier">Whether he cannot have come there.</param>
internal sealed record TrackPlace(
    DateTimeOffset At, double Lat, double Lon, double? AccuracyM, double? SpeedMps, double? HeadingDeg, string Datum, double? LateS, double? GapS, bool Outlier);

/// <summary>Where an officer was.</summary>
/// <param name="Court">Mark of his court.</param>
/// <param name="Officer">His id.</param>
/// <param name="From">From when, included.</param>
/// <param name="Until">Until when, not included.</param>
/// <param name="KnownFrom">Before that nothing is kept: an empty track says nothing of it.</param>
/// <param name="AsOf">Up to when what was recorded is here; nothing while the journal is read for the first time.</param>
/// <param name="Gaps">How many gaps there are.</param>
/// <param name="Outliers">How many outliers.</param>
/// <param name="DistanceM">The way in metres, without outliers and without what lies in gaps.</param>
/// <param name="More">Whether there are more points than are shown: ask from the last one on.</param>
/// <param name="Points">By their own time.</param>
internal sealed record OfficerTrack(
    string Court, string Officer, DateTimeOffset From, DateTimeOffset Until, DateTimeOffset KnownFrom, DateTimeOffset? AsOf,
    int Gaps, int Outliers, double DistanceM, bool More, IReadOnlyList<TrackPlace> Points);

/// <summary>Tracks of officers for the API.</summary>
internal sealed class TrackReading(TrackBook book, GrainHost grains, TimeProvider time)
{
    /// <summary>The most points of an answer: a day of one in 5 s, and a little.</summary>
    public const int PointsMax = 20_000;

    private static readonly TimeSpan s_lateMin = TimeSpan.FromMinutes(1);

    /// <summary>The track of an officer; today's where no range is named.</summary>
    public (OfficerTrack? Track, QueryFault? Fault) Read(Viewer viewer, string court, string officer, string? from, string? until)
    {
        var (asked, fault) = ViewScope.Of(viewer, grains.Courts).Find(court);
        if (asked is null)
        {
            return (null, fault);
        }

        if (!QueryTime.TryParse(from, until, out var range))
        {
            return (null, new QueryFault(StatusCodes.Status400BadRequest, "query.bad-range", $"from and until must be {QueryTime.Wanted}."));
        }

        var now = time.GetUtcNow();
        var since = from is null ? ShanghaiTime.StartOf(ShanghaiTime.DayOf(now)).ToUniversalTime() : range!.Value.From;
        var end = until is null ? now.AddMinutes(10) : range!.Value.To; // As far ahead as facts may be.
        return (Of(asked, officer, since, end), null);
    }

    /// <summary>The track of an officer for somebody whose right was asked for already.</summary>
    public OfficerTrack Of(Court court, string officer, DateTimeOffset from, DateTimeOffset until)
    {
        var (points, knownFrom, asOf) = book.Read(grains.Map.PartitionOf(court), court.Mark, officer, from, until);
        var (shown, hasMore) = points.Count > PointsMax ? ([.. points.Take(PointsMax)], true) : (points, false);
        var (marks, distance) = TrackMarks.Of(shown);
        return new OfficerTrack(
            court.Mark, officer, from, until, knownFrom, asOf, marks.Count(static mark => mark.GapMs is not null), marks.Count(static mark => mark.IsOutlier),
            Math.Round(distance), hasMore, [.. shown.Select((point, i) => Show(point, marks[i]))]);
    }

    private static TrackPlace Show(in TrackPoint point, TrackMark mark)
    {
        var late = TimeSpan.FromMilliseconds(point.RecordedAtMs - point.AtMs);
        return new TrackPlace(
            DateTimeOffset.FromUnixTimeMilliseconds(point.AtMs), Math.Round(point.Latitude, 7), Math.Round(point.Longitude, 7),
            Known(point.AccuracyM), Known(point.SpeedMps), Known(point.HeadingDeg), CameraDrafts.NameOf(point.IsGcj02 ? Domain.Officers.Datum.Gcj02 : Domain.Officers.Datum.Wgs84),
            late > s_lateMin ? Math.Round(late.TotalSeconds) : null, mark.GapMs / 1000.0, mark.IsOutlier);
    }

    private static double? Known(float value) => float.IsNaN(value) ? null : Math.Round(value, 2);
}

/// <summary>What the host calls so that tracks can be asked for.</summary>
internal static class TrackEndpoints
{
    public static void AddTracks(this IServiceCollection services)
    {
        services.AddSingleton(static provider => new TrackBook(provider.GetRequiredService<GrainHost>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<IJournalKeeper>(static provider => provider.GetRequiredService<TrackBook>());
        services.AddSingleton<TrackReading>();
    }

    public static void MapTracks(this IEndpointRouteBuilder routes) =>
        _ = routes.MapGet("/api/v1/officers/{court}/{officer}/track", (string court, string officer, string? from, string? until, Viewer viewer, TrackReading tracks) =>
            {
                var (track, fault) = tracks.Read(viewer, court, officer, from, until);
                return fault?.ToResult() ?? Results.Ok(track);
            })
            .Needs(Right.Tracks).LeavesTrace(TrailActions.OfficerTrack, "officer").Produces<OfficerTrack>().ProducesProblem(400).ProducesProblem(403).ProducesProblem(404)
            .WithSummary("Where an officer was, today unless a range is named: points in WGS-84 by their own time, gaps and outliers marked and never left out.");
}
