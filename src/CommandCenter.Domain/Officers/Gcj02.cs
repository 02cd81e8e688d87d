namespace CommandCenter.Domain.Officers;

/// <summary>Conversion between GCJ-02 (国测局坐标) and WGS-84.</summary>
/// <remarks>
/// The forward shift is the published polynomial on the Krasovsky 1940 ellipsoid (a = 6,378,245 m, e² = 0.00669342162296594323).
/// The way back has no closed form; four steps of fixed-point iteration bring it below 1 cm within China. Outside China the
/// frames are equal.
/// </remarks>
public static class Gcj02
{
    private const double SemiMajorM = 6_378_245.0;
    private const double EccentricitySquared = 0.00669342162296594323;
    private const int Iterations = 4;

    /// <summary>Converts a position of a Chinese map to WGS-84.</summary>
    public static (double Latitude, double Longitude) ToWgs84(double latitude, double longitude)
    {
        var (lat, lon) = (latitude, longitude);
        for (var i = 0; i < Iterations; i++)
        {
            var (shiftedLat, shiftedLon) = FromWgs84(lat, lon);
            lat -= shiftedLat - latitude;
            lon -= shiftedLon - longitude;
        }

        return (lat, lon);
    }

    /// <summary>Converts a WGS-84 position to the frame of Chinese maps.</summary>
    public static (double Latitude, double Longitude) FromWgs84(double latitude, double longitude)
    {
        if (longitude is < 72.004 or > 137.8347 || latitude is < 0.8293 or > 55.8271)
        {
            return (latitude, longitude);
        }

        var x = longitude - 105.0;
        var y = latitude - 35.0;
        var radians = latitude / 180.0 * Math.PI;
        var root = 1 - (EccentricitySquared * Math.Sin(radians) * Math.Sin(radians));
        var metresPerLat = SemiMajorM * (1 - EccentricitySquared) / (root * Math.Sqrt(root)) * Math.PI / 180.0;
        var metresPerLon = SemiMajorM / Math.Sqrt(root) * Math.Cos(radians) * Math.PI / 180.0;
        return (latitude + (ShiftLatM(x, y) / metresPerLat), longitude + (ShiftLonM(x, y) / metresPerLon));
    }

    private static double ShiftLatM(double x, double y) =>
        -100.0 + (2.0 * x) + (3.0 * y) + (0.2 * y * y) + (0.1 * x * y) + (0.2 * Math.Sqrt(Math.Abs(x)))
        + Waves(x, 6.0, 20.0, 2.0, 20.0) + Waves(y, 1.0, 20.0, 1.0 / 3.0, 40.0)
        + (((160.0 * Math.Sin(y / 12.0 * Math.PI)) + (320.0 * Math.Sin(y * Math.PI / 30.0))) * 2.0 / 3.0);

    private static double ShiftLonM(double x, double y) =>
        300.0 + x + (2.0 * y) + (0.1 * x * x) + (0.1 * x * y) + (0.1 * Math.Sqrt(Math.Abs(x)))
        + Waves(x, 6.0, 20.0, 2.0, 20.0) + Waves(x, 1.0, 20.0, 1.0 / 3.0, 40.0)
        + (((150.0 * Math.Sin(x / 12.0 * Math.PI)) + (300.0 * Math.Sin(x / 30.0 * Math.PI))) * 2.0 / 3.0);

    private static double Waves(double value, double frequency1, double amplitude1, double frequency2, double amplitude2) =>
        ((amplitude1 * Math.Sin(frequency1 * value * Math.PI)) + (amplitude2 * Math.Sin(frequency2 * value * Math.PI))) * 2.0 / 3.0;
}
