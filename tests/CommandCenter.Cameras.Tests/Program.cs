using System.Globalization;
using CommandCenter.Cameras.Tests.Recording;
using Xunit.MicrosoftTestingPlatform;
using Xunit.Runner.InProc.SystemConsole;

namespace CommandCenter.Cameras.Tests;

/// <summary>The runner that xunit would generate, and beside it the recorder that the kill test kills.</summary>
internal static class Program
{
    public static Task<int> Main(string[] args) => args switch
    {
        [KilledRecorder.Verb, var folder, var minutes] => KilledRecorder.RunAsync(folder, int.Parse(minutes, CultureInfo.InvariantCulture)),
        _ when args.Any(static arg => arg is "--server" or "--internal-msbuild-node") =>
            TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions),
        _ => ConsoleRunner.Run(args),
    };
}
