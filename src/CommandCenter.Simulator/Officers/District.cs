using CommandCenter.Simulator.City;

namespace CommandCenter.Simulator.Officers;

/// <summary>Where the officers of a district court are on the way: a circle that lies within the district.</summary>
/// <param name="Court">Mark of the court.</param>
/// <param name="Lat">Latitude of the middle, WGS84.</param>
/// <param name="Lon">Longitude of the middle, WGS84.</param>
/// <param name="RadiusMetres">Radius.</param>
/// <param name="Beats">How many beats it has.</param>
internal sealed record District(string Court, double Lat, double Lon, double RadiusMetres, int Beats)
{
    /// <summary>The 16 districts with 50 beats in all.</summary>
    public static IReadOnlyList<District> All => CityFile.Shanghai.Districts;
}
