using System.CommandLine;
using CommandCenter.Runtime.Partitions;
using CommandCenter.Web.Backup;

namespace CommandCenter.Web.Hosting;

/// <summary>Turns what a verb can meet into one line and an exit code.</summary>
internal static class VerbErrors
{
    public static Task<int> CatchAsync(ParseResult arguments, Func<TextWriter, int> run) => Task.Run(() => Catch(arguments, run));

    private static int Catch(ParseResult arguments, Func<TextWriter, int> run)
    {
        var error = arguments.InvocationConfiguration.Error;
        try
        {
            return run(arguments.InvocationConfiguration.Output);
        }
        catch (ConfigurationException exception)
        {
            error.WriteLine(exception.Message);
            return ExitCodes.BadInput;
        }
        catch (BackupException exception)
        {
            error.WriteLine($"{exception.Code}: {exception.Message}");
            return exception.Code == BackupException.NoCut ? ExitCodes.Environment : ExitCodes.BadInput;
        }
        catch (DataDirectoryException exception)
        {
            error.WriteLine($"{exception.Code}: {exception.Message}");
            return ExitCodes.Environment;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            error.WriteLine(exception.Message);
            return ExitCodes.Environment;
        }
    }
}
