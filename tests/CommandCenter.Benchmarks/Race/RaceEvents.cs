using System.Buffers;
using CommandCenter.Benchmarks.Product;

namespace CommandCenter.Benchmarks.Race;

/// <summary>Events in order by source, one NDJSON line each, its end of line included.</summary>
internal sealed record RaceEvents(IReadOnlyList<IReadOnlyList<ReadOnlyMemory<byte>>> BySource)
{
    public int Count => BySource.Sum(static lines => lines.Count);

    /// <summary>All lines as they would come in: a source after the other takes its turn.</summary>
    public IEnumerable<ReadOnlyMemory<byte>> Mixed()
    {
        var longest = BySource.Max(static lines => lines.Count);
        for (var i = 0; i < longest; i++)
        {
            foreach (var lines in BySource)
            {
                if (i < lines.Count)
                {
                    yield return lines[i];
                }
            }
        }
    }

    /// <summary>Requests to the product, a connection for some of the sources.</summary>
    public IReadOnlyList<Requests> ToRequests(ServerProcess server, int eventsPerRequest, int connections) =>
        [.. BySource.Index().GroupBy(source => source.Index % connections, static source => source.Item).Select(lines =>
        {
            using var next = new RaceEvents([.. lines]).Mixed().GetEnumerator();
            return Requests.Make(
                int.MaxValue,
                eventsPerRequest,
                to =>
                {
                    if (!next.MoveNext())
                    {
                        return false;
                    }

                    to.Write(next.Current.Span);
                    return true;
                },
                server);
        })];
}
