using System.CommandLine;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using CommandCenter.Runtime.Partitions;
using CommandCenter.Web.Grains;
using CommandCenter.Web.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace CommandCenter.Web.Recount;

/// <summary>The verb <c>recount</c>: counts every figure of a data directory at rest a second time, from the first record of its journals, and compares.</summary>
internal sealed class RecountCommand(TimeProvider time, IPartitionObserver observer)
{
    private const int DifferencesPrintedMax = 50;

    private static readonly TimeSpan s_progressPace = TimeSpan.FromSeconds(1);
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
    };

    private readonly Option<string> _data = DirectoryOption.Data();
    private readonly Option<string?> _config = DirectoryOption.Config();
    private readonly Option<bool> _isJson = new("--json") { Description = "Print what GET /api/v1/recount answers." };

    /// <summary>The command, ready to hang under the root.</summary>
    public Command Build()
    {
        var command = new Command(
            "recount",
            "Count every figure of a data directory at rest a second time, from the journal alone. Exit codes: 0 every cell is equal, 1 something differs or cannot be counted, 2 bad usage, 3 environment.")
        {
            _data, _config, _isJson,
        };
        command.SetAction((arguments, cancellationToken) => VerbErrors.CatchAsync(arguments, output => RunAsync(arguments, output, cancellationToken)));
        return command;
    }

    private async Task<int> RunAsync(ParseResult arguments, TextWriter output, CancellationToken cancellationToken)
    {
        var view = await RecountAsync(arguments, arguments.InvocationConfiguration.Error, cancellationToken);
        if (arguments.GetValue(_isJson))
        {
            output.WriteLine(JsonSerializer.Serialize(view, s_json));
        }
        else
        {
            Print(view, output);
        }

        return view.State == RecountState.Proved ? ExitCodes.Done : ExitCodes.DoneWithRejects;
    }

    private async Task<RecountView> RecountAsync(ParseResult arguments, TextWriter progress, CancellationToken cancellationToken)
    {
        var data = Path.GetFullPath(arguments.GetRequiredValue(_data));
        var config = ConfigDirectory.Find(arguments.GetValue(_config));
        var (courts, nodes) = (WallboardConfig.ReadCourts(config), WallboardConfig.ReadNodes(config));
        await using var grains = await GrainHost.OpenAsync(
            PartitionSetOptionsOf(data), courts, nodes, GrainLimits.Default, time, observer, carries: false, cancellationToken);
        using var recount = new RecountJob(grains, time, Options.Create(new RecountOptions()), NullLogger<RecountJob>.Instance);
        var cycle = recount.CycleAsync(cancellationToken);
        await ShowProgressAsync(recount, cycle, progress, cancellationToken);
        return RecountView.Of(courts.Root, await cycle);
    }

    // Opening makes what is missing; a directory must not come to be by being looked for.
    private static PartitionSetOptions PartitionSetOptionsOf(string data) => Directory.Exists(data)
        ? new PartitionSetOptions { DataDirectory = data }
        : throw new IOException($"{data} does not exist.");

    private async Task ShowProgressAsync(RecountJob recount, Task cycle, TextWriter progress, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(s_progressPace, time);
        var end = Console.IsErrorRedirected ? "\n" : "\r";
        while (await Task.WhenAny(cycle, timer.WaitForNextTickAsync(cancellationToken).AsTask()) != cycle)
        {
            var partitions = recount.Latest.Partitions;
            await progress.WriteAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"  {partitions.Sum(static one => one.RecordsRead):N0} of {partitions.Sum(static one => Math.Max(one.RecordsToRead, one.RecordsRead)):N0} records{end}"));
        }
    }

    private static void Print(RecountView view, TextWriter output)
    {
        var records = view.Position.Sum(static part => part.RecordsRead);
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"recount    {records:N0} records, {view.Cells:N0} cells in {view.DurationMs / 1_000:N1} s: {(view.State == RecountState.Proved ? "every cell is equal" : view.State.ToUpperInvariant())}"));
        foreach (var part in view.Position.Where(static part => part.Fault is not null))
        {
            output.WriteLine($"  partition {part.Partition}: {part.Fault}");
        }

        foreach (var one in view.Differences.Take(DifferencesPrintedMax))
        {
            var at = one.T is { } t ? t.ToOffset(Domain.ShanghaiTime.Offset).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) : "now";
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {one.Court} {at} {one.Step} {one.Figure}: shown {one.Shown}, counted {one.Counted}"));
        }

        if (view.DifferenceCount > DifferencesPrintedMax)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  and {view.DifferenceCount - DifferencesPrintedMax:N0} more"));
        }
    }
}
