using System.Globalization;
using CommandCenter.Cameras.Tests.Recording;
using CommandCenter.Cameras.Tests.Sources;
using Xunit.MicrosoftTestingPlatform;
using Xunit.Runner.InProc.SystemConsole;

namespace CommandCenter.Cameras.Tests;

/// <summary>Runs the tests, as the runner that xunit would generate; or, started by one of them, plays cameras or is the recorder that it kills.</summary>
internal static class Program
{
    public static Task<int> Main(string[] args) => args switch
    {
        [FakeCameraProcess.Verb, .. var rest] => Task.FromResult(FakeCameraServer.Run(rest)),
        [KilledRecorder.Verb, var folder, var minutes] => KilledRecorder.RunAsync(folder, int.Parse(minutes, CultureInfo.InvariantCulture)),
        _ when args.Any(static arg => arg is "--server" or "--internal-msbuild-node") =>
            TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions),
        _ => ConsoleRunner.Run(args),
    };
}
