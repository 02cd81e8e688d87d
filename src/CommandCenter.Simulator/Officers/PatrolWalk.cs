using CommandCenter.Simulator.City;
using CommandCenter.Simulator.Events;

namespace CommandCenter.Simulator.Officers;

/// <summary>Walks along the beats of all officers: changes of shift from the start on, orders and positions from when the demonstration is live.</summary>
internal sealed class PatrolWalk : IWalk
{
    // A position is a sample of the present: after a pause nobody wants the way of the last hour.
    private static readonly TimeSpan s_positionAgeMax = TimeSpan.FromMinutes(1);

    private readonly Beat[] _beats;
    private readonly DateTimeOffset _positionsFrom;
    private DateTimeOffset _walked;

    /// <summary>Starts a walk.</summary>
    /// <param name="city">The city.</param>
    /// <param name="after">The moment after which changes of shift are told.</param>
    /// <param name="positionsFrom">The moment after which positions are told.</param>
    public PatrolWalk(VirtualCity city, DateTimeOffset after, DateTimeOffset positionsFrom)
    {
        _walked = after;
        _positionsFrom = positionsFrom;
        _beats =
        [
            .. from district in District.All
               join court in city.Courts on district.Court equals court.Mark
               let streets = new StreetGrid(city.Seed, district)
               from number in Enumerable.Range(1, district.Beats)
               select new Beat(city.Seed, court, number, streets),
        ];
    }

    /// <inheritdoc/>
    public IEnumerable<PlannedEvent> Until(DateTimeOffset moment)
    {
        var after = _walked;
        _walked = moment;
        var freshest = moment - s_positionAgeMax;
        var positionsAfter = after > _positionsFrom ? after : _positionsFrom;
        positionsAfter = positionsAfter > freshest ? positionsAfter : freshest;
        return _beats
            .SelectMany(beat => beat.ShiftChanges(after, moment))
            .Concat(Positions(positionsAfter, moment))
            .Concat(_beats.SelectMany(beat => beat.Orders(positionsAfter, moment)))
            .OrderBy(planned => planned.At);
    }

    // Each beat has its own second within the interval, so that the marks on a map do not all jump at once.
    private IEnumerable<PlannedEvent> Positions(DateTimeOffset after, DateTimeOffset upTo)
    {
        var interval = (long)Beat.Interval.TotalMilliseconds;
        for (var i = 0; i < _beats.Length; i++)
        {
            var phase = interval * i / _beats.Length;
            var round = ((after.ToUnixTimeMilliseconds() - phase) / interval) + 1;
            for (var at = (round * interval) + phase; at <= upTo.ToUnixTimeMilliseconds(); at = (++round * interval) + phase)
            {
                yield return _beats[i].PositionAt(DateTimeOffset.FromUnixTimeMilliseconds(at));
            }
        }
    }
}
