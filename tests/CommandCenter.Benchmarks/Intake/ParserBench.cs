using System.Buffers;
using CommandCenter.Benchmarks.Reporting;
using CommandCenter.Benchmarks.Traffic;
using CommandCenter.Testing;
using CommandCenter.Web.Access;
using CommandCenter.Web.Grains;
using CommandCenter.Web.Intake;

namespace CommandCenter.Benchmarks.Intake;

/// <summary>What one core reads, and turns into bytes and back, of the lines of the ingest benchmark.</summary>
internal static class ParserBench
{
    private const int LineCount = 200_000;
    private const int RoundCount = 5;

    public static Task RunAsync(Report report, bool isQuick)
    {
        var lines = Lines();
        var parser = new EventParser(ShippedConfig.Courts, ShippedConfig.Nodes);
        var now = TimeProvider.System.GetUtcNow();
        Measure(report, "lines parsed by one core", lines.Length, isQuick, i => _ = Parse(parser, lines[i], now));
        report.Add(new Measurement("  length of a line", "B", [lines.Average(static line => line.Length)]));
        RecordCodecBench.Measure(report, lines.Select(line => Parse(parser, line, now)), isQuick);
        return Task.CompletedTask;
    }

    /// <summary>Rounds of one pass each, after one that the compiler learns from; one thread, so that it is one core.</summary>
    public static void Measure(Report report, string what, int count, bool isQuick, Action<int> step)
    {
        var rates = new List<double>();
        for (var round = isQuick ? RoundCount - 1 : 0; round <= RoundCount; round++)
        {
            // Processor time, not the clock's: other work on the machine takes the core away.
            var before = Environment.CpuUsage.TotalTime;
            for (var i = 0; i < count; i++)
            {
                step(i);
            }

            rates.Add(count / (Environment.CpuUsage.TotalTime - before).TotalSeconds);
        }

        report.Add(new Measurement(what, "/s", rates[1..]));
    }

    private static GrainCommand.Fact Parse(EventParser parser, byte[] line, DateTimeOffset now) =>
        parser.Parse(line, MachineKeys.IntakeSource, now, out var fact) is { } fault
            ? throw new InvalidOperationException($"{fault.Code} {fault.Field}: {fault.Message}")
            : fact!;

    private static byte[][] Lines()
    {
        var stream = CaseStream.WholeLives(source: 0, sourceCount: 1, activeCount: 5_000);
        var buffer = new ArrayBufferWriter<byte>();
        var lines = new byte[LineCount][];
        for (var i = 0; i < lines.Length; i++)
        {
            buffer.ResetWrittenCount();
            stream.WriteNext(buffer);
            lines[i] = buffer.WrittenSpan[..^1].ToArray(); // Without its line end.
        }

        return lines;
    }
}
