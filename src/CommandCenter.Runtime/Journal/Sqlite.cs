using SQLitePCL;
using static SQLitePCL.raw;

namespace CommandCenter.Runtime.Journal;

/// <summary>Opening, running and failing, the same way for every connection of the journal.</summary>
internal static class Sqlite
{
    // Only a person's own sqlite3 shell can hold the write lock beside us; it gets this long to let go.
    private const int BusyTimeoutMs = 5_000;

    static Sqlite() => Batteries_V2.Init();

    public static sqlite3 Open(string file, bool readOnly)
    {
        var flags = readOnly ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
        // One thread at a time uses a connection, so SQLite needs no mutex of its own.
        var result = sqlite3_open_v2(file, out var database, flags | SQLITE_OPEN_NOMUTEX, vfs: null);
        if (result != SQLITE_OK)
        {
            var failure = Failure(database, result, $"open {file}");
            database?.Dispose();
            throw failure;
        }

        _ = sqlite3_extended_result_codes(database, 1);
        _ = sqlite3_busy_timeout(database, BusyTimeoutMs);
        return database;
    }

    public static void Run(sqlite3 database, string sql) => Check(database, sqlite3_exec(database, sql), sql);

    public static long Scalar(sqlite3 database, string sql)
    {
        using var statement = new SqliteStatement(database, sql);
        return statement.Step() ? statement.Int64(0) : 0;
    }

    public static void Check(sqlite3 database, int result, string what)
    {
        if (result != SQLITE_OK)
        {
            throw Failure(database, result, what);
        }
    }

    public static JournalException Failure(sqlite3? database, int result, string what) =>
        new(result, $"{what}: {(database is null ? sqlite3_errstr(result) : sqlite3_errmsg(database)).utf8_to_string()} ({result})");
}
