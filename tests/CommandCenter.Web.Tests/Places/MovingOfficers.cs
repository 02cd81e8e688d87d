using CommandCenter.Domain.Officers;
using CommandCenter.Web.Places;

namespace CommandCenter.Web.Tests.Places;

/// <summary>Three officers of each district court who walk in circles, the same way every time; some are silent, some are off duty.</summary>
internal sealed class MovingOfficers(TimeProvider time) : IOfficerSource
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(10);

    private readonly DateTimeOffset _start = time.GetUtcNow();

    public OfficerBoard Read()
    {
        var now = time.GetUtcNow();
        return OfficerBoard.Of(
            ShippedMap.File.Districts.SelectMany(district => Enumerable.Range(1, 3).Select(number => (district.Court, Officer(district, number, now)))), ShippedMap.Map, now);
    }

    private OfficerState Officer(DistrictPlace district, int number, DateTimeOffset now)
    {
        var code = int.Parse(district.Code[4..], System.Globalization.CultureInfo.InvariantCulture) + number;
        var silence = TimeSpan.FromSeconds((code % 13) switch { 0 => 400, 1 => 90, _ => code % 10 });
        var reported = new DateTimeOffset(now.Ticks - (now.Ticks % s_interval.Ticks), TimeSpan.Zero) - silence;
        var turn = ((reported - _start).TotalMinutes + code) * Math.PI / 10;
        var position = new Position(
            district.Point.Lat + (0.01 * number * Math.Sin(turn)), district.Point.Lon + (0.01 * number * Math.Cos(turn)), 5, 0, 1, Datum.Wgs84);
        return new OfficerState($"officer-{district.Court[1..]}-{number:D2}a", IsOnDuty: number != 3 || code % 2 == 0, _start.AddHours(-1), "cam", position, reported);
    }
}
