using CommandCenter.Benchmarks.Cases;
using CommandCenter.Benchmarks.Intake;
using CommandCenter.Benchmarks.Reporting;
using CommandCenter.Benchmarks.Runtime;

(string Name, string What, Func<Report, bool, Task> RunAsync)[] benches =
[
    ("partition", "the host alone: one partition, every commit flushed", static (report, _) => PartitionBench.Run(report.Output)),
    ("hold", "a million cases: memory, disk, start-up, lists", HoldBench.RunAsync),
    ("ingest", "events per second over HTTP, and the wait at half load", IngestBench.RunAsync),
];

var names = args.Where(static argument => !argument.StartsWith('-')).ToArray();
var isQuick = args.Contains("--quick");
if (args.Any(static argument => argument.StartsWith('-') && argument is not "--quick") || names.Except(benches.Select(static bench => bench.Name)).Any())
{
    await Console.Error.WriteLineAsync("Usage: ./run.sh bench [NAME …] [--quick]");
    foreach (var bench in benches)
    {
        await Console.Error.WriteLineAsync($"  {bench.Name,-10} {bench.What}");
    }

    return args.Contains("--help") ? 0 : 2;
}

var report = new Report(Console.Out);
report.Say(Machine.Describe());
foreach (var bench in benches.Where(bench => names.Length == 0 || names.Contains(bench.Name)))
{
    report.Say($"{Environment.NewLine}{bench.Name}: {bench.What}");
    await bench.RunAsync(report, isQuick);
}

report.Conclude();
return 0;
