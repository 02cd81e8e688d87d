using System.CommandLine;
using CommandCenter.Web.Hosting;

namespace CommandCenter.Web.Backup;

/// <summary>The verb <c>restore</c>.</summary>
internal sealed class RestoreCommand
{
    private readonly Option<string> _from = DirectoryOption.Required("--from", "A backup.");
    private readonly Option<string> _data = DirectoryOption.Data("The data directory to make; it must not exist or be empty.");

    /// <summary>The command, ready to hang under the root.</summary>
    public Command Build()
    {
        var command = new Command("restore", "Make a data directory of a backup and prove it. Exit codes: 0 done, 1 the backup is damaged, 2 bad usage, 3 environment.")
        {
            _from, _data,
        };
        command.SetAction((arguments, cancellationToken) => VerbErrors.CatchAsync(arguments, output =>
        {
            var data = Path.GetFullPath(arguments.GetRequiredValue(_data));
            var faults = RestoreRun.Restore(Path.GetFullPath(arguments.GetRequiredValue(_from)), data, cancellationToken);
            foreach (var fault in faults)
            {
                output.WriteLine($"  {fault}");
            }

            output.WriteLine(faults.Count == 0
                ? $"restored   {data}: every file and every record as it was backed up. The first start computes all else from the journals."
                : "DAMAGED    do not use it; take an older backup");
            return faults.Count == 0 ? ExitCodes.Done : ExitCodes.DoneWithRejects;
        }));
        return command;
    }
}
