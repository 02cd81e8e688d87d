using CommandCenter.Benchmarks.Reporting;
using CommandCenter.Domain;
using CommandCenter.Domain.Cases;
using CommandCenter.Testing;
using CommandCenter.Web.Grains;

namespace CommandCenter.Benchmarks.Intake;

/// <summary>Records written to bytes and read back: what a fresh event and a replayed one cost of it.</summary>
internal static class RecordCodecBench
{
    /// <summary>Decides the facts in order, as a partition does, and measures the records that they lead to.</summary>
    public static void Measure(Report report, IEnumerable<GrainCommand.Fact> facts, bool isQuick)
    {
        GrainRecord[] records = [.. RecordsOf(facts)];
        var codec = new RecordCodec(ShippedConfig.Courts, new TextPool());
        var writer = new ByteWriter();
        var bodies = new byte[records.Length][];
        ParserBench.Measure(report, "records written by one core", records.Length, isQuick, i =>
        {
            writer.Clear();
            RecordCodec.Write(writer, records[i]);
        });
        for (var i = 0; i < records.Length; i++)
        {
            writer.Clear();
            RecordCodec.Write(writer, records[i]);
            bodies[i] = writer.Written.ToArray();
        }

        ParserBench.Measure(report, "records read by one core", records.Length, isQuick, i => _ = codec.Read(bodies[i]));
        report.Add(new Measurement("  length of a record", "B", [bodies.Average(static body => body.Length)]));
    }

    private static IEnumerable<GrainRecord> RecordsOf(IEnumerable<GrainCommand.Fact> facts)
    {
        var states = new Dictionary<CaseNumber, CaseState>();
        foreach (var fact in facts.OfType<GrainCommand.CaseFact>())
        {
            var state = states.GetValueOrDefault(fact.Number, CaseState.NotFiled.Instance);
            if (CaseDecider.Decide(state, fact.Command, ShippedConfig.Nodes) is not Decision<CaseEvent>.Accepted { Events: [var @event] })
            {
                throw new InvalidOperationException($"{fact.Command} was refused.");
            }

            states[fact.Number] = CaseDecider.Evolve(state, @event, ShippedConfig.Nodes);
            yield return new GrainRecord.OfCase(fact.RecordedAt, fact.Envelope, Delivery: null, fact.Number, new ChainLink(0, 1), @event);
        }
    }
}
