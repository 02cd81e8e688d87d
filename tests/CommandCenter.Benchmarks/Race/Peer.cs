using System.Text;
using Npgsql;

namespace CommandCenter.Benchmarks.Race;

/// <summary>How the peer counts.</summary>
internal enum PeerCounting
{
    /// <summary>A trigger for each row.</summary>
    Rows,

    /// <summary>A trigger for each statement, by sets.</summary>
    Sets,

    /// <summary>
    /// By sets, and of the lists' indexes only the one by filing date, none of whose columns ever changes. Lists by status, handler or node
    /// then read a court's cases one by one: tried to show what the indexes cost, not raced.
    /// </summary>
    SetsOneIndex,
}

/// <summary>What became of a batch.</summary>
internal readonly record struct Taken(long Accepted, long Duplicates, long Rejected);

/// <summary>What a good team builds on PostgreSQL: see <c>peer.sql</c>.</summary>
internal sealed class Peer
{
    public const int ConnectionCount = 2;
    public const int EventsPerBatch = 1_024;
    private const string Copy = $"COPY events ({CopyBatches.Columns}) FROM STDIN (FORMAT BINARY)";
    private const string CopyAside = $"COPY incoming ({CopyBatches.Columns}) FROM STDIN (FORMAT BINARY)";

    private readonly PostgresCluster _cluster;
    private readonly string _database;

    private Peer(PostgresCluster cluster, string database)
    {
        _cluster = cluster;
        _database = database;
    }

    public static async Task<Peer> CreateAsync(PostgresCluster cluster, string database, PeerCounting counting)
    {
        await using (var server = await cluster.ConnectAsync("postgres"))
        {
            await ExecuteAsync(server, $"create database {database}");
        }

        var peer = new Peer(cluster, database);
        await using var connection = await peer.ConnectAsync();
        await ExecuteAsync(connection, await ScriptAsync("peer.sql"));
        await ExecuteAsync(connection, await ScriptAsync(counting == PeerCounting.Rows ? "peer-rows.sql" : "peer-sets.sql"));
        if (counting == PeerCounting.SetsOneIndex)
        {
            await ExecuteAsync(connection, "drop index cases_status, cases_handler, cases_node");
        }

        return peer;
    }

    public TimeSpan ProcessorTime => _cluster.ProcessorTime;

    public long WalBytes => _cluster.WalBytes;

    public Task<NpgsqlConnection> ConnectAsync() => _cluster.ConnectAsync(_database);

    /// <summary>One batch, durable when this returns. The trigger refuses a batch as a whole when anything in it must not be counted.</summary>
    public static void Send(NpgsqlConnection connection, ReadOnlySpan<byte> batch)
    {
        using var copy = connection.BeginRawBinaryCopy(Copy);
        copy.Write(batch);
    }

    /// <summary>One batch of which some events may have to be refused: first as above, then, if it was refused, the way round.</summary>
    public static async Task<Taken> SendAnyAsync(NpgsqlConnection connection, ReadOnlyMemory<byte> batch, int events)
    {
        try
        {
            Send(connection, batch.Span);
            return new Taken(events, 0, 0);
        }
        catch (PostgresException exception) when (exception.SqlState is PostgresErrorCodes.UniqueViolation or "CC001")
        {
            await using var transaction = await connection.BeginTransactionAsync();
            await ExecuteAsync(
                connection,
                "create temporary table incoming (like events, ordinal integer generated always as identity) on commit drop");
            await using (var copy = await connection.BeginRawBinaryCopyAsync(CopyAside))
            {
                await copy.WriteAsync(batch);
            }

            Taken taken;
            await using (var take = new NpgsqlCommand("select * from take()", connection))
            {
                await using var reader = await take.ExecuteReaderAsync();
                _ = await reader.ReadAsync();
                taken = new Taken(reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2));
            }

            await transaction.CommitAsync();
            return taken;
        }
    }

    /// <summary>The statistics and the tidying that autovacuum would have got to on a quiet day.</summary>
    public async Task SettleAsync()
    {
        await using var connection = await ConnectAsync();
        await ExecuteAsync(connection, "vacuum (analyze)");
        await ExecuteAsync(connection, "checkpoint");
    }

    /// <summary>Tables and indexes.</summary>
    public async Task<long> DatabaseBytesAsync()
    {
        await using var connection = await ConnectAsync();
        await using var command = new NpgsqlCommand("select pg_database_size(current_database())", connection);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    public static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
#pragma warning disable CA2100 // Scripts and names of this program.
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        _ = await command.ExecuteNonQueryAsync();
    }

    private static async Task<string> ScriptAsync(string name)
    {
        using var reader = new StreamReader(
            typeof(Peer).Assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"{name} is not embedded."), Encoding.UTF8);
        return await reader.ReadToEndAsync();
    }
}
