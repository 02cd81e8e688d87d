using CommandCenter.Audit.Tests.Writing;
using Xunit.MicrosoftTestingPlatform;
using Xunit.Runner.InProc.SystemConsole;

namespace CommandCenter.Audit.Tests;

/// <summary>The runner that xunit would generate, and beside it the writer that the kill test kills.</summary>
internal static class Program
{
    public static Task<int> Main(string[] args) => args switch
    {
        [KilledWriter.Verb, var folder, var key] => KilledWriter.RunAsync(folder, key),
        _ when args.Any(static arg => arg is "--server" or "--internal-msbuild-node") =>
            TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions),
        _ => ConsoleRunner.Run(args),
    };
}
