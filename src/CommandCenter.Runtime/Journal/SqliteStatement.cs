using SQLitePCL;
using static SQLitePCL.raw;

namespace CommandCenter.Runtime.Journal;

/// <summary>A prepared statement that binds and reads spans, which the ADO.NET layer would copy to arrays first.</summary>
internal sealed class SqliteStatement : IDisposable
{
    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;

    public SqliteStatement(sqlite3 database, string sql)
    {
        _database = database;
        Sqlite.Check(database, sqlite3_prepare_v2(database, sql, out _statement), sql);
    }

    public SqliteStatement Bind(int index, long value)
    {
        Sqlite.Check(_database, sqlite3_bind_int64(_statement, index, value), "bind");
        return this;
    }

    public SqliteStatement Bind(int index, string value)
    {
        Sqlite.Check(_database, sqlite3_bind_text(_statement, index, value), "bind");
        return this;
    }

    public SqliteStatement Bind(int index, ReadOnlySpan<byte> value)
    {
        // An empty span has no address, and SQLite takes an address of null as NULL rather than as a blob of no bytes.
        var result = value.IsEmpty ? sqlite3_bind_zeroblob(_statement, index, 0) : sqlite3_bind_blob(_statement, index, value);
        Sqlite.Check(_database, result, "bind");
        return this;
    }

    /// <summary>Steps to the next row; false at the end.</summary>
    public bool Step()
    {
        var result = sqlite3_step(_statement);
        if (result == SQLITE_ROW)
        {
            return true;
        }

        if (result != SQLITE_DONE)
        {
            var failure = Sqlite.Failure(_database, result, "step");
            Reset();
            throw failure;
        }

        return false;
    }

    /// <summary>Runs a statement that returns no rows.</summary>
    public void Run()
    {
        _ = Step();
        Reset();
    }

    // A failed step has been reported by Step already; reset only repeats its code.
    public void Reset() => _ = sqlite3_reset(_statement);

    public long Int64(int column) => sqlite3_column_int64(_statement, column);

    public string Text(int column) => sqlite3_column_text(_statement, column).utf8_to_string();

    /// <summary>Valid until the next step or reset.</summary>
    public ReadOnlySpan<byte> Blob(int column) => sqlite3_column_blob(_statement, column);

    public void Dispose() => _statement.Dispose();
}
