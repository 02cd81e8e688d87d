using CommandCenter.Benchmarks.Traffic;
using CommandCenter.Domain.Courts;
using CommandCenter.Testing;

namespace CommandCenter.Benchmarks.Race;

/// <summary>One question for the newest cases of a court: all, or those of a status, a handler or a node.</summary>
/// <param name="Court">A court without inferior ones.</param>
/// <param name="Field">Empty, status, handler or node.</param>
/// <param name="Value">What the field must be, in the words of the API.</param>
internal sealed record ListQuestion(Court Court, string Field, string Value)
{
    public const int Size = 50;

    private static readonly Court[] s_courts =
        [.. Invented.Courts.Where(static court => !ShippedConfig.Courts.Courts.Any(other => other.Definition.Superior == court.Mark))];

    public Uri Url => new(
        $"api/v1/cases?scope={Uri.EscapeDataString(Court.Mark)}&sort=-filedAt&size={Size}{(Field.Length == 0 ? "" : $"&{Field}={Uri.EscapeDataString(Value)}")}",
        UriKind.Relative);

    public static ListQuestion[] Make(int count, int seed)
    {
#pragma warning disable CA5394 // Repeatable, not secret.
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ =>
        {
            var court = s_courts[random.Next(s_courts.Length)];
            return random.Next(4) switch
            {
                0 => new ListQuestion(court, "status", random.Next(2) == 0 ? "open" : "closed"),
                1 => new ListQuestion(court, "handler", Invented.Handler(court, random.Next(Invented.HandlersPerCourt))),
                2 => new ListQuestion(court, "node", CaseScript.Whole[1 + random.Next(CaseScript.Whole.Length - 1)].Node is { Length: > 0 } node ? node : "TZ"),
                _ => new ListQuestion(court, "", ""),
            };
        })];
#pragma warning restore CA5394
    }
}

/// <summary>What a list shows that both must agree on.</summary>
internal sealed record ListAnswer(long Total, IReadOnlyList<string> Rows);
