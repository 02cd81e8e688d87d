using CommandCenter.TimeSeries.Embedded;

namespace CommandCenter.TimeSeries.Tests.Embedded;

public sealed class DayBlobTests
{
    private const int FieldCount = 18;

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 20)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_day_reads_back_as_it_was(int seed)
    {
        var day = RandomDay(new Random(seed));

        AssertEqual(day, DayBlob.Decode(DayBlob.Encode(day, FieldCount), FieldCount));
    }

    [Fact]
    public void Every_value_of_64_bits_survives()
    {
        long[] values = [long.MinValue, long.MaxValue, 0, -1, 1, long.MinValue, long.MinValue, long.MaxValue, long.MaxValue - 1];
        var day = new DayPoints();
        for (var slot = 0; slot < values.Length; slot++)
        {
            day.Put(slot * 30, [values[slot]]);
        }

        AssertEqual(day, DayBlob.Decode(DayBlob.Encode(day, 1), 1));
    }

    [Fact]
    public void A_field_that_was_appended_later_is_unknown_in_an_older_day()
    {
        var day = new DayPoints();
        day.Put(287, [5, 6]);

        var read = DayBlob.Decode(DayBlob.Encode(day, 2), 4);

        Assert.Equal([5, 6, null, null], read[287]);
    }

    [Fact]
    public void A_day_with_more_fields_than_are_known_is_refused()
    {
        var day = new DayPoints();
        day.Put(0, [5, 6]);

        Assert.Throws<InvalidDataException>(() => DayBlob.Decode(DayBlob.Encode(day, 2), 1));
    }

    /// <summary>A bit of padding may change without harm; a value never.</summary>
    [Fact]
    public void A_day_that_was_changed_or_cut_anywhere_never_reads_as_another()
    {
        var day = RandomDay(new Random(7));
        var blob = DayBlob.Encode(day, FieldCount);
        var refused = 0;

        for (var i = 0; i < blob.Length; i++)
        {
            var changed = (byte[])blob.Clone();
            changed[i] ^= 0x10;
            refused += IsRefused(changed, day) + IsRefused(blob[..i], day);
        }

        Assert.InRange(refused, (2 * blob.Length) - 4, 2 * blob.Length);
    }

    private static int IsRefused(byte[] blob, DayPoints day)
    {
        try
        {
            AssertEqual(day, DayBlob.Decode(blob, FieldCount));
            return 0;
        }
        catch (InvalidDataException)
        {
            return 1;
        }
    }

    private static DayPoints RandomDay(Random random)
    {
        var day = new DayPoints();
        var known = Enumerable.Range(0, FieldCount).Select(_ => random.Next(3)).ToArray();
        for (var slot = 0; slot < DayPoints.SlotCount; slot++)
        {
            if (random.Next(3) > 0)
            {
                day.Put(slot, [.. known.Select(kind => kind == 0 || (kind == 1 && random.Next(2) == 0)
                    ? (long?)null
                    : random.Next(8) == 0 ? random.NextInt64(long.MinValue, long.MaxValue) : random.Next(-50, 50))]);
            }
        }

        return day;
    }

    private static void AssertEqual(DayPoints expected, DayPoints actual)
    {
        Assert.Equal(expected.Count, actual.Count);
        for (var slot = 0; slot < DayPoints.SlotCount; slot++)
        {
            Assert.Equal(expected[slot], actual[slot]);
        }
    }
}
