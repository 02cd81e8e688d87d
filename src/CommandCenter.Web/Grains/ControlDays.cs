using System.Buffers.Binary;
using CommandCenter.Domain.Cases;
using CommandCenter.Domain.Properties;

namespace CommandCenter.Web.Grains;

/// <summary>查控到期: the controls of a court's open cases, counted by their last day. Moves with every event, so it is true as of a position.</summary>
/// <remarks>
/// A control has effect through its last day and is extinguished after it unless it was renewed (法释〔2020〕21号, 查封规定27条); that end never
/// moves to a working day. Of a closed case nobody needs to renew a control, so it counts only while the case is open or suspended.
/// </remarks>
internal sealed class ControlDays
{
    private readonly SortedList<int, long> _counts = [];

    /// <summary>Takes away what the state before counted for and adds what the state after does.</summary>
    public void Change(CaseState before, CaseState after)
    {
        var (old, now) = (Of(before), Of(after));
        if (ReferenceEquals(old, now))
        {
            return; // Nearly every event leaves the controls alone.
        }

        foreach (var property in old)
        {
            Add(property.Until.DayNumber, -1);
        }

        foreach (var property in now)
        {
            Add(property.Until.DayNumber, 1);
        }
    }

    /// <summary>Controls whose last day is one of the next <paramref name="days"/> or today.</summary>
    public long Within(DateOnly today, int days) => Sum(today.DayNumber, today.DayNumber + days);

    /// <summary>Controls whose last day is past.</summary>
    public long Lapsed(DateOnly today) => Sum(int.MinValue, today.DayNumber - 1);

    /// <summary>Controls whose last day is past by no more than <paramref name="days"/>.</summary>
    public long LapsedWithin(DateOnly today, int days) => Sum(today.DayNumber - days, today.DayNumber - 1);

    public void WriteTo(Stream stream)
    {
        Span<byte> bytes = stackalloc byte[sizeof(int) + sizeof(long)];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, _counts.Count);
        stream.Write(bytes[..sizeof(int)]);
        foreach (var (day, count) in _counts)
        {
            BinaryPrimitives.WriteInt32LittleEndian(bytes, day);
            BinaryPrimitives.WriteInt64LittleEndian(bytes[sizeof(int)..], count);
            stream.Write(bytes);
        }
    }

    public void ReadFrom(Stream stream)
    {
        Span<byte> bytes = stackalloc byte[sizeof(int) + sizeof(long)];
        _counts.Clear();
        stream.ReadExactly(bytes[..sizeof(int)]);
        for (var left = BinaryPrimitives.ReadInt32LittleEndian(bytes); left > 0; left--)
        {
            stream.ReadExactly(bytes);
            _counts.Add(BinaryPrimitives.ReadInt32LittleEndian(bytes), BinaryPrimitives.ReadInt64LittleEndian(bytes[sizeof(int)..]));
        }
    }

    private static IReadOnlyList<ControlledProperty> Of(CaseState state) => state is CaseState.Open open ? open.File.Properties : [];

    private void Add(int day, int delta)
    {
        var place = _counts.IndexOfKey(day);
        if (place < 0)
        {
            _counts.Add(day, delta);
        }
        else if (_counts.GetValueAtIndex(place) + delta is var count && count != 0)
        {
            _counts.SetValueAtIndex(place, count);
        }
        else
        {
            _counts.RemoveAt(place);
        }
    }

    private long Sum(int firstDay, int lastDay)
    {
        var sum = 0L;
        foreach (var (day, count) in _counts)
        {
            if (day > lastDay)
            {
                break;
            }

            sum += day >= firstDay ? count : 0;
        }

        return sum;
    }
}
