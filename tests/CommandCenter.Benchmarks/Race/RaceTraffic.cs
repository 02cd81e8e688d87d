using System.Buffers;
using CommandCenter.Benchmarks.Traffic;

namespace CommandCenter.Benchmarks.Race;

/// <summary>The events that both contestants get: made once, kept as lines, handed to each in the form that it takes.</summary>
internal sealed class RaceTraffic
{
    public const int SourceCount = 48;

    // Some days of event time in one run, so that days and months are compared and not only hours.
    private static readonly TimeSpan s_pace = TimeSpan.FromSeconds(10);

    private readonly CaseStream[] _streams;

    public RaceTraffic(int caseCount) =>
        _streams = [.. Enumerable.Range(0, SourceCount).Select(source => CaseStream.WholeLives(source, SourceCount, caseCount / SourceCount, s_pace))];

    /// <summary>The next events of the opening, which brings every case under way to a step of its own; empty when it is over.</summary>
    public RaceEvents Opening(int eventsPerSource) => Make(eventsPerSource, static stream => stream.WriteOpening);

    /// <summary>The next events of the day.</summary>
    public RaceEvents Next(int eventCount) => Make(
        eventCount / SourceCount,
        static stream => to =>
        {
            stream.WriteNext(to);
            return true;
        });

    private RaceEvents Make(int eventsPerSource, Func<CaseStream, Func<IBufferWriter<byte>, bool>> writer) =>
        new([.. _streams.Select(stream => Lines(eventsPerSource, writer(stream)))]);

    private static List<ReadOnlyMemory<byte>> Lines(int countMax, Func<IBufferWriter<byte>, bool> write)
    {
        var bytes = new ArrayBufferWriter<byte>();
        var ends = new List<int>();
        while (ends.Count < countMax && write(bytes))
        {
            ends.Add(bytes.WrittenCount);
        }

        var all = bytes.WrittenMemory;
        return [.. ends.Select((end, i) => all[(i == 0 ? 0 : ends[i - 1])..end])];
    }
}
