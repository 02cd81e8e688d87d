using System.Buffers;
using System.Diagnostics;
using CommandCenter.Benchmarks.Reporting;
using CommandCenter.Benchmarks.Product;
using CommandCenter.Benchmarks.Traffic;
using CommandCenter.Runtime.Partitions;
using CommandCenter.Testing;
using CommandCenter.Web.Grains;
using CommandCenter.Web.Import;
using CommandCenter.Web.Recount;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace CommandCenter.Benchmarks.Recount;

/// <summary>Ten million events counted a second time from the journal and compared cell by cell; then once more, when nothing is new.</summary>
internal static class RecountBench
{
    private const int EventCount = 10_000_000;
    private const int ActiveCount = 20_000;
    private const int LinesPerBatch = 4_000;
    private const double SecondsMost = 60;
    private const double CoresMost = 1.1; // One thread, and the collector's beside it.

    public static async Task RunAsync(Report report, bool isQuick)
    {
        using var directory = new TemporaryDirectory();
        var data = Path.Combine(directory.Path, "data");
        var events = isQuick ? EventCount / 20 : EventCount;
        await FillAsync(report, data, events);
        await using var grains = await GrainHost.OpenAsync(
            new PartitionSetOptions { DataDirectory = data }, ShippedConfig.Courts, ShippedConfig.Nodes, GrainLimits.Default, TimeProvider.System,
            new SilentObserver(), carries: false, CancellationToken.None);
        var seconds = new List<double>();
        var cores = new List<double>();
        var again = new List<double>();
        var held = new List<double>();
        for (var round = 0; round < (isQuick ? 1 : 3); round++)
        {
            var before = GC.GetTotalMemory(forceFullCollection: true);
            using var recount = new RecountJob(grains, TimeProvider.System, Options.Create(new RecountOptions()), NullLogger<RecountJob>.Instance);
            var (whole, wholeCores) = await CycleAsync(report, recount, isFirst: round == 0);
            seconds.Add(whole * EventCount / events);
            cores.Add(wholeCores);
            held.Add((GC.GetTotalMemory(forceFullCollection: true) - before) / 1048576.0);
            again.Add((await CycleAsync(report, recount, isFirst: false)).Seconds * 1_000);
        }

        report.Add(new Measurement($"recount of {EventCount:N0} events{(isQuick ? ", extrapolated" : "")}", "s", seconds, Budget.AtMost(SecondsMost)));
        report.Add(new Measurement("  cores taken", "cores", cores, Budget.AtMost(CoresMost)));
        report.Add(new Measurement("  events of one core", "events/s", [.. seconds.Zip(cores).Select(static one => EventCount / (one.First * one.Second))]));
        report.Add(new Measurement("  memory that the count holds", "MiB", held));
        report.Add(new Measurement("  every cell again, nothing new", "ms", again));
    }

    private static async Task<(double Seconds, double Cores)> CycleAsync(Report report, RecountJob recount, bool isFirst)
    {
        using var process = Process.GetCurrentProcess();
        var (cpu, started) = (process.TotalProcessorTime, Stopwatch.GetTimestamp());
        var result = await recount.CycleAsync(CancellationToken.None);
        var elapsed = Stopwatch.GetElapsedTime(started);
        process.Refresh();
        if (result.Partitions.Any(static partition => partition.State != RecountState.Proved))
        {
            throw new InvalidOperationException($"The recount says {string.Join(' ', result.Partitions.Select(static partition => partition.Fault ?? partition.State))}.");
        }

        if (isFirst)
        {
            report.Say($"  {result.Partitions.Sum(static partition => partition.RecordsRead):N0} records, {result.Partitions.Sum(static partition => partition.Courts.Sum(static court => court.Cells)):N0} cells");
        }

        return (elapsed.TotalSeconds, (process.TotalProcessorTime - cpu) / elapsed);
    }

    private static async Task FillAsync(Report report, string data, int events)
    {
        var started = Stopwatch.GetTimestamp();
        var stream = CaseStream.WholeLives(source: 0, sourceCount: 1, ActiveCount);
        await using var sink = await DataDirectorySink.OpenAsync(
            data, RepositoryRoot.Combine("wallboard-config"), TimeProvider.System, new SilentObserver(), CancellationToken.None);
        var lines = new ArrayBufferWriter<byte>();
        for (var sent = 0; sent < events; sent += LinesPerBatch)
        {
            lines.ResetWrittenCount();
            for (var i = 0; i < LinesPerBatch; i++)
            {
                stream.WriteNext(lines);
            }

            var answer = await sink.SubmitAsync(lines.WrittenMemory, LinesPerBatch, CancellationToken.None);
            if (answer.Accepted != LinesPerBatch)
            {
                throw new InvalidOperationException($"{answer.Accepted} of {LinesPerBatch} events were accepted.");
            }
        }

        report.Say($"  {events:N0} events written in {Stopwatch.GetElapsedTime(started).TotalSeconds:N0} s");
    }
}
