using System.Buffers;
using System.Text;

namespace CommandCenter.Benchmarks.Product;

/// <summary>Ready-made requests of one connection, head and body, so that nothing but sending happens while the clock runs.</summary>
internal sealed class Requests
{
    private readonly ArrayBufferWriter<byte> _bytes = new();
    private readonly List<int> _ends = [];
    private readonly List<int> _events = [];

    private Requests()
    {
    }

    public int Count => _ends.Count;

    public long EventCount => _events.Sum(static events => (long)events);

    /// <summary>The bytes of one request.</summary>
    public ReadOnlySpan<byte> this[int index] => _bytes.WrittenSpan[(index == 0 ? 0 : _ends[index - 1]).._ends[index]];

    /// <summary>How many events it carries.</summary>
    public int EventsOf(int index) => _events[index];

    /// <summary>Makes requests of events as long as there are any.</summary>
    /// <param name="countMax">At most so many requests.</param>
    /// <param name="eventsPerRequest">Events in each; in the last one maybe fewer.</param>
    /// <param name="writeEvent">Writes one event; <see langword="false"/> when there is none.</param>
    /// <param name="server">Who they go to.</param>
    public static Requests Make(int countMax, int eventsPerRequest, Func<IBufferWriter<byte>, bool> writeEvent, ServerProcess server)
    {
        var requests = new Requests();
        var key = server.Key;
        var body = new ArrayBufferWriter<byte>();
        while (requests.Count < countMax)
        {
            body.ResetWrittenCount();
            var events = 0;
            while (events < eventsPerRequest && writeEvent(body))
            {
                events++;
            }

            if (events == 0)
            {
                break;
            }

            requests._bytes.Write(Encoding.ASCII.GetBytes(
                $"POST /api/v1/events HTTP/1.1\r\nHost: {server.Address.Authority}\r\nAuthorization: Bearer {key}\r\n" +
                $"Content-Type: application/x-ndjson\r\nContent-Length: {body.WrittenCount}\r\n\r\n"));
            requests._bytes.Write(body.WrittenSpan);
            requests._ends.Add(requests._bytes.WrittenCount);
            requests._events.Add(events);
        }

        return requests;
    }
}
