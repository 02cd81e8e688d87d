using System.CommandLine;
using CommandCenter.Web.Backup;
using CommandCenter.Web.Hosting;
using CommandCenter.Web.Import;
using CommandCenter.Web.Recount;

using var logs = LoggerFactory.Create(logging => logging
    .AddSimpleConsole(console => console.SingleLine = true).SetMinimumLevel(LogLevel.Warning));
var observer = new GrainLog(logs.CreateLogger<GrainLog>());
var import = new ImportCommand(
    (data, config, cancellationToken) => DataDirectorySink.OpenAsync(data, config, TimeProvider.System, observer, cancellationToken),
    (config, cancellationToken) => DataDirectorySink.OpenThrowAwayAsync(config, TimeProvider.System, observer, cancellationToken),
    TimeProvider.System);
var root = new RootCommand("The real-time command centre of a high court that enforces judgments.")
{
    new ServeCommand().Build(),
    import.Build(),
    new VerifyCommand(TimeProvider.System, observer).Build(),
    new RecountCommand(TimeProvider.System, observer).Build(),
    new BackupCommand(TimeProvider.System).Build(),
    new RestoreCommand().Build(),
    new KioskCommand(TimeProvider.System).Build(),
    new ReadyCommand().Build(),
};
var parsed = root.Parse(args);
return parsed.Errors.Count > 0 ? Fail(parsed) : await parsed.InvokeAsync(new InvocationConfiguration
{
    // SIGTERM drains: queues are finished and snapshots written, however long it takes. A second signal is the shell's business.
    ProcessTerminationTimeout = null,
});

static int Fail(ParseResult parsed)
{
    foreach (var error in parsed.Errors)
    {
        Console.Error.WriteLine(error.Message);
    }

    return ExitCodes.BadInput;
}
