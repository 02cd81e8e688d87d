using System.Text.Json;
using CommandCenter.Web.Import;

namespace CommandCenter.Web.Tests.Import;

/// <summary>
/// A little domain of its own: remembers ids, keeps books, and refuses what is impossible. It can die after any number of
/// batches, before or after it has taken the last one, as a crashed server does.
/// </summary>
internal sealed class AccountingSink : IEventSink
{
    private readonly Dictionary<string, string> _contentById = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string?> _wayByCase = new(StringComparer.Ordinal);

    /// <summary>All lines taken, in order.</summary>
    public List<JsonElement> Events { get; } = [];

    /// <summary>Refused lines: id and code.</summary>
    public List<(string Id, string Code)> Refused { get; } = [];

    public bool KeepsEvents { get; init; } = true;

    public SortedDictionary<int, int> FiledByYear { get; } = [];

    public Dictionary<string, int> CountByType { get; } = [];

    public Dictionary<string, int> OpenOrClosed => _wayByCase.Values.GroupBy(way => way ?? "open").ToDictionary(g => g.Key, g => g.Count());

    public IReadOnlyDictionary<string, string?> WayByCase => _wayByCase;

    public HashSet<string> Courts { get; } = [];

    public long MoneyInFen { get; private set; }

    public int Revocations { get; private set; }

    public int Batches { get; private set; }

    public int LargestBatch { get; private set; }

    public int DuplicateCount { get; private set; }

    /// <summary>Dies at this batch, counted from 1 over the sink's life; 0 is never.</summary>
    public int DiesAtBatch { get; set; }

    /// <summary>Dies after taking the batch: the answer is lost, the lines are not.</summary>
    public bool DiesAfterTaking { get; set; }

    public Task<SinkAnswer> SubmitAsync(ReadOnlyMemory<byte> ndjson, int lines, CancellationToken cancellationToken)
    {
        Batches++;
        LargestBatch = Math.Max(LargestBatch, lines);
        if (Batches == DiesAtBatch && !DiesAfterTaking)
        {
            throw new ImportEnvironmentException("The sink died before it took the batch.");
        }

        var (accepted, duplicates, line) = (0, 0, 0);
        var rejected = new List<SinkReject>();
        var rest = ndjson;
        while (!rest.IsEmpty)
        {
            var end = rest.Span.IndexOf((byte)'\n');
            using var document = JsonDocument.Parse(rest[..end]);
            var text = System.Text.Encoding.UTF8.GetString(rest[..end].Span);
            rest = rest[(end + 1)..];
            line++;
            switch (Take(document.RootElement, text))
            {
                case null:
                    accepted++;
                    break;
                case "duplicate":
                    duplicates++;
                    break;
                case var code:
                    rejected.Add(new(line, code, Field: null, $"refused by the books: {code}"));
                    Refused.Add((document.RootElement.GetProperty("id").GetString()!, code));
                    break;
            }
        }

        Assert.Equal(lines, line);
        DuplicateCount += duplicates;
        if (Batches == DiesAtBatch)
        {
            throw new ImportEnvironmentException("The sink died with the answer.");
        }

        return Task.FromResult(new SinkAnswer(accepted, duplicates, rejected));
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private string? Take(JsonElement @event, string text)
    {
        var id = @event.GetProperty("id").GetString()!;
        if (_contentById.TryGetValue(id, out var known))
        {
            return known == text ? "duplicate" : "event.id-conflict";
        }

        var refusal = Apply(@event);
        if (refusal is null)
        {
            _contentById.Add(id, text);
            if (KeepsEvents)
            {
                Events.Add(@event.Clone());
            }
        }

        return refusal;
    }

    private string? Apply(JsonElement @event)
    {
        var type = @event.GetProperty("type").GetString()!;
        var number = @event.GetProperty("case").GetString()!;
        var data = @event.GetProperty("data");
        Assert.Contains(@event.GetProperty("court").GetString()!, number, StringComparison.Ordinal);
        if (type == "case.filed")
        {
            if (!_wayByCase.TryAdd(number, null))
            {
                return "case.already-filed";
            }

            var year = int.Parse(@event.GetProperty("at").GetString()!.AsSpan(0, 4));
            FiledByYear[year] = FiledByYear.GetValueOrDefault(year) + 1;
        }
        else if (!_wayByCase.TryGetValue(number, out var way))
        {
            return "case.unknown";
        }
        else if (type == "case.closed")
        {
            if (way is not null)
            {
                return "case.already-closed";
            }

            _wayByCase[number] = data.GetProperty("way").GetString();
        }
        else if (type == "case.closingRevoked")
        {
            if (way is null)
            {
                return "case.not-closed";
            }

            _wayByCase[number] = null;
            Revocations++;
        }
        else if (type == "funds.received")
        {
            MoneyInFen += data.GetProperty("amountFen").GetInt64();
        }

        Courts.Add(@event.GetProperty("court").GetString()!);
        CountByType[type] = CountByType.GetValueOrDefault(type) + 1;
        return null;
    }
}
