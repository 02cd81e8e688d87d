namespace CommandCenter.Simulator.Officers;

/// <summary>Where the officers of a district court are on the way: a circle that lies within the district.</summary>
/// <param name="CourtMark">The court.</param>
/// <param name="Lat">Latitude of the middle, WGS84.</param>
/// <param name="Lon">Longitude of the middle, WGS84.</param>
/// <param name="RadiusMetres">Radius.</param>
/// <param name="BeatCount">How many beats it has.</param>
internal sealed record District(string CourtMark, double Lat, double Lon, double RadiusMetres, int BeatCount)
{
    /// <summary>The 16 districts with 50 beats in all.</summary>
    public static readonly IReadOnlyList<District> All =
    [
        new("沪0101", 31.2167, 121.4818, 1_700, 3),
        new("沪0104", 31.1659, 121.4330, 2_200, 3),
        new("沪0105", 31.2080, 121.4057, 1_200, 3),
        new("沪0106", 31.2349, 121.4477, 800, 3),
        new("沪0107", 31.2476, 121.3960, 1_700, 3),
        new("沪0109", 31.2589, 121.4913, 1_050, 3),
        new("沪0110", 31.2847, 121.5303, 2_400, 3),
        new("沪0112", 31.1216, 121.3835, 2_500, 4),
        new("沪0113", 31.3928, 121.4734, 2_500, 3),
        new("沪0114", 31.3854, 121.2458, 2_500, 3),
        new("沪0115", 31.2234, 121.5402, 2_800, 6),
        new("沪0116", 30.7439, 121.3375, 2_500, 2),
        new("沪0117", 31.0324, 121.2190, 2_500, 3),
        new("沪0118", 31.1531, 121.1085, 2_500, 3),
        new("沪0120", 30.9142, 121.4540, 2_500, 3),
        new("沪0151", 31.6449, 121.4085, 2_500, 2),
    ];
}
