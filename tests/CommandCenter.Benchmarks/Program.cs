using CommandCenter.Benchmarks.Audit;
using CommandCenter.Benchmarks.Cameras;
using CommandCenter.Benchmarks.Cases;
using CommandCenter.Benchmarks.Desks;
using CommandCenter.Benchmarks.Intake;
using CommandCenter.Benchmarks.Race;
using CommandCenter.Benchmarks.Recount;
using CommandCenter.Benchmarks.Reporting;
using CommandCenter.Benchmarks.Runtime;
using CommandCenter.Benchmarks.Series;
using CommandCenter.Benchmarks.Wall;
using CommandCenter.Cameras.Tests.Sources;

// Started once more by a bench: the cameras of another process.
if (args is [FakeCameraProcess.Verb, .. var cameras])
{
    return FakeCameraServer.Run(cameras);
}

(string Name, string What, Func<Report, bool, Task> RunAsync)[] benches =
[
    ("partition", "the host alone: one partition, every commit flushed", PartitionBench.RunAsync),
    ("parser", "one core: lines to commands, records to bytes and back", ParserBench.RunAsync),
    ("ingest", "events per second over HTTP, and the wait at half load", IngestBench.RunAsync),
    ("recount", "every figure counted a second time from the journal, on one core", RecountBench.RunAsync),
    ("hold", "a million cases: memory, disk, start-up, lists", HoldBench.RunAsync),
    ("search", "a million cases: by number, name, pinyin initials; what the index holds", SearchBench.RunAsync),
    ("fresh", "from an event sent to the totals that count it, at 10,000 events/s", FreshBench.RunAsync),
    ("race", "against PostgreSQL 15: the same events, the same figures, compared", RaceBench.RunAsync),
    ("audit", "the audit trail: flushed records per second, verification, search", AuditBench.RunAsync),
    ("series", "two years of five-minute history: disk, and the slowest charts", SeriesBench.RunAsync),
    ("paint", "from an event sent to its figure painted by a browser", PaintBench.RunAsync),
    ("desks", "200 signed-in desks and tablets: what they cost the server", DeskBench.RunAsync),
    ("wall", "the largest wall at 10,000 events/s: frames, memory, and what it costs the server", (report, isQuick) => WallBench.RunAsync(report, isQuick, args.Contains("--long"))),
    ("cameras", "44 cameras, 8 viewers of 32 tiles: what they cost the server; frozen and thawed", CameraBench.RunAsync),
    ("glass", "32 tiles in one browser: from the clock in the picture to the screen; WebCodecs, Media Source, and Janus beside them", GlassBench.RunAsync),
    ("soak", "cameras and viewers that come and go: memory, threads and handles of the server", (report, isQuick) => SoakBench.RunAsync(report, isQuick, args.Contains("--long"))),
];

var names = args.Where(static argument => !argument.StartsWith('-')).ToArray();
var isQuick = args.Contains("--quick");
var isHelp = args.Contains("--help");
var unknown = args.Where(static argument => argument.StartsWith('-')).Except(["--help", "--quick", "--long"])
    .Concat(names.Except(benches.Select(static bench => bench.Name))).ToArray();
if (isHelp || unknown.Length > 0)
{
    var output = isHelp ? Console.Out : Console.Error;
    output.WriteLine(isHelp ? "Prints the figure of every budget." : $"Unknown: {string.Join(' ', unknown)}");
    output.WriteLine("Usage: ./run.sh bench [NAME …] [--quick | --long]");
    foreach (var bench in benches)
    {
        output.WriteLine($"  {bench.Name,-10} {bench.What}");
    }

    output.WriteLine("  --long     wall: thirty minutes instead of three, as its budget of memory asks for; soak: sixty instead of five");
    output.WriteLine("  --quick    fewer cases and one round: shows that it works, not how fast");
    return isHelp ? 0 : 2;
}

var report = new Report(Console.Out);
report.Say(Machine.Describe());
foreach (var bench in benches.Where(bench => names.Length == 0 || names.Contains(bench.Name)))
{
    report.Say($"{Environment.NewLine}{bench.Name}: {bench.What}");
    await bench.RunAsync(report, isQuick);
}

report.Conclude();
return report.HasFailed ? 1 : 0;
