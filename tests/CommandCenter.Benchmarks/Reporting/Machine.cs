using System.Globalization;
using System.Runtime.InteropServices;

namespace CommandCenter.Benchmarks.Reporting;

/// <summary>Where figures were measured: without it they say nothing.</summary>
internal static class Machine
{
    /// <summary>How many wanted a core in the last minute, on average.</summary>
    public static double Load => double.Parse(File.ReadAllText("/proc/loadavg").Split(' ')[0], CultureInfo.InvariantCulture);

    public static string Describe()
    {
        var model = Field("/proc/cpuinfo", "model name") ?? RuntimeInformation.ProcessArchitecture.ToString();
        var memoryGib = Kilobytes("/proc/meminfo", "MemTotal") / (1024.0 * 1024);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"machine: {Environment.ProcessorCount} cores of {model}, {memoryGib:N0} GiB, {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}, load {Load:N1}");
    }

    /// <summary>A field of a status file of the kernel, in kB there.</summary>
    public static long Kilobytes(string file, string name) =>
        long.Parse(Field(file, name)?.Split(' ')[0] ?? "0", CultureInfo.InvariantCulture);

    private static string? Field(string file, string name) => File.ReadLines(file)
        .Where(line => line.StartsWith(name, StringComparison.Ordinal))
        .Select(static line => line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim())
        .FirstOrDefault();
}
