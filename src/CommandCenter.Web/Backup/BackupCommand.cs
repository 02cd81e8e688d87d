using System.CommandLine;
using CommandCenter.Web.Hosting;

namespace CommandCenter.Web.Backup;

/// <summary>The verb <c>backup</c>.</summary>
internal sealed class BackupCommand(TimeProvider time)
{
    private readonly Option<string> _data = DirectoryOption.Data();
    private readonly Option<string> _to = DirectoryOption.Required("--to", "The folder to make; it must not exist.");
    private readonly Option<string?> _config = DirectoryOption.Config();

    /// <summary>The command, ready to hang under the root.</summary>
    public Command Build()
    {
        var command = new Command("backup", "Copy a data directory while it is served or at rest. Exit codes: 0 done, 2 bad usage, 3 environment.")
        {
            _data, _to, _config,
        };
        command.SetAction((arguments, cancellationToken) => VerbErrors.CatchAsync(arguments, output =>
        {
            var target = Path.GetFullPath(arguments.GetRequiredValue(_to));
            var run = new BackupRun(WallboardConfig.ReadCourts(ConfigDirectory.Find(arguments.GetValue(_config))), time);
            var started = time.GetTimestamp();
            var manifest = run.Make(Path.GetFullPath(arguments.GetRequiredValue(_data)), target, cancellationToken);
            output.WriteLine($"records    {manifest.Partitions.Sum(static journal => journal.Position):N0} in {manifest.Partitions.Count} partitions");
            output.WriteLine($"size       {manifest.Files.Sum(static file => file.Bytes) / 1048576.0:N1} MiB in {manifest.Files.Count} files");
            output.WriteLine($"took       {time.GetElapsedTime(started).TotalSeconds:N1} s");
            output.WriteLine($"backup     {target} (it holds the keys: readable for its owner only)");
            return ExitCodes.Done;
        }));
        return command;
    }
}
