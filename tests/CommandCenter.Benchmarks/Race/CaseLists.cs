using System.Text.Json;
using CommandCenter.Benchmarks.Traffic;
using CommandCenter.Domain.Courts;
using CommandCenter.Testing;
using Npgsql;
using NpgsqlTypes;

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

/// <summary>Reads lists from the product.</summary>
internal static class ProductLists
{
    public static ListAnswer Parse(byte[] answer)
    {
        using var json = JsonDocument.Parse(answer);
        return new ListAnswer(
            json.RootElement.GetProperty("total").GetInt64(),
            [.. json.RootElement.GetProperty("items").EnumerateArray().Select(static item => string.Join(
                ' ', item.GetProperty("number").GetString(), item.GetProperty("status").GetString(), item.GetProperty("handler").GetString(),
                item.GetProperty("node").GetString(), item.GetProperty("claimFen").GetInt64(), item.GetProperty("fundsInFen").GetInt64(),
                item.GetProperty("fundsOutFen").GetInt64()))]);
    }
}

/// <summary>Reads lists from the peer, by statements prepared for each kind of question.</summary>
internal sealed class PeerLists(NpgsqlConnection connection) : IAsyncDisposable
{
    private const string Shown =
        "number, status, way, handler, cause, node, claim_fen, funds_in_fen, funds_out_fen, filed_at, closed_at, filing";

    private readonly Dictionary<string, NpgsqlCommand> _commands = new(StringComparer.Ordinal);

    /// <summary>The page, with or without the number of all that match, which the product always gives.</summary>
    public async Task<ListAnswer> ReadAsync(ListQuestion question, bool withTotal)
    {
        var rows = new List<string>();
        var page = await CommandAsync(question, $"select {Shown} from cases where court = $1{Where(question)} order by filed_at desc, no desc limit {ListQuestion.Size}");
        await using (var reader = await page.ExecuteReaderAsync())
        {
            while (await reader.ReadAsync())
            {
                _ = (Text(2), Text(4), reader.GetDateTime(9), reader.IsDBNull(10) ? (DateTime?)null : reader.GetDateTime(10), Text(11));
                rows.Add(string.Join(
                    ' ', Text(0), reader.GetInt16(1) == 1 ? "open" : "closed", Text(3), Text(5), reader.GetInt64(6), reader.GetInt64(7), reader.GetInt64(8)));
            }

            string? Text(int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
        }

        if (!withTotal)
        {
            return new ListAnswer(-1, rows);
        }

        var count = await CommandAsync(question, $"select count(*) from cases where court = $1{Where(question)}");
        return new ListAnswer((long)(await count.ExecuteScalarAsync())!, rows);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var command in _commands.Values)
        {
            await command.DisposeAsync();
        }
    }

    private static string Where(ListQuestion question) => question.Field.Length == 0 ? "" : $" and {question.Field} = $2";

    private async Task<NpgsqlCommand> CommandAsync(ListQuestion question, string sql)
    {
        if (!_commands.TryGetValue(sql, out var command))
        {
#pragma warning disable CA2100 // Put together from the constants above; what is asked for is a parameter.
            command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
            _ = command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Smallint, Value = (short)0 });
            if (question.Field.Length > 0)
            {
                _ = command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = TypeOf(question), Value = ValueOf(question) });
            }

            await command.PrepareAsync();
            _commands.Add(sql, command);
        }

        command.Parameters[0].Value = (short)question.Court.Index;
        if (question.Field.Length > 0)
        {
            command.Parameters[1].Value = ValueOf(question);
        }

        return command;
    }

    private static NpgsqlDbType TypeOf(ListQuestion question) => question.Field == "status" ? NpgsqlDbType.Smallint : NpgsqlDbType.Text;

    private static object ValueOf(ListQuestion question) => question.Field == "status" ? (short)(question.Value == "open" ? 1 : 2) : question.Value;
}
