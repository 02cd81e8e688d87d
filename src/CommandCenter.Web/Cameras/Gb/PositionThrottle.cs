using System.Collections;
using CommandCenter.Cameras.Gb28181;

namespace CommandCenter.Web.Cameras.Gb;

/// <summary>
/// Keeps one position of a device in each span of its own clock, however fast it sends: the first at once, and of those that follow in the newest span
/// the last. What a device sends late falls into spans of its own time, so a queue of hours fills its gap. Not thread-safe.
/// </summary>
/// <param name="span">The span.</param>
/// <param name="reach">How far back a position may lie.</param>
internal sealed class PositionThrottle(TimeSpan span, TimeSpan reach)
{
    // A ring of bits, one a span: two kilobytes a device for a day of 5 s, where a set of numbers would take hundreds.
    private readonly BitArray _kept = new((int)(reach / span) + 2);
    private long _newest = long.MinValue;
    private GbPosition? _held;
    private DateTimeOffset _heldSince;

    /// <summary>Takes a position.</summary>
    /// <returns>Whether it counts now. If not, it is dropped, or held until <see cref="Due"/> gives it.</returns>
    public bool Offer(GbPosition position, DateTimeOffset now)
    {
        var number = position.At.UtcTicks / span.Ticks;
        if (number > _newest)
        {
            Advance(number);
            _held = null; // The newer one says it better.
            return true;
        }

        if (number <= _newest - _kept.Length)
        {
            return false;
        }

        if (!_kept[PlaceOf(number)])
        {
            _kept[PlaceOf(number)] = true;
            return true;
        }

        if (number == _newest)
        {
            _heldSince = _held is null ? now : _heldSince;
            _held = position;
        }

        return false;
    }

    /// <summary>The held position, once nothing newer came for a span.</summary>
    public GbPosition? Due(DateTimeOffset now)
    {
        var due = _held is not null && now - _heldSince >= span ? _held : null;
        _held = due is null ? _held : null;
        return due;
    }

    private void Advance(long number)
    {
        if (_newest == long.MinValue || number - _newest >= _kept.Length)
        {
            _kept.SetAll(false);
        }
        else
        {
            for (var passed = _newest + 1; passed < number; passed++)
            {
                _kept[PlaceOf(passed)] = false;
            }
        }

        _kept[PlaceOf(number)] = true;
        _newest = number;
    }

    private int PlaceOf(long number) => (int)(number % _kept.Length);
}
