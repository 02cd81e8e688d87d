namespace CommandCenter.Testing;

/// <summary>Whether soak and chaos runs are wanted: <c>./test.sh --long</c>.</summary>
public static class LongRun
{
    /// <summary>Whether the run may take hours.</summary>
    public static bool IsOn { get; } = Environment.GetEnvironmentVariable("COMMANDCENTER_LONG") == "1";

    /// <summary>Seeds of a random test that takes seconds each: the first three, all of them in a long run.</summary>
    /// <param name="first">The first one.</param>
    /// <param name="count">How many there are.</param>
    public static IEnumerable<int> Seeds(int first, int count) => Enumerable.Range(first, IsOn ? count : Math.Min(3, count));
}
