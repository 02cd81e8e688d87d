using CommandCenter.Domain.Officers;

namespace CommandCenter.Domain.Tests.Officers;

public sealed class Gcj02Tests
{
    /// <remarks>
    /// The first pair is printed by github.com/wandergis/coordtransform, which has our ellipsoid; the next three, of Shanghai,
    /// Shenzhen and Beijing, by github.com/googollee/eviltransform, which has another one: hence the tolerance.
    /// </remarks>
    [Theory]
    [InlineData(39.915, 116.404, 39.91640428150164, 116.41024449916938, 1e-12)]
    [InlineData(31.1774276, 121.5272106, 31.17530398364597, 121.531541859215, 1e-6)]
    [InlineData(22.543847, 113.912316, 22.540796131694766, 113.9171764808363, 1e-6)]
    [InlineData(39.911954, 116.377817, 39.91334545536069, 116.38404722455657, 1e-6)]
    [InlineData(39.90734, 116.39089, 39.90874, 116.39713, 1e-4)] // Tiananmen, as maps print it
    public void A_known_place_is_shifted_to_where_Chinese_maps_draw_it(
        double latitude, double longitude, double mapLatitude, double mapLongitude, double toleranceDeg)
    {
        var (shiftedLatitude, shiftedLongitude) = Gcj02.FromWgs84(latitude, longitude);

        Assert.Equal(mapLatitude, shiftedLatitude, toleranceDeg);
        Assert.Equal(mapLongitude, shiftedLongitude, toleranceDeg);
    }

    [Fact]
    public void The_way_back_returns_to_the_start_over_all_of_China()
    {
        var worstDeg = 0.0;
        for (var latitude = 18.0; latitude <= 53.5; latitude += 0.5)
        {
            for (var longitude = 73.5; longitude <= 135.0; longitude += 0.5)
            {
                var (mapLatitude, mapLongitude) = Gcj02.FromWgs84(latitude, longitude);
                var (backLatitude, backLongitude) = Gcj02.ToWgs84(mapLatitude, mapLongitude);
                worstDeg = Math.Max(worstDeg, Math.Max(Math.Abs(backLatitude - latitude), Math.Abs(backLongitude - longitude)));
            }
        }

        Assert.True(worstDeg < 1e-7, $"The worst way back misses by {worstDeg:E1} degrees.");
    }

    [Fact]
    public void The_shift_is_of_some_hundred_metres_everywhere_in_the_city()
    {
        for (var latitude = 30.7; latitude <= 31.9; latitude += 0.1)
        {
            for (var longitude = 120.9; longitude <= 122.0; longitude += 0.1)
            {
                var (mapLatitude, mapLongitude) = Gcj02.FromWgs84(latitude, longitude);
                var metres = Math.Sqrt(
                    Math.Pow((mapLatitude - latitude) * 111_000, 2) + Math.Pow((mapLongitude - longitude) * 95_000, 2));

                Assert.InRange(metres, 300, 700);
            }
        }
    }

    [Theory]
    [InlineData(48.8584, 2.2945)] // Paris
    [InlineData(-33.8568, 151.2153)] // Sydney
    [InlineData(35.6586, 139.7454)] // Tokyo
    [InlineData(0.5, 110)]
    [InlineData(56, 110)]
    [InlineData(30, 72)]
    public void Outside_China_the_frames_are_equal_both_ways(double latitude, double longitude)
    {
        Assert.Equal((latitude, longitude), Gcj02.FromWgs84(latitude, longitude));
        Assert.Equal((latitude, longitude), Gcj02.ToWgs84(latitude, longitude));
    }
}
