using System.Globalization;
using CommandCenter.Simulator.City;
using CommandCenter.Simulator.Events;
using static CommandCenter.Simulator.Events.EventData;

namespace CommandCenter.Simulator.Officers;

/// <summary>The beat of one field officer: a closed way along the streets of his district, walked around the clock by two officers in shifts.</summary>
/// <remarks>Where the officer is follows from the time alone: the way has a length, and he drives along it at a steady pace with stops.</remarks>
internal sealed class Beat
{
    /// <summary>How often a position is reported.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    private const double CallSeconds = 90;
    private const double TurnSeconds = 15;

    private static readonly TimeSpan s_shift = TimeSpan.FromHours(12);
    private static readonly TimeSpan s_firstShift = TimeSpan.FromHours(8);

    private readonly long _seed;
    private readonly Court _court;
    private readonly int _number;
    private readonly double _speedMps;
    private readonly StreetGrid _streets;
    private readonly (double Lat, double Lon)[] _corners;
    private readonly double[] _legSeconds;
    private readonly double[] _stopSeconds;
    private readonly double _roundSeconds;
    private readonly (double AtSecond, int Corner)[] _departures;

    /// <summary>Lays out a beat.</summary>
    /// <param name="seed">The seed of the city.</param>
    /// <param name="court">The court of the officer.</param>
    /// <param name="number">Number of the beat in its court, from 1.</param>
    /// <param name="streets">The streets of its district.</param>
    public Beat(long seed, Court court, int number, StreetGrid streets)
    {
        _seed = seed;
        _court = court;
        _number = number;
        _streets = streets;
        var random = SeededRandom.For(seed, "beat", court.Mark.GetStableHash(), number);
        _speedMps = 6 + (5 * random.NextDouble());
        var way = LayOut(streets, random);
        _corners = [.. way.Select(corner => streets.At(corner.Column, corner.Row))];

        // He calls at the places of his beat; at a corner between two of them he only waits for the lights.
        _stopSeconds = [.. Enumerable.Range(0, way.Count).Select(i => way[(i + 1) % way.Count].IsCall ? CallSeconds : TurnSeconds)];
        _legSeconds = [.. Enumerable.Range(0, way.Count).Select(i => Math.Max(1, streets.Metres(_corners[i], _corners[(i + 1) % way.Count])) / _speedMps)];
        _roundSeconds = _legSeconds.Sum() + _stopSeconds.Sum();
        _departures = [.. Departures(way)];
    }

    /// <summary>The position at a moment, as reported by the officer on duty.</summary>
    public PlannedEvent PositionAt(DateTimeOffset at)
    {
        var inRound = InRounds(at) % _roundSeconds;
        var leg = 0;
        while (inRound >= _legSeconds[leg] + _stopSeconds[leg])
        {
            inRound -= _legSeconds[leg] + _stopSeconds[leg];
            leg = (leg + 1) % _legSeconds.Length; // The last digit of a sum may be missing.
        }

        var share = Math.Min(1, inRound / _legSeconds[leg]);
        var (from, to) = (_corners[leg], _corners[(leg + 1) % _corners.Length]);
        var position = new OfficerPosition(
            from.Lat + (share * (to.Lat - from.Lat)),
            from.Lon + (share * (to.Lon - from.Lon)),
            AccuracyM: 4 + (at.ToUnixTimeSeconds() / 10 % 5),
            _streets.Heading(from, to),
            share < 1 ? _speedMps : 0);
        return Report("pos", at, OfficerOn(ShiftAt(at)), position);
    }

    /// <summary>The orders in a span of time, its end included: whoever has called at a place is sent to the next one.</summary>
    public IEnumerable<PlannedEvent> Orders(DateTimeOffset after, DateTimeOffset upTo)
    {
        var (from, to) = (InRounds(after), InRounds(upTo));
        for (var round = Math.Floor(from / _roundSeconds); round * _roundSeconds <= to; round++)
        {
            foreach (var (atSecond, corner) in _departures)
            {
                var second = (round * _roundSeconds) + atSecond;
                if (second > from && second <= to)
                {
                    var at = DateTimeOffset.FromUnixTimeMilliseconds((long)Math.Ceiling((second - (_number * 997)) * 1000));
                    yield return Report("order", at, OfficerOn(ShiftAt(at)), new OfficerDispatched(_corners[corner].Lat, _corners[corner].Lon));
                }
            }
        }
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

    // Each beat is at another second of its round.
    private double InRounds(DateTimeOffset at) => (at.ToUnixTimeMilliseconds() / 1000.0) + (_number * 997);

    // When in a round he leaves a place of call, and the corner of the next one.
    private IEnumerable<(double AtSecond, int Corner)> Departures(List<(int Column, int Row, bool IsCall)> way)
    {
        var second = 0.0;
        for (var leg = 0; leg < way.Count; leg++)
        {
            second += _legSeconds[leg] + _stopSeconds[leg];
            var here = (leg + 1) % way.Count;
            if (way[here].IsCall)
            {
                var next = (here + 1) % way.Count;
                while (!way[next].IsCall)
                {
                    next = (next + 1) % way.Count;
                }

                yield return (second, next);
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

    // Places to call at, each in its own direction from the middle, and the corner on the way to the next.
    private static List<(int Column, int Row, bool IsCall)> LayOut(StreetGrid streets, SeededRandom random)
    {
        var calls = random.Between(5, 8);
        var way = new List<(int Column, int Row, bool IsCall)>();
        for (var i = 0; i < calls; i++)
        {
            var angle = 2 * Math.PI * (i + (0.7 * random.NextDouble())) / calls;
            var distance = streets.Reach * (0.35 + (0.65 * random.NextDouble()));
            var (column, row) = ((int)Math.Round(distance * Math.Cos(angle)), (int)Math.Round(distance * Math.Sin(angle)));
            if (way.Count > 0)
            {
                TurnTo(column, row);
            }

            way.Add((column, row, true));
        }

        TurnTo(way[0].Column, way[0].Row);
        return way;

        void TurnTo(int column, int row)
        {
            var last = way[^1];
            if (last.Column != column && last.Row != row)
            {
                way.Add(random.Happens(0.5) ? (column, last.Row, false) : (last.Column, row, false));
            }
        }
    }
}
