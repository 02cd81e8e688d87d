using CommandCenter.Domain.Courts;
using Npgsql;
using NpgsqlTypes;

namespace CommandCenter.Benchmarks.Race;

/// <summary>What both contestants say about a scope and a period.</summary>
internal readonly record struct Sums(long Received, long Closed, long Pending, long Terminal, long FundsInFen, long FundsOutFen);

/// <summary>Day, month and year up to a date; stocks are those at its end.</summary>
internal readonly record struct TotalsOfDay(Sums Day, Sums Month, Sums Year);

/// <summary>The peer's totals of a scope, by one prepared statement.</summary>
internal sealed class PeerTotals : IAsyncDisposable
{
    private readonly NpgsqlCommand _command;
    private readonly NpgsqlParameter<short[]> _courts = new() { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Smallint };
    private readonly NpgsqlParameter<DateOnly> _day = new() { NpgsqlDbType = NpgsqlDbType.Date };

    public PeerTotals(NpgsqlConnection connection)
    {
        _command = new NpgsqlCommand(
            """
            select
              sum(received) filter (where day = $2), sum(closed) filter (where day = $2),
              sum(funds_in_fen) filter (where day = $2), sum(funds_out_fen) filter (where day = $2),
              sum(received) filter (where day >= date_trunc('month', $2)::date), sum(closed) filter (where day >= date_trunc('month', $2)::date),
              sum(funds_in_fen) filter (where day >= date_trunc('month', $2)::date), sum(funds_out_fen) filter (where day >= date_trunc('month', $2)::date),
              sum(received) filter (where day >= date_trunc('year', $2)::date), sum(closed) filter (where day >= date_trunc('year', $2)::date),
              sum(funds_in_fen) filter (where day >= date_trunc('year', $2)::date), sum(funds_out_fen) filter (where day >= date_trunc('year', $2)::date),
              sum(received) - sum(closed), sum(terminal)
            from court_days where court = any($1) and day <= $2
            """,
            connection);
        _ = _command.Parameters.Add(_courts);
        _ = _command.Parameters.Add(_day);
    }

    public async Task<TotalsOfDay> ReadAsync(Court scope, DateOnly day)
    {
        _courts.TypedValue = [.. scope.Scope.Select(static court => (short)court.Index)];
        _day.TypedValue = day;
        if (!_command.IsPrepared)
        {
            await _command.PrepareAsync();
        }

        await using var reader = await _command.ExecuteReaderAsync();
        _ = await reader.ReadAsync();
        return new TotalsOfDay(Of(0), Of(4), Of(8));

        Sums Of(int first) => new(Long(first), Long(first + 1), Long(12), Long(13), Long(first + 2), Long(first + 3));

        // A sum over nothing is null there, and nothing is what it counts.
        long Long(int column) => reader.IsDBNull(column) ? 0 : (long)reader.GetDecimal(column);
    }

    public ValueTask DisposeAsync() => _command.DisposeAsync();
}
