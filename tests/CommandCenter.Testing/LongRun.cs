namespace CommandCenter.Testing;

/// <summary>Whether soak and chaos runs are wanted: <c>./test.sh --long</c>.</summary>
public static class LongRun
{
    /// <summary>Whether the run may take hours.</summary>
    public static bool IsOn { get; } = Environment.GetEnvironmentVariable("COMMANDCENTER_LONG") == "1";
}
