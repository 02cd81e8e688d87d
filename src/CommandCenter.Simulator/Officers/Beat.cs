using System.Globalization;
using CommandCenter.Simulator.City;
using CommandCenter.Simulator.Events;
using static CommandCenter.Simulator.Events.EventData;

namespace CommandCenter.Simulator.Officers;

/// <summary>The beat of one field officer: a closed way through his district, walked around the clock by two officers in shifts.</summary>
/// <remarks>Where the officer is follows from the time alone: the way has a length, and he drives along it at a steady pace with stops.</remarks>
internal sealed class Beat
{
    /// <summary>How often a position is reported.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    private const double MetresPerDegreeLat = 111_320;
    private const double StopSeconds = 90;

    private static readonly TimeSpan s_shift = TimeSpan.FromHours(12);
    private static readonly TimeSpan s_firstShift = TimeSpan.FromHours(8);

    private readonly long _seed;
    private readonly Court _court;
    private readonly int _number;
    private readonly double _speedMps;
    private readonly double _metresPerDegreeLon;
    private readonly (double Lat, double Lon)[] _corners;
    private readonly double[] _legSeconds;
    private readonly double _roundSeconds;

    /// <summary>Lays out a beat.</summary>
    /// <param name="seed">The seed of the city.</param>
    /// <param name="court">The court of the officer.</param>
    /// <param name="number">Number of the beat in its court, from 1.</param>
    /// <param name="district">Where it lies.</param>
    public Beat(long seed, Court court, int number, District district)
    {
        _seed = seed;
        _court = court;
        _number = number;
        _metresPerDegreeLon = MetresPerDegreeLat * Math.Cos(district.Lat * Math.PI / 180);
        var random = SeededRandom.For(seed, "beat", court.Mark.GetStableHash(), number);
        _speedMps = 6 + (5 * random.NextDouble());
        _corners = new (double, double)[random.Between(5, 8)];
        for (var i = 0; i < _corners.Length; i++)
        {
            // Corners around the middle in the order of their angle: a way that does not cross itself.
            var angle = 2 * Math.PI * (i + (0.7 * random.NextDouble())) / _corners.Length;
            var metres = district.RadiusMetres * (0.35 + (0.65 * random.NextDouble()));
            _corners[i] = (
                district.Lat + (metres * Math.Sin(angle) / MetresPerDegreeLat),
                district.Lon + (metres * Math.Cos(angle) / _metresPerDegreeLon));
        }

        _legSeconds = new double[_corners.Length];
        for (var i = 0; i < _corners.Length; i++)
        {
            _legSeconds[i] = MetresOfLeg(i) / _speedMps;
        }

        _roundSeconds = _legSeconds.Sum() + (StopSeconds * _corners.Length);
    }

    /// <summary>The position at a moment, as reported by the officer on duty.</summary>
    public PlannedEvent PositionAt(DateTimeOffset at)
    {
        var inRound = ((at.ToUnixTimeMilliseconds() / 1000.0) + (_number * 997)) % _roundSeconds;
        var leg = 0;
        while (inRound >= _legSeconds[leg] + StopSeconds)
        {
            inRound -= _legSeconds[leg] + StopSeconds;
            leg++;
        }

        var share = Math.Min(1, inRound / _legSeconds[leg]);
        var (from, to) = (_corners[leg], _corners[(leg + 1) % _corners.Length]);
        var position = new OfficerPosition(
            from.Lat + (share * (to.Lat - from.Lat)),
            from.Lon + (share * (to.Lon - from.Lon)),
            AccuracyM: 4 + (at.ToUnixTimeSeconds() / 10 % 5),
            Heading(from, to),
            share < 1 ? _speedMps : 0);
        return Report("pos", at, OfficerOn(ShiftAt(at)), position);
    }

    /// <summary>The changes of shift in a span of time, its end included.</summary>
    public IEnumerable<PlannedEvent> ShiftChanges(DateTimeOffset after, DateTimeOffset upTo)
    {
        for (var shift = ShiftAt(after); shift <= ShiftAt(upTo) + 1; shift++)
        {
            // The relief comes some minutes before the hour; he who is relieved goes a little after it.
            var random = SeededRandom.For(_seed, "shift", (_court.Mark.GetStableHash() * 64) + _number, shift);
            var on = StartOfShift(shift).AddSeconds(-random.Between(30, 900));
            var off = StartOfShift(shift).AddSeconds(random.Between(30, 600));
            if (on > after && on <= upTo)
            {
                yield return Report("on", on, OfficerOn(shift), new OfficerDuty(On: true, DeviceOf(shift)));
            }

            if (off > after && off <= upTo)
            {
                yield return Report("off", off, OfficerOn(shift - 1), new OfficerDuty(On: false, DeviceOf(shift - 1)));
            }
        }
    }

    private static long ShiftAt(DateTimeOffset at) => (at - StartOfShift(0)).Ticks / s_shift.Ticks;

    private static DateTimeOffset StartOfShift(long shift) =>
        new DateTimeOffset(2000, 1, 1, 0, 0, 0, Shanghai.Offset) + s_firstShift + (shift * s_shift);

    private string OfficerOn(long shift) =>
        string.Create(CultureInfo.InvariantCulture, $"officer-{_court.Code}-{_number:D2}{(shift % 2 == 0 ? 'a' : 'b')}");

    private string DeviceOf(long shift) =>
        string.Create(CultureInfo.InvariantCulture, $"brooch-{_court.Code}-{_number:D2}{(shift % 2 == 0 ? 'a' : 'b')}");

    private PlannedEvent Report(string what, DateTimeOffset at, string officer, EventData data) => new(
        string.Create(CultureInfo.InvariantCulture, $"s{_seed}.{officer}.{what}.{at.ToUnixTimeSeconds()}"), at, _court.Mark, null, officer, data);

    private double MetresOfLeg(int leg)
    {
        var (from, to) = (_corners[leg], _corners[(leg + 1) % _corners.Length]);
        return Math.Max(1, double.Hypot((to.Lat - from.Lat) * MetresPerDegreeLat, (to.Lon - from.Lon) * _metresPerDegreeLon));
    }

    private double Heading((double Lat, double Lon) from, (double Lat, double Lon) to)
    {
        var east = (to.Lon - from.Lon) * _metresPerDegreeLon;
        var north = (to.Lat - from.Lat) * MetresPerDegreeLat;
        return ((Math.Atan2(east, north) * 180 / Math.PI) + 360) % 360;
    }
}
