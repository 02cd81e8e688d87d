using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.Json;
using CommandCenter.Domain.Courts;
using CommandCenter.Testing;

namespace CommandCenter.Benchmarks.Race;

/// <summary>
/// Batches in the binary form of COPY, ready-made as the product's requests are. The peer gets its events parsed, typed and sorted by court:
/// what the product does with JSON while the clock runs is done here before it starts, in the peer's favour.
/// </summary>
internal sealed class CopyBatches
{
    public const string Columns = "at, amount_fen, case_no, source, type, court, id, case_number, code, reporter, body";

    private const short Source = 1; // One key, as at the product.
    private const short ColumnCount = 11;
    private static readonly long s_epochTicks = new DateTime(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc).Ticks;

    private static readonly Dictionary<string, (short Type, string? Code, string? Amount)> s_types = new(StringComparer.Ordinal)
    {
        ["case.filed"] = (1, "cause", "claimFen"),
        ["case.assigned"] = (2, "handler", null),
        ["case.node"] = (3, "node", null),
        ["property.controlled"] = (4, null, "amountFen"),
        ["funds.received"] = (5, null, "amountFen"),
        ["funds.disbursed"] = (6, null, "amountFen"),
        ["property.released"] = (7, null, null),
        ["case.closed"] = (8, "way", null),
        ["officer.position"] = (9, null, null),
    };

    private readonly List<ReadOnlyMemory<byte>> _batches = [];
    private readonly List<int> _events = [];

    private CopyBatches()
    {
    }

    public int Count => _batches.Count;

    public long EventCount => _events.Sum(static events => (long)events);

    public ReadOnlySpan<byte> this[int index] => _batches[index].Span;

    /// <summary>The only batch.</summary>
    public ReadOnlyMemory<byte> Single => _batches.Single();

    public int EventsOf(int index) => _events[index];

    /// <summary>One sequence of batches for each connection; all events of a court go through the same one, in their order.</summary>
    public static CopyBatches[] Make(IEnumerable<ReadOnlyMemory<byte>> lines, int eventsPerBatch, int connections)
    {
        var all = Enumerable.Range(0, connections).Select(static _ => new CopyBatches()).ToArray();
        var open = all.Select(static _ => (Bytes: NewBatch(), Events: 0)).ToArray();
        foreach (var line in lines)
        {
            using var json = JsonDocument.Parse(line);
            var court = CourtOf(json.RootElement);
            var connection = court.Index % connections;
            ref var batch = ref open[connection];
            Write(batch.Bytes, json.RootElement, court);
            if (++batch.Events == eventsPerBatch)
            {
                all[connection].Close(batch.Bytes, batch.Events);
                batch = (NewBatch(), 0);
            }
        }

        for (var connection = 0; connection < connections; connection++)
        {
            if (open[connection].Events > 0)
            {
                all[connection].Close(open[connection].Bytes, open[connection].Events);
            }
        }

        return all;
    }

    private static Court CourtOf(JsonElement line) => ShippedConfig.Courts.TryFind(line.GetProperty("court").GetString()!, out var court)
        ? court
        : throw new InvalidOperationException("The traffic names a court that is not configured.");

    private static ArrayBufferWriter<byte> NewBatch()
    {
        var batch = new ArrayBufferWriter<byte>();
        batch.Write("PGCOPY\n"u8);
        batch.Write((ReadOnlySpan<byte>)[0xFF, (byte)'\r', (byte)'\n', 0, 0, 0, 0, 0, 0, 0, 0, 0]); // Rest of the signature, no flags, no extension.
        return batch;
    }

    private static void Write(ArrayBufferWriter<byte> to, JsonElement line, Court court)
    {
        var (type, code, amount) = s_types[line.GetProperty("type").GetString()!];
        var data = line.GetProperty("data");
        var number = line.TryGetProperty("case", out var given) ? given.GetString() : null;
        var at = DateTimeOffset.Parse(line.GetProperty("at").GetString()!, CultureInfo.InvariantCulture).UtcTicks;

        Int16(to, ColumnCount);
        Long(to, (at - s_epochTicks) / TimeSpan.TicksPerMicrosecond);
        Long(to, amount is not null && data.TryGetProperty(amount, out var fen) ? fen.GetInt64() : null);
        Int(to, number is null ? null : int.Parse(number.AsSpan(number.IndexOf('执', StringComparison.Ordinal) + 1).TrimEnd('号'), CultureInfo.InvariantCulture));
        Short(to, Source);
        Short(to, type);
        Short(to, (short)court.Index);
        Text(to, line.GetProperty("id").GetString());
        Text(to, number);
        Text(to, code is null ? null : data.GetProperty(code).GetString());
        Text(to, line.TryGetProperty("by", out var by) ? by.GetString() : null);
        Text(to, data.GetRawText());
    }

    private static void Long(ArrayBufferWriter<byte> to, long? value)
    {
        Int32(to, value is null ? -1 : sizeof(long));
        if (value is { } present)
        {
            BinaryPrimitives.WriteInt64BigEndian(to.GetSpan(sizeof(long)), present);
            to.Advance(sizeof(long));
        }
    }

    private static void Int(ArrayBufferWriter<byte> to, int? value)
    {
        Int32(to, value is null ? -1 : sizeof(int));
        if (value is { } present)
        {
            Int32(to, present);
        }
    }

    private static void Short(ArrayBufferWriter<byte> to, short value)
    {
        Int32(to, sizeof(short));
        Int16(to, value);
    }

    private static void Text(ArrayBufferWriter<byte> to, string? value)
    {
        Int32(to, value is null ? -1 : Encoding.UTF8.GetByteCount(value));
        if (value is not null)
        {
            _ = Encoding.UTF8.GetBytes(value, to);
        }
    }

    private static void Int32(ArrayBufferWriter<byte> to, int value)
    {
        BinaryPrimitives.WriteInt32BigEndian(to.GetSpan(sizeof(int)), value);
        to.Advance(sizeof(int));
    }

    private static void Int16(ArrayBufferWriter<byte> to, short value)
    {
        BinaryPrimitives.WriteInt16BigEndian(to.GetSpan(sizeof(short)), value);
        to.Advance(sizeof(short));
    }

    private void Close(ArrayBufferWriter<byte> batch, int events)
    {
        Int16(batch, -1);
        _batches.Add(batch.WrittenMemory);
        _events.Add(events);
    }
}
