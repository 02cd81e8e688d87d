using System.Globalization;
using System.Text.Json;
using CommandCenter.Benchmarks.Product;
using CommandCenter.Benchmarks.Reporting;
using CommandCenter.Domain.Courts;
using CommandCenter.Testing;
using Npgsql;

namespace CommandCenter.Benchmarks.Race;

/// <summary>Holds every figure of the product against the peer's: windows, days, months, years and stocks of every scope, to the fen.</summary>
internal sealed class Equality(ServerProcess server, Peer peer, Report report)
{
    private const int DifferencesShownMax = 10;

    private long _figures;
    private long _differences;

    /// <summary>Compares everything; a difference fails the run.</summary>
    /// <param name="acceptedCount">How many events the product accepted.</param>
    public async Task CompareAsync(long acceptedCount)
    {
        using var client = await server.SignInAsync();
        await using var connection = await peer.ConnectAsync();
        var (from, to) = await SpanAsync(connection);
        await using var totals = new PeerTotals(connection);
        foreach (var scope in ShippedConfig.Courts.Courts)
        {
            await CompareWindowsAsync(client, connection, scope, from, to);
            for (var day = DayOf(from); day <= DayOf(to); day = day.AddDays(1))
            {
                // Between the traffic and the probes nothing happens for months; the months' ends stand for those days.
                if (day < DayOf(from).AddDays(40) || day.Day == 1)
                {
                    await CompareTotalsAsync(client, totals, scope, day);
                }
            }

            await CompareOpenAsync(client, connection, scope);
        }

        Require("events accepted", acceptedCount, await ScalarAsync(connection, "select count(*) from events"));
        report.Say($"  compared: {_figures:N0} figures, {_differences:N0} differ");
        if (_differences > 0)
        {
            report.Fail($"{_differences:N0} of {_figures:N0} figures differ between the product and the peer");
        }
    }

    /// <summary>Holds two figures against each other.</summary>
    public void Require(string what, long product, long peerFigure)
    {
        _figures++;
        if (product != peerFigure && ++_differences <= DifferencesShownMax)
        {
            report.Say(string.Create(CultureInfo.InvariantCulture, $"  differs: {what}: product {product}, peer {peerFigure}"));
        }
    }

    /// <summary>Holds two lists against each other, row by row.</summary>
    public void Require(string what, ListAnswer product, ListAnswer peerList)
    {
        Require(what + ", total", product.Total, peerList.Total);
        Require(what + ", rows", product.Rows.Count, peerList.Rows.Count);
        foreach (var (ours, theirs) in product.Rows.Zip(peerList.Rows))
        {
            _figures++;
            if (ours != theirs && ++_differences <= DifferencesShownMax)
            {
                report.Say($"  differs: {what}: product {ours}, peer {theirs}");
            }
        }
    }

    private static DateOnly DayOf(DateTime utc) => DateOnly.FromDateTime(utc.AddHours(8));

