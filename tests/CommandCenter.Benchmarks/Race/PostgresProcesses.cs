using System.Globalization;

namespace CommandCenter.Benchmarks.Race;

/// <summary>What a server burns that is one process for each session and many helpers.</summary>
internal static class PostgresProcesses
{
    private const int ClockTicksPerSecond = 100; // USER_HZ, the same on every Linux that .NET runs on.
    private const int Parent = 1;
    private const int Own = 11; // utime, stime; after them cutime and cstime of children that ended.

    /// <summary>Processor time of a postmaster, of its children, and of those of its children that ended.</summary>
    public static TimeSpan ProcessorTimeOf(int postmaster)
    {
        var ticks = 0L;
        foreach (var directory in Directory.EnumerateDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(directory), out var process) || Fields(directory) is not { } fields)
            {
                continue;
            }

            if (process == postmaster)
            {
                ticks += Ticks(fields, Own) + Ticks(fields, Own + 1) + Ticks(fields, Own + 2) + Ticks(fields, Own + 3);
            }
            else if (Ticks(fields, Parent) == postmaster)
            {
                ticks += Ticks(fields, Own) + Ticks(fields, Own + 1);
            }
        }

        return TimeSpan.FromSeconds((double)ticks / ClockTicksPerSecond);
    }

    private static long Ticks(string[] fields, int index) => long.Parse(fields[index], CultureInfo.InvariantCulture);

    private static string[]? Fields(string directory)
    {
        try
        {
            // The name in brackets may hold spaces; the fields after it do not.
            var stat = File.ReadAllText(Path.Combine(directory, "stat"));
            return stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (IOException)
        {
            return null; // Ended meanwhile.
        }
    }
}
