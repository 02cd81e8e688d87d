namespace CommandCenter.Domain.Officers;

/// <summary>Distances on the earth.</summary>
public static class GreatCircle
{
    // IUGG mean radius.
    private const double EarthRadiusM = 6_371_008.8;

    /// <summary>Metres between two points along a great circle: the haversine formula on the mean radius, wrong by half a percent at most. Degrees, WGS-84.</summary>
    public static double Metres(double latitude1, double longitude1, double latitude2, double longitude2)
    {
        var (lat1, lat2) = (double.DegreesToRadians(latitude1), double.DegreesToRadians(latitude2));
        var (north, east) = (Math.Sin((lat2 - lat1) / 2), Math.Sin(double.DegreesToRadians(longitude2 - longitude1) / 2));
        return 2 * EarthRadiusM * Math.Asin(Math.Min(1, Math.Sqrt((north * north) + (Math.Cos(lat1) * Math.Cos(lat2) * east * east))));
    }
}
