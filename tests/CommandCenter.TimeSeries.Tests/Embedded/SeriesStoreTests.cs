using CommandCenter.Testing;
using CommandCenter.TimeSeries.Embedded;

namespace CommandCenter.TimeSeries.Tests.Embedded;

public sealed class SeriesStoreTests : IDisposable
{
    private const string Scope = "沪0115";

    private static readonly string[] s_scopes = ["沪", "沪01", Scope, "a,b =c"];
    private static readonly DateTimeOffset s_start = new(2017, 9, 1, 0, 0, 0, TimeSpan.FromHours(8));
    private static readonly int s_day = NaiveSeries.DayOf(s_start.ToUnixTimeSeconds());

    private readonly TemporaryDirectory _directory = new();
    private readonly SetTime _time = new(s_start.AddHours(10));

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 6)];

    public void Dispose() => _directory.Dispose();

    /// <summary>Days pass, points come in any order and are corrected late, the store is closed, killed and opened again: a dictionary says what is right.</summary>
    [Theory]
    [MemberData(nameof(Seeds))]
    public void Whatever_is_written_the_store_answers_like_a_dictionary(int seed)
    {
        var random = new Random(seed);
        var naive = new NaiveSeries();
        var store = Open();
        try
        {
            for (var step = 0; step < 100; step++)
            {
                _time.Now += TimeSpan.FromMinutes(random.Next(400));
                switch (random.Next(12))
                {
                    case 0:
                        store.Maintain();
                        break;
                    case 1:
                        store.Dispose();
                        store = Open();
                        break;
                    case 2:
                        // What is in the file now is what a kill would leave.
                        using (var copy = SeriesStore.Open(NaiveSeries.OptionsIn(CopyOf(_directory.Path)), _time))
                        {
                            Assert.Equal(naive.Describe(), NaiveSeries.Describe(copy));
                        }

                        break;
                    default:
                        var day = NaiveSeries.DayOf(_time.Now.ToUnixTimeSeconds()) - (random.Next(3) == 0 ? random.Next(12) : 0);
                        naive.Write(store, day, [.. s_scopes.Where(_ => random.Next(2) == 0).Select(scope => RandomRows(random, scope, day))]);
                        break;
                }
            }

            Assert.Null(store.Discarded);
            Assert.Equal(naive.Describe(), NaiveSeries.Describe(store));
            Assert.Equal(naive.Count, store.ReadStatistics().Points);
            for (var i = 0; i < 50; i++)
            {
                var from = random.NextInt64(naive.First - 5_000, naive.Last + 5_000);
                var to = from + random.NextInt64(500_000);
                var step = (SeriesStep)random.Next(3);
                Assert.Equal(
                    naive.Read(step, Scope, from, to).Select(point => NaiveSeries.Describe(step, Scope, point)),
                    store.Read(step, Scope, from, to).Select(point => NaiveSeries.Describe(step, Scope, point)));
            }
        }
        finally
        {
            store.Dispose();
        }
    }

    [Fact]
    public void A_late_correction_of_a_sealed_day_rewrites_its_point_its_hour_and_its_day()
    {
        using var store = Open();
        var t = NaiveSeries.StartOf(s_day) + (9 * 3600);
        store.Write(s_day, [Rows(Scope, Point(t, 3, 100, 7, null), Point(t + 300, 1, 0, 8, 2))]);
        _time.Now += TimeSpan.FromDays(5);
        store.Maintain();
        Assert.Equal(s_day + 4, store.HotFrom);

        Assert.Equal(1, store.Write(s_day, [Rows(Scope, Point(t, 4, null, null, null))]));

        Assert.Equal([4, 100, 7, null], store.Read(SeriesStep.FiveMinutes, Scope, t, t + 1).Single().Values);
        Assert.Equal([5, 100, 8, 2], store.Read(SeriesStep.Hour, Scope, t, t + 1).Single().Values);
        Assert.Equal([5, 100, 8, 2], store.Read(SeriesStep.Day, Scope, NaiveSeries.StartOf(s_day), t).Single().Values);
    }

    [Fact]
    public void Writing_the_same_again_changes_nothing_and_delivers_nothing()
    {
        using var store = Open();
        store.DeliverTo("there");
        var rows = Rows(Scope, Point(NaiveSeries.StartOf(s_day), 3, 100, 7, null));
        Assert.Equal(1, store.Write(s_day, [rows]));
        store.Acknowledge(store.ReadChanges(10)!, []);

        Assert.Equal(0, store.Write(s_day, [rows]));

        Assert.Null(store.ReadChanges(10));
        Assert.Equal(new DeliveryLag(0, null), store.ReadLag());
    }

    [Fact]
    public void A_write_that_fails_half_way_leaves_nothing_behind()
    {
        using var store = Open();
        var t = NaiveSeries.StartOf(s_day);
        store.Write(s_day, [Rows(Scope, Point(t, 1, 1, 1, 1))]);
        var before = NaiveSeries.Describe(store);

        Assert.Throws<OverflowException>(() => store.Write(
            s_day, [Rows("new", Point(t, 1, 1, 1, 1)), Rows(Scope, Point(t, long.MaxValue, 1, 1, 1), Point(t + 300, long.MaxValue, 1, 1, 1))]));

        Assert.Equal(before, NaiveSeries.Describe(store));
        Assert.Equal((1, 1), (store.ReadStatistics().Points, store.ReadStatistics().Scopes));
        Assert.Equal(2, store.Write(s_day, [Rows("new", Point(t, 1, 1, 1, 1)), Rows(Scope, Point(t, 2, 1, 1, 1))]));
    }

    [Theory]
    [InlineData(-300, 4)]
    [InlineData(86_400, 4)]
    [InlineData(1, 4)]
    [InlineData(0, 3)]
    public void A_point_that_is_none_of_the_day_is_refused(int second, int valueCount)
    {
        using var store = Open();
        var point = new SeriesPoint(NaiveSeries.StartOf(s_day) + second, new long?[valueCount]);

        Assert.Throws<ArgumentException>(() => store.Write(s_day, [Rows(Scope, point)]));
    }

    [Fact]
    public void A_point_of_which_nothing_is_known_is_no_point()
    {
        using var store = Open();

        Assert.Equal(0, store.Write(s_day, [Rows(Scope, Point(NaiveSeries.StartOf(s_day), null, null, null, null))]));

        Assert.Empty(NaiveSeries.Describe(store));
    }

    [Fact]
    public void A_field_can_be_appended_and_old_points_do_not_know_it()
    {
        var t = NaiveSeries.StartOf(s_day);
        using (var store = Open())
        {
            store.Write(s_day - 9, [Rows(Scope, Point(NaiveSeries.StartOf(s_day - 9), 1, 2, 3, 4))]);
            store.Write(s_day, [Rows(Scope, Point(t, 1, 2, 3, 4))]);
        }

        var wider = new SeriesSchema([.. NaiveSeries.Schema.Fields, new SeriesField("lapsing", FieldKind.Level)]);
        using var reopened = SeriesStore.Open(NaiveSeries.OptionsIn(_directory.Path) with { Schema = wider }, _time);

        Assert.Null(reopened.Discarded);
        Assert.Equal([1, 2, 3, 4, null], reopened.Read(SeriesStep.FiveMinutes, Scope, t, t + 1).Single().Values);
        Assert.Equal([1, 2, 3, 4, null], reopened.Read(SeriesStep.FiveMinutes, Scope, 0, t).Single().Values);
        reopened.Write(s_day - 9, [Rows(Scope, new SeriesPoint(NaiveSeries.StartOf(s_day - 9), [null, null, null, null, 5]))]);
        Assert.Equal([1, 2, 3, 4, 5], reopened.Read(SeriesStep.Day, Scope, 0, t).Single().Values);
    }

    [Fact]
    public void A_file_that_is_damaged_is_thrown_away_and_says_so()
    {
        using (var store = Open())
        {
            store.Write(s_day, [Rows(Scope, Point(NaiveSeries.StartOf(s_day), 1, 2, 3, 4))]);
        }

        var bytes = new byte[4096];
        new Random(1).NextBytes(bytes);
        File.WriteAllBytes(Path.Combine(_directory.Path, "series.db"), bytes);
        using var reopened = Open();

        Assert.NotNull(reopened.Discarded);
        Assert.Empty(NaiveSeries.Describe(reopened));
        Assert.Equal(1, reopened.Write(s_day, [Rows(Scope, Point(NaiveSeries.StartOf(s_day), 1, 2, 3, 4))]));
    }

    [Fact]
    public void A_file_with_other_fields_is_thrown_away_and_says_so()
    {
        Open().Dispose();
        var other = new SeriesSchema([new SeriesField("received", FieldKind.Level)]);

        using var store = SeriesStore.Open(NaiveSeries.OptionsIn(_directory.Path) with { Schema = other }, _time);

        Assert.Equal("its fields are others", store.Discarded);
    }

    [Fact]
    public void Five_minutes_go_before_hours_and_hours_before_days()
    {
        using var store = SeriesStore.Open(NaiveSeries.OptionsIn(_directory.Path) with { FiveMinuteDays = 3, HourDays = 6, DayDays = 9 }, _time);
        for (var day = s_day; day < s_day + 12; day++)
        {
            _time.Now = s_start.AddDays(day - s_day).AddHours(3);
            store.Write(day, [Rows(Scope, Point(NaiveSeries.StartOf(day), 1, 2, 3, 4))]);
            store.Maintain();
        }

        Assert.Equal([3, 6, 9], SeriesSteps.All.Select(step => store.Read(step, Scope, 0, long.MaxValue / 2).Count));
        Assert.Equal(3, store.ReadStatistics().Points);

        // A correction of a day without five minutes: the whole day is given, its hours and its day follow, its samples stay.
        var old = s_day + 12 - 5;
        Assert.Equal(0, store.Write(old, [Rows(Scope, Point(NaiveSeries.StartOf(old), 7, 2, 3, null))]));
        Assert.Equal([7, 2, 3, 4], store.Read(SeriesStep.Hour, Scope, NaiveSeries.StartOf(old), NaiveSeries.StartOf(old + 1)).Single().Values);
        Assert.Equal([7, 2, 3, 4], store.Read(SeriesStep.Day, Scope, NaiveSeries.StartOf(old), NaiveSeries.StartOf(old + 1)).Single().Values);
        Assert.Equal(3, store.Read(SeriesStep.FiveMinutes, Scope, 0, long.MaxValue / 2).Count);
    }

    [Theory]
    [InlineData("HotDays is 0", 0, 10, 10, 10)]
    [InlineData("FiveMinuteDays is 1", 2, 1, 10, 10)]
    [InlineData("HourDays is 5", 2, 10, 5, 10)]
    [InlineData("DayDays is 9", 2, 10, 10, 9)]
    [InlineData("DayDays is 40000", 2, 10, 10, 40_000)]
    public void Retention_that_cannot_be_is_refused_by_its_key(string message, int hot, int fiveMinutes, int hours, int days)
    {
        var options = NaiveSeries.OptionsIn(_directory.Path) with { HotDays = hot, FiveMinuteDays = fiveMinutes, HourDays = hours, DayDays = days };

        Assert.Contains(message, Assert.Throws<ArgumentException>(() => SeriesStore.Open(options, _time)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_cursor_survives_and_a_point_that_changed_twice_is_delivered_once_as_it_is_now()
    {
        var t = NaiveSeries.StartOf(s_day);
        using (var store = Open())
        {
            store.DeliverTo("there");
            store.Write(s_day, [Rows(Scope, Point(t, 1, 0, 0, 0), Point(t + 3600, 1, 0, 0, 0))]);
            store.Acknowledge(store.ReadChanges(1)!, []);
        }

        using var reopened = Open();
        reopened.DeliverTo("there");
        reopened.Write(s_day, [Rows(Scope, Point(t + 3600, 2, 0, 0, 0))]);
        reopened.Write(s_day, [Rows(Scope, Point(t + 3600, 3, 0, 0, 0))]);
        Assert.Equal(3, reopened.ReadLag().Points);

        Assert.Equal(
            [$"kpi_1h {Scope} {t + 3600}: 3 0 0 0", $"kpi {Scope} {t + 3600}: 3 0 0 0", $"kpi_1d {Scope} {t}: 4 0 0 0"],
            reopened.ReadChanges(10)!.Points.Select(point => NaiveSeries.Describe(point.Step, point.Scope, point.Point)));
    }

    [Fact]
    public void Another_target_is_sent_everything_from_the_beginning()
    {
        using var store = Open();
        store.DeliverTo("there");
        store.Write(s_day, [Rows(Scope, Point(NaiveSeries.StartOf(s_day), 1, 0, 0, 0))]);
        var page = store.ReadChanges(10)!;
        store.Acknowledge(page, [new Refusal(page.Points[0], 400, "no")]);

        store.DeliverTo("elsewhere");

        Assert.Equal(0, store.DeadLetterCount);
        Assert.Equal(3, store.ReadChanges(10)!.Points.Count);
    }

    private SeriesStore Open() => SeriesStore.Open(NaiveSeries.OptionsIn(_directory.Path), _time);

    private string CopyOf(string directory)
    {
        var copy = Directory.CreateDirectory(Path.Combine(directory, "copies", Guid.NewGuid().ToString("N"))).FullName;
        foreach (var file in Directory.EnumerateFiles(directory, "series.db*").Where(file => !file.EndsWith("-shm", StringComparison.Ordinal)))
        {
            File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));
        }

        return copy;
    }

    private static SeriesRows RandomRows(Random random, string scope, int day) => new(
        scope,
        [.. Enumerable.Range(0, DayPoints.SlotCount).Where(_ => random.Next(20) == 0).Select(slot => new SeriesPoint(
            NaiveSeries.StartOf(day) + (slot * 300L),
            [.. Enumerable.Range(0, NaiveSeries.Schema.Count).Select(_ => random.Next(4) == 0 ? (long?)null : random.Next(-5, 100_000))]))
            .Where(point => point.Values.Any(value => value is not null))]);

    private static SeriesRows Rows(string scope, params SeriesPoint[] points) => new(scope, points);

    private static SeriesPoint Point(long t, params long?[] values) => new(t, values);
}
