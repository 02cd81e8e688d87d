using System.Buffers.Binary;

namespace CommandCenter.Web.Grains;

/// <summary>办理时长: how long cases of one court stood at each node before they went on, by year and <see cref="StayTime"/> step.</summary>
/// <remarks>
/// Counts only, so that a million cases take some hundred kilobytes: of each node as many numbers as the longest time has steps. The latest
/// <see cref="YearsMax"/> years in which anything went on are kept.
/// </remarks>
internal sealed class NodeTimes
{
    /// <summary>As many years are kept.</summary>
    public const int YearsMax = 3;

    private const int NodeCount = 64;

    private readonly SortedList<int, int[]?[]> _years = [];

    /// <summary>The years that are kept, in order.</summary>
    public IEnumerable<int> Years => _years.Keys;

    /// <summary>The times at a node that ended in a year: cases by step, as far as there are any.</summary>
    public ReadOnlySpan<int> Of(int year, int node) => _years.TryGetValue(year, out var nodes) ? nodes[node] : [];

    /// <summary>Counts a case that left a node in a year.</summary>
    public void Add(int year, int node, int step, int count = 1)
    {
        if (!_years.TryGetValue(year, out var nodes))
        {
            if (_years.Count == YearsMax)
            {
                if (year < _years.GetKeyAtIndex(0))
                {
                    return; // Reported years late.
                }

                _years.RemoveAt(0);
            }

            _years.Add(year, nodes = new int[]?[NodeCount]);
        }

        ref var counts = ref nodes[node];
        if (counts is null || step >= counts.Length)
        {
            // By a quarter: most of these arrays grow once or twice and then never again.
            Array.Resize(ref counts, Math.Min(StayTime.StepCount, Math.Max(step + 1, (counts?.Length ?? 0) * 5 / 4)));
        }

        counts![step] += count;
    }

    /// <summary>Writes what is counted.</summary>
    public void WriteTo(Stream stream)
    {
        var to = new ByteWriter();
        to.Number(_years.Count);
        foreach (var (year, nodes) in _years)
        {
            to.Number(year);
            to.Number(nodes.Sum(static counts => counts?.Count(static count => count > 0) ?? 0));
            for (var node = 0; node < NodeCount; node++)
            {
                for (var step = 0; step < (nodes[node]?.Length ?? 0); step++)
                {
                    if (nodes[node]![step] is > 0 and var count)
                    {
                        to.Byte((byte)node);
                        to.Number(step);
                        to.Number(count);
                    }
                }
            }
        }

        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, to.Length);
        stream.Write(length);
        stream.Write(to.Written);
    }

    /// <summary>Reads what <see cref="WriteTo"/> wrote.</summary>
    /// <exception cref="InvalidDataException">A node or a step that there is not.</exception>
    public static NodeTimes ReadFrom(Stream stream, TextPool texts)
    {
        Span<byte> length = stackalloc byte[sizeof(int)];
        stream.ReadExactly(length);
        var bytes = new byte[BinaryPrimitives.ReadInt32LittleEndian(length)];
        stream.ReadExactly(bytes);
        var from = new ByteReader(bytes, texts);
        var times = new NodeTimes();
        for (var years = from.Int(); years > 0; years--)
        {
            var year = from.Int();
            for (var left = from.Int(); left > 0; left--)
            {
                var (node, step, count) = (from.Byte(), from.Int(), from.Int());
                if (node >= NodeCount || step > StayTime.StepMax)
                {
                    throw new InvalidDataException($"A time of node {node}, step {step}.");
                }

                times.Add(year, node, step, count);
            }
        }

        return times;
    }
}
