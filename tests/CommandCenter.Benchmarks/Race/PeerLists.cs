using Npgsql;
using NpgsqlTypes;

namespace CommandCenter.Benchmarks.Race;

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
