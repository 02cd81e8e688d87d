using System.Text.Json;
using CommandCenter.Simulator.Calendar;
using CommandCenter.Simulator.Delivery;
using CommandCenter.Testing;

namespace CommandCenter.Simulator.Tests.Calendar;

public sealed class WorkCalendarTests
{
    [Theory]
    [InlineData(2017, 9, 29, true)] // A Friday.
    [InlineData(2017, 9, 30, true)] // A Saturday on which the National Day's week is made up.
    [InlineData(2017, 10, 2, false)] // A Monday within it.
    [InlineData(2017, 10, 9, true)] // The Monday after it.
    [InlineData(2011, 12, 31, true)] // A Saturday, by the notice of the year after.
    [InlineData(2018, 12, 31, false)] // A Monday, by the notice of the year after.
    [InlineData(2020, 1, 31, false)] // The Spring Festival that was prolonged.
    [InlineData(2026, 11, 22, false)] // A Sunday.
    public void The_courts_work_as_the_State_Council_announced(int year, int month, int day, bool works) =>
        Assert.Equal(works, Cities.Calendar.IsWorkingDay(new DateOnly(year, month, day)));

    [Fact]
    public void A_year_without_its_notice_has_weekends_only_and_is_named()
    {
        var year = Cities.Calendar.Years.Last() + 1;

        Assert.Equal([year], Cities.Calendar.YearsUnknown(new DateOnly(year - 1, 12, 1), new DateOnly(year, 1, 31)));
        for (var day = new DateOnly(year, 1, 4); day.Year == year; day = day.AddDays(1))
        {
            Assert.Equal(day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday), Cities.Calendar.IsWorkingDay(day));
        }
    }

    /// <summary>holiday-cn, which the file was made from, and chinese-days, which was collected by others.</summary>
    [Theory]
    [InlineData("holiday-cn", 2012)]
    [InlineData("chinese-days", 2013)]
    public void The_calendar_agrees_with_public_collections_on_every_day(string collection, int firstYear)
    {
        var folder = RepositoryRoot.FindShared(Path.Combine("data", "holidays", collection));
        Assert.SkipWhen(folder is null, "The collections of holidays do not lie beside the repository.");
        var (rest, work) = collection == "holiday-cn" ? ReadHolidayCn(folder) : ReadChineseDays(folder);
        var known = Directory.GetFiles(folder, "*.json").Select(file => int.Parse(Path.GetFileNameWithoutExtension(file), System.Globalization.CultureInfo.InvariantCulture));
        var differences = new List<DateOnly>();
        var days = 0;

        // The last year's December may wait for the notice of the year after.
        for (var day = new DateOnly(firstYear, 1, 1); day < new DateOnly(known.Max(), 12, 25); day = day.AddDays(1), days++)
        {
            var works = work.Contains(day) || (day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && !rest.Contains(day));
            if (works != Cities.Calendar.IsWorkingDay(day))
            {
                differences.Add(day);
            }
        }

        Assert.True(days > 3_000, $"only {days} days compared");
        Assert.Empty(differences);
    }

    [Theory]
    [InlineData("""{"years":[{"year":2030,"notices":[],"holidays":[{"name":"元旦","from":"2030-01-03","to":"2030-01-01"}]}]}""", "must last")]
    [InlineData("""{"years":[{"year":2030,"notices":[],"holidays":[{"name":"元旦","from":"2031-01-01","to":"2031-01-01"}]}]}""", "another year")]
    [InlineData("""{"years":[{"year":2030,"notices":[],"holidays":[{"name":"元旦","from":"2030-01-01","to":"2030-01-01","work":["2030-01-07"]}]}]}""", "no weekend")]
    [InlineData("""{"years":[{"year":2030,"notices":[],"holidays":[]},{"year":2030,"notices":[],"holidays":[]}]}""", "twice")]
    [InlineData("""{"years":[{"year":2030,"notices":[],"holidays":[{"name":"元旦","from":"2030-01-01","to":"2030-01-06","work":["2030-01-05"]}]}]}""", "and a working day")]
    [InlineData("""{"years":[{"year":2030,"notices":[],"hollidays":[]}]}""", "hollidays")]
    [InlineData("""{"years":""", "calendar.json")]
    public void A_wrong_file_is_refused_and_its_fault_named(string json, string fault)
    {
        using var folder = new TemporaryDirectory();
        File.WriteAllText(Path.Combine(folder.Path, WorkCalendar.FileName), json);

        var refused = Assert.Throws<RunException>(() => WorkCalendar.Read(folder.Path));

        Assert.Equal(2, refused.ExitCode);
        Assert.Contains(fault, refused.Message, StringComparison.Ordinal);
    }

    private static (HashSet<DateOnly> Off, HashSet<DateOnly> Work) ReadHolidayCn(string folder)
    {
        var (rest, work) = (new HashSet<DateOnly>(), new HashSet<DateOnly>());
        foreach (var day in Directory.GetFiles(folder, "*.json").SelectMany(file => JsonElement.Parse(File.ReadAllBytes(file)).GetProperty("days").EnumerateArray()))
        {
            _ = (day.GetProperty("isOffDay").GetBoolean() ? rest : work).Add(DateOnly.Parse(day.GetProperty("date").GetString()!, null));
        }

        return (rest, work);
    }

    private static (HashSet<DateOnly> Off, HashSet<DateOnly> Work) ReadChineseDays(string folder)
    {
        var (rest, work) = (new HashSet<DateOnly>(), new HashSet<DateOnly>());
        foreach (var file in Directory.GetFiles(folder, "*.json"))
        {
            var year = JsonElement.Parse(File.ReadAllBytes(file));
            rest.UnionWith(year.GetProperty("holidays").EnumerateObject().Select(day => DateOnly.Parse(day.Name, null)));
            work.UnionWith(year.GetProperty("workdays").EnumerateObject().Select(day => DateOnly.Parse(day.Name, null)));
        }

        return (rest, work);
    }
}
