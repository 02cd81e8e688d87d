using System.CommandLine;
using CommandCenter.Runtime.Partitions;
using CommandCenter.Web.Backup;
using CommandCenter.Web.Wall;
using Microsoft.Extensions.Options;

namespace CommandCenter.Web.Hosting;

/// <summary>Turns what a verb can meet into one line and an exit code.</summary>
internal static class VerbErrors
{
    /// <summary>Runs a verb that waits.</summary>
    public static async Task<int> CatchAsync(ParseResult arguments, Func<TextWriter, Task<int>> runAsync)
    {
        try
        {
            return await runAsync(arguments.InvocationConfiguration.Output);
        }
        catch (Exception exception) when (CodeOf(exception) is { } code)
        {
            arguments.InvocationConfiguration.Error.WriteLine(exception switch
            {
                BackupException backup => $"{backup.Code}: {backup.Message}",
                DataDirectoryException directory => $"{directory.Code}: {directory.Message}",
                _ => exception.Message,
            });
            return code;
        }
    }

    /// <summary>Runs a verb that works without waiting, off the caller's thread.</summary>
    public static Task<int> CatchAsync(ParseResult arguments, Func<TextWriter, int> run) =>
        CatchAsync(arguments, output => Task.Run(() => run(output)));

    // Anything else is a fault of ours and keeps its stack trace.
    private static int? CodeOf(Exception exception) => exception switch
    {
        ConfigurationException or WallConfigException or OptionsValidationException => ExitCodes.BadInput,
        BackupException { Code: not BackupException.NoCut } => ExitCodes.BadInput,
        BackupException or DataDirectoryException or IOException or UnauthorizedAccessException => ExitCodes.Environment,
        _ => null,
    };
}
