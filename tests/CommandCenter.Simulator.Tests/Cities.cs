using System.Text;
using CommandCenter.Simulator.Calendar;
using CommandCenter.Simulator.City;
using CommandCenter.Simulator.Events;
using CommandCenter.Testing;

namespace CommandCenter.Simulator.Tests;

/// <summary>Cities for tests.</summary>
internal static class Cities
{
    /// <summary>The 23 marks of Shanghai.</summary>
    public static readonly string[] AllMarks =
    [
        "沪", "沪01", "沪02", "沪03", "沪73", "沪72", "沪7101", "沪0101", "沪0104", "沪0105", "沪0106", "沪0107",
        "沪0109", "沪0110", "沪0112", "沪0113", "沪0114", "沪0115", "沪0116", "沪0117", "沪0118", "沪0120", "沪0151",
    ];

    /// <summary>Few and small courts, for tests that look at every event.</summary>
    public static readonly string[] FewMarks = ["沪7101", "沪0116", "沪0151"];

    /// <summary>A Wednesday.</summary>
    public static readonly DateOnly Day = new(2026, 3, 18);

    /// <summary>The configuration that the product ships.</summary>
    public static readonly string Config = RepositoryRoot.Combine("wallboard-config");

    /// <summary>The working days that the product ships.</summary>
    public static readonly WorkCalendar Calendar = WorkCalendar.Read(Config);

    public static VirtualCity Whole(long seed = 1) => Of(seed, AllMarks);

    public static VirtualCity Small(long seed = 1) => Of(seed, FewMarks);

    public static VirtualCity Of(long seed, params string[] marks) => new(seed, marks, Calendar);

    /// <summary>A moment of <see cref="Day"/>.</summary>
    public static DateTimeOffset At(int hour, int minute = 0) => Shanghai.StartOf(Day).AddHours(hour).AddMinutes(minute);

    /// <summary>An event as it is sent.</summary>
    public static string LineOf(PlannedEvent planned)
    {
        using var batch = new EventBatch();
        batch.Add(planned);
        return Encoding.UTF8.GetString(batch.Lines);
    }
}