    private static async Task<long> ScalarAsync(NpgsqlConnection connection, string sql)
    {
#pragma warning disable CA2100 // Texts of this file.
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private static async Task<(DateTime From, DateTime To)> SpanAsync(NpgsqlConnection connection)
    {
        await using var command = new NpgsqlCommand("select min(window_start), max(window_start) from court_windows", connection);
        await using var reader = await command.ExecuteReaderAsync();
        _ = await reader.ReadAsync();
        return (reader.GetDateTime(0), reader.GetDateTime(1));
    }

    private static async Task<Dictionary<DateTime, Sums>> PeerWindowsAsync(NpgsqlConnection connection, Court scope)
    {
        await using var command = new NpgsqlCommand(
            """
            select window_start, received, closed, sum(received - closed) over running, sum(terminal) over running, funds_in_fen, funds_out_fen
            from (
              select window_start, sum(received)::bigint received, sum(closed)::bigint closed, sum(terminal)::bigint terminal,
                sum(funds_in_fen)::bigint funds_in_fen, sum(funds_out_fen)::bigint funds_out_fen
              from court_windows where court = any($1) group by window_start) of_scope
            window running as (order by window_start)
            """,
            connection);
        _ = command.Parameters.Add(new NpgsqlParameter<short[]> { TypedValue = [.. scope.Scope.Select(static court => (short)court.Index)] });
        await using var reader = await command.ExecuteReaderAsync();
        var windows = new Dictionary<DateTime, Sums>();
        while (await reader.ReadAsync())
        {
            windows.Add(reader.GetDateTime(0), new Sums(
                reader.GetInt64(1), reader.GetInt64(2), (long)reader.GetDecimal(3), (long)reader.GetDecimal(4), reader.GetInt64(5), reader.GetInt64(6)));
        }

        return windows;
    }

    private async Task CompareWindowsAsync(HttpClient client, NpgsqlConnection connection, Court scope, DateTime from, DateTime to)
    {
        var theirs = await PeerWindowsAsync(connection, scope);
        using var answer = await GetAsync(
            client, $"rollups?scope={Uri.EscapeDataString(scope.Mark)}&from={from:yyyy-MM-dd'T'HH:mm:ss}Z&to={to.AddMinutes(5):yyyy-MM-dd'T'HH:mm:ss}Z&step=5m");
        foreach (var point in answer.RootElement.GetProperty("points").EnumerateArray())
        {
            var start = point.GetProperty("t").GetDateTimeOffset().UtcDateTime;
            var ours = SumsOf(point);
            var what = $"{scope.Mark} window {start:u}";
            if (theirs.Remove(start, out var their))
            {
                Require(what, ours, their);
            }
            else
            {
                // The product also keeps windows in which only something else was counted.
                Require(what + ", unknown to the peer", ours with { Pending = 0, Terminal = 0 }, default);
            }
        }

        Require($"{scope.Mark} windows unknown to the product", 0, theirs.Count);
    }

    private async Task CompareTotalsAsync(HttpClient client, PeerTotals totals, Court scope, DateOnly day)
    {
        var theirs = await totals.ReadAsync(scope, day);
        using var answer = await GetAsync(client, $"totals?scope={Uri.EscapeDataString(scope.Mark)}&date={day:yyyy-MM-dd}");
        foreach (var (period, their) in ((string, Sums)[])[("day", theirs.Day), ("month", theirs.Month), ("year", theirs.Year)])
        {
            Require($"{scope.Mark} {period} to {day:yyyy-MM-dd}", SumsOf(answer.RootElement.GetProperty(period)), their);
        }
    }

    private async Task CompareOpenAsync(HttpClient client, NpgsqlConnection connection, Court scope)
    {
        await using var command = new NpgsqlCommand("select count(*) from cases where court = any($1) and status = 1", connection);
        _ = command.Parameters.Add(new NpgsqlParameter<short[]> { TypedValue = [.. scope.Scope.Select(static court => (short)court.Index)] });
        var their = (long)(await command.ExecuteScalarAsync())!;
        using var answer = await GetAsync(client, $"cases?scope={Uri.EscapeDataString(scope.Mark)}&status=open&size=1");
        Require($"{scope.Mark} open cases", answer.RootElement.GetProperty("total").GetInt64(), their);
    }

    private void Require(string what, Sums ours, Sums theirs)
    {
        Require(what + " received", ours.Received, theirs.Received);
        Require(what + " closed", ours.Closed, theirs.Closed);
        Require(what + " pending", ours.Pending, theirs.Pending);
        Require(what + " terminal stock", ours.Terminal, theirs.Terminal);
        Require(what + " money in", ours.FundsInFen, theirs.FundsInFen);
        Require(what + " money out", ours.FundsOutFen, theirs.FundsOutFen);
    }

    private static Sums SumsOf(JsonElement of)
    {
        return new Sums(Long("received"), Long("closed"), Long("pending"), Long("terminalStock"), Long("fundsInFen"), Long("fundsOutFen"));

        long Long(string name) => of.GetProperty(name).GetInt64();
    }

    private static async Task<JsonDocument> GetAsync(HttpClient client, string query) =>
        JsonDocument.Parse(await client.GetByteArrayAsync(new Uri("api/v1/" + query, UriKind.Relative)));
}
