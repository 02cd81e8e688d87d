using System.Buffers.Binary;
using CommandCenter.TimeSeries.Embedded;

namespace CommandCenter.TimeSeries.Tests.Embedded;

public sealed class WindowSeriesTests
{
    private const int ColumnCount = 40;

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 20)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Any_order_of_additions_gives_the_sums_of_a_dictionary(int seed)
    {
        var random = new Random(seed);
        var series = new WindowSeries(ColumnCount);
        var naive = Fill(series, random, additions: 2_000);

        AssertEqual(naive, series);
        for (var i = 0; i < 100; i++)
        {
            var from = random.Next(-600, 600);
            var to = from + random.Next(400);
            var sums = new long[ColumnCount];
            series.AddTo(from, to, sums);
            Assert.Equal(Sum(naive.Where(cell => cell.Key.Window >= from && cell.Key.Window < to)), sums);
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void What_was_written_reads_back_the_same(int seed)
    {
        var series = new WindowSeries(ColumnCount);
        var naive = Fill(series, new Random(seed), additions: 500);
        var stream = new MemoryStream();
        series.WriteTo(stream);
        stream.WriteByte(42); // Another series may follow: reading must end where this one does.
        stream.Position = 0;

        var read = WindowSeries.ReadFrom(stream, ColumnCount);

        AssertEqual(naive, read);
        Assert.Equal(42, stream.ReadByte());
        read.Add(7, 3, 11);
        naive[(7, 3)] = naive.GetValueOrDefault((7, 3)) + 11;
        AssertEqual(naive, read);
    }

    [Fact]
    public void A_late_addition_corrects_its_old_window_and_no_other()
    {
        var series = new WindowSeries(3);
        series.Add(10, 0, 1);
        series.Add(30, 0, 1);

        series.Add(20, 2, 5);
        series.Add(10, 0, 4);

        Assert.Equal([10, 20, 30], series.Windows);
        Assert.Equal([5, 0, 0], At(series, 10));
        Assert.Equal([0, 0, 5], At(series, 20));
        Assert.Equal([1, 0, 0], At(series, 30));
    }

    [Theory]
    [InlineData(9, 0)]
    [InlineData(10, 0)]
    [InlineData(11, 1)]
    [InlineData(30, 1)]
    [InlineData(31, 2)]
    public void The_first_window_from_a_number_on_is_found(int window, int index)
    {
        var series = new WindowSeries(1);
        series.Add(30, 0, 1);
        series.Add(10, 0, 1);

        Assert.Equal(index, series.IndexFrom(window));
    }

    [Theory]
    [InlineData(long.MaxValue, 1)]
    [InlineData(long.MinValue, -1)]
    public void A_sum_beyond_64_bits_throws_and_leaves_the_window_as_it_was(long first, long second)
    {
        var series = new WindowSeries(2);
        series.Add(1, 1, first);

        Assert.Throws<OverflowException>(() => series.Add(1, 1, second));

        Assert.Equal([0, first], At(series, 1));
        series.Add(2, 1, second);
        Assert.Throws<OverflowException>(() => series.AddTo(0, 3, new long[2]));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(65)]
    public void A_series_has_1_to_64_columns(int columns) => Assert.Throws<ArgumentOutOfRangeException>(() => new WindowSeries(columns));

    [Theory]
    [InlineData(-1)]
    [InlineData(64)]
    public void A_column_that_is_not_there_is_refused(int column)
    {
        var series = new WindowSeries(64);
        series.Add(1, 63, 5);

        Assert.Throws<ArgumentOutOfRangeException>(() => series.Add(1, column, 1));
        Assert.Equal(5, At(series, 1)[63]);
    }

    [Fact]
    public void Bytes_cut_short_are_damage_at_every_length()
    {
        var whole = Written();

        for (var length = 0; length < whole.Length; length++)
        {
            Assert.Throws<EndOfStreamException>(() => WindowSeries.ReadFrom(new MemoryStream(whole, 0, length), 4));
        }
    }

    [Fact]
    public void Windows_out_of_order_are_damage()
    {
        var bytes = Written();
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(4), 500); // The first window's number, now behind the second.

        Assert.Throws<InvalidDataException>(() => WindowSeries.ReadFrom(new MemoryStream(bytes), 4));
    }

    [Fact]
    public void A_window_given_twice_is_damage()
    {
        var bytes = Written();
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(4), 200);

        Assert.Throws<InvalidDataException>(() => WindowSeries.ReadFrom(new MemoryStream(bytes), 4));
    }

    [Fact]
    public void Columns_that_the_series_does_not_have_are_damage() =>
        Assert.Throws<InvalidDataException>(() => WindowSeries.ReadFrom(new MemoryStream(Written()), 3));

    [Fact]
    public void A_negative_number_of_windows_is_damage()
    {
        var bytes = Written();
        BinaryPrimitives.WriteInt32LittleEndian(bytes, -1);

        Assert.Throws<InvalidDataException>(() => WindowSeries.ReadFrom(new MemoryStream(bytes), 4));
    }

    private static byte[] Written()
    {
        var series = new WindowSeries(4);
        series.Add(100, 3, 7);
        series.Add(200, 0, -2);
        var stream = new MemoryStream();
        series.WriteTo(stream);
        return stream.ToArray();
    }

    // Windows mostly rise, as time does; one addition in four is late.
    private static Dictionary<(int Window, int Column), long> Fill(WindowSeries series, Random random, int additions)
    {
        var naive = new Dictionary<(int Window, int Column), long>();
        for (var i = 0; i < additions; i++)
        {
            var newest = (i * 1_000 / additions) - 500;
            var window = random.Next(4) == 0 ? random.Next(-500, newest + 1) : newest;
            var column = random.Next(ColumnCount);
            var delta = random.NextInt64(-1_000_000_000_000, 1_000_000_000_000);
            series.Add(window, column, delta);
            naive[(window, column)] = naive.GetValueOrDefault((window, column)) + delta;
        }

        return naive;
    }

    private static void AssertEqual(Dictionary<(int Window, int Column), long> naive, WindowSeries series)
    {
        Assert.Equal(naive.Keys.Select(cell => cell.Window).Distinct().Order(), series.Windows);
        Assert.Equal(series.Windows.Count, series.Count);
        foreach (var (window, i) in series.Windows.Select((window, i) => (window, i)))
        {
            var sums = new long[ColumnCount];
            series.AddTo(i, sums);
            Assert.Equal(Sum(naive.Where(cell => cell.Key.Window == window)), sums);
        }
    }

    private static long[] Sum(IEnumerable<KeyValuePair<(int Window, int Column), long>> cells)
    {
        var sums = new long[ColumnCount];
        foreach (var ((_, column), value) in cells)
        {
            sums[column] += value;
        }

        return sums;
    }

    private static long[] At(WindowSeries series, int window)
    {
        var sums = new long[series.ColumnCount];
        series.AddTo(window, window + 1, sums);
        return sums;
    }
}
