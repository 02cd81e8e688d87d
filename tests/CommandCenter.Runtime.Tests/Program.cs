using CommandCenter.Runtime.Tests.Simulation;
using Xunit.MicrosoftTestingPlatform;
using Xunit.Runner.InProc.SystemConsole;

namespace CommandCenter.Runtime.Tests;

/// <summary>The runner that xunit would generate, and beside it the writer that the kill test starts and kills.</summary>
internal static class Program
{
    public static Task<int> Main(string[] args) => args switch
    {
        [KilledWriter.Verb, var directory, var first] => KilledWriter.RunAsync(directory, int.Parse(first)),
        _ when args.Any(static arg => arg is "--server" or "--internal-msbuild-node") =>
            TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions),
        _ => ConsoleRunner.Run(args),
    };
}
