using CommandCenter.Domain.Officers;

namespace CommandCenter.Web.Places.Tracks;

/// <summary>What is to be known about one point of a track before it is believed.</summary>
/// <param name="GapMs">How long nothing was heard before it, where that is more than <see cref="TrackMarks.GapMin"/>; otherwise <see langword="null"/>.</param>
/// <param name="IsOutlier">Whether he cannot have come there from the last point that is none.</param>
internal readonly record struct TrackMark(long? GapMs, bool IsOutlier);

/// <summary>Marks gaps and outliers of a track. Nothing is left out or moved: what is odd stays, and says so.</summary>
internal static class TrackMarks
{
    /// <summary>Silent for longer, there is a gap: as long as a tile on the wall waits before it says lost.</summary>
    public static readonly TimeSpan GapMin = OfficerBoard.StalledMax;

    /// <summary>252 km/h: faster than any car, slower than a receiver that errs. A ride in a fast train is marked, too; nothing is lost by it.</summary>
    public const double SpeedMaxMps = 70;

    /// <summary>So many points in a row that agree with each other are a new place, and not errors: it was the one before that erred, or he was carried there.</summary>
    public const int AgreeingMin = 3;

    // Devices write whole seconds: two points of one second may be a second apart.
    private const double ClockStepS = 1;

    /// <summary>The marks of points in the order of their times, and the length of the way without outliers and gaps, in metres.</summary>
    public static (TrackMark[] Marks, double DistanceM) Of(IReadOnlyList<TrackPoint> points)
    {
        var marks = new TrackMark[points.Count];
        var good = -1; // The last point that is believed.
        var doubted = 0; // How many before this one agree with each other, but not with it.
        for (var i = 0; i < points.Count; i++)
        {
            var gap = i > 0 && points[i].AtMs - points[i - 1].AtMs is var silence && silence > GapMin.TotalMilliseconds ? silence : (long?)null;
            if (good < 0 || CanReach(points[good], points[i]))
            {
                marks[i] = new TrackMark(gap, IsOutlier: false);
                (good, doubted) = (i, 0);
                continue;
            }

            marks[i] = new TrackMark(gap, IsOutlier: true);
            doubted = doubted > 0 && CanReach(points[i - 1], points[i]) ? doubted + 1 : 1;
            if (doubted == AgreeingMin)
            {
                for (var j = i - doubted + 1; j <= i; j++)
                {
                    marks[j] = marks[j] with { IsOutlier = false };
                }

                (good, doubted) = (i, 0);
            }
        }

        return (marks, LengthOf(points, marks));
    }

    /// <summary>Metres between two points.</summary>
    public static double MetresBetween(in TrackPoint one, in TrackPoint other) => GreatCircle.Metres(one.Latitude, one.Longitude, other.Latitude, other.Longitude);

    private static bool CanReach(in TrackPoint from, in TrackPoint to)
    {
        var seconds = Math.Max((to.AtMs - from.AtMs) / 1000.0, ClockStepS);
        return MetresBetween(from, to) <= (SpeedMaxMps * seconds) + Known(from.AccuracyM) + Known(to.AccuracyM);

        static double Known(float accuracy) => float.IsNaN(accuracy) ? 0 : accuracy;
    }

    // The way through a gap is not known, so it is not counted.
    private static double LengthOf(IReadOnlyList<TrackPoint> points, TrackMark[] marks)
    {
        var (length, before, isBroken) = (0.0, -1, false);
        for (var i = 0; i < points.Count; i++)
        {
            isBroken |= marks[i].GapMs is not null;
            if (marks[i].IsOutlier)
            {
                continue;
            }

            length += before >= 0 && !isBroken ? MetresBetween(points[before], points[i]) : 0;
            (before, isBroken) = (i, false);
        }

        return length;
    }
}
