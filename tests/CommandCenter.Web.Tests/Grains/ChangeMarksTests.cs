using CommandCenter.Web.Grains;

namespace CommandCenter.Web.Tests.Grains;

public sealed class ChangeMarksTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 10)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void The_earliest_window_since_any_version_is_that_of_the_whole_list(int seed)
    {
        var random = new Random(seed);
        var marks = new ChangeMarks();
        var all = new List<(long Version, int Window)>();
        for (var version = 1L; version <= 900; version++)
        {
            var window = (int)version + (random.Next(5) == 0 ? -random.Next(400) : random.Next(2));
            marks.Add(version, window);
            all.Add((version, window));

            var since = random.NextInt64(-1, version + 2);
            Assert.Equal(all.Where(mark => mark.Version > since).Select(mark => (int?)mark.Window).Min(), marks.Since(since));
        }
    }

    /// <summary>Of too many marks the oldest are joined: the answer may begin earlier than it must, never later.</summary>
    [Fact]
    public void However_many_windows_there_are_nothing_that_changed_is_left_out()
    {
        var marks = new ChangeMarks();
        for (var version = 1; version <= 50_000; version++)
        {
            marks.Add(version, version);
        }

        Assert.Equal(50_000, marks.Since(49_999));
        Assert.Equal(49_900, marks.Since(49_899));
        Assert.InRange(marks.Since(10)!.Value, 1, 11);
        Assert.Null(marks.Since(50_000));
    }
}
