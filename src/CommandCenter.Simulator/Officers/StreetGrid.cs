using CommandCenter.Simulator.City;

namespace CommandCenter.Simulator.Officers;

/// <summary>
/// The streets of a district: a grid that stands at an angle of its own. Invented, because the maps of real streets at hand may not be
/// passed on; an officer on it turns at crossings and never walks through a block.
/// </summary>
internal sealed class StreetGrid
{
    private const double MetresPerDegreeLat = 111_320;

    private readonly District _district;
    private readonly double _metresPerDegreeLon;
    private readonly double _cos;
    private readonly double _sin;

    /// <summary>Lays the streets out.</summary>
    /// <param name="seed">The seed of the city.</param>
    /// <param name="district">Where they lie.</param>
    public StreetGrid(long seed, District district)
    {
        _district = district;
        _metresPerDegreeLon = MetresPerDegreeLat * Math.Cos(district.Lat * Math.PI / 180);
        var random = SeededRandom.For(seed, "streets", district.Court.GetStableHash());
        var bearing = (random.NextDouble() - 0.5) * Math.PI / 4;
        (_sin, _cos) = Math.SinCos(bearing);
        BlockMetres = 160 + (140 * random.NextDouble());

        // A square within the circle of the district: the corner between two of its crossings lies within the circle, too.
        Reach = (int)(district.RadiusMetres / Math.Sqrt(2) / BlockMetres);
    }

    /// <summary>From one street to the next, in metres.</summary>
    public double BlockMetres { get; }

    /// <summary>How many streets there are on each side of the middle.</summary>
    public int Reach { get; }

    /// <summary>Where a crossing lies, WGS84.</summary>
    /// <param name="column">Streets to one side of the middle.</param>
    /// <param name="row">Streets to the other.</param>
    public (double Lat, double Lon) At(int column, int row)
    {
        var (x, y) = (column * BlockMetres, row * BlockMetres);
        return (
            _district.Lat + (((x * _sin) + (y * _cos)) / MetresPerDegreeLat),
            _district.Lon + (((x * _cos) - (y * _sin)) / _metresPerDegreeLon));
    }

    /// <summary>How far a place is from the nearest street, in metres.</summary>
    public double MetresOff(double lat, double lon)
    {
        var (east, north) = ((lon - _district.Lon) * _metresPerDegreeLon, (lat - _district.Lat) * MetresPerDegreeLat);
        return Math.Min(Off((east * _cos) + (north * _sin)), Off((north * _cos) - (east * _sin)));

        double Off(double metres) => Math.Abs(metres - (Math.Round(metres / BlockMetres) * BlockMetres));
    }

    /// <summary>Metres from one place to another.</summary>
    public double Metres((double Lat, double Lon) from, (double Lat, double Lon) to) =>
        double.Hypot((to.Lat - from.Lat) * MetresPerDegreeLat, (to.Lon - from.Lon) * _metresPerDegreeLon);

    /// <summary>The direction from one place to another, in degrees from north.</summary>
    public double Heading((double Lat, double Lon) from, (double Lat, double Lon) to)
    {
        var (east, north) = ((to.Lon - from.Lon) * _metresPerDegreeLon, (to.Lat - from.Lat) * MetresPerDegreeLat);
        return ((Math.Atan2(east, north) * 180 / Math.PI) + 360) % 360;
    }
}
