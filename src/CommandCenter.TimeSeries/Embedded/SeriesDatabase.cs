using System.Globalization;
using Microsoft.Data.Sqlite;

namespace CommandCenter.TimeSeries.Embedded;

/// <summary>The file of the embedded store: its tables, its connections, and what it remembers about itself.</summary>
/// <remarks>
/// WAL with <c>synchronous=NORMAL</c>: a power cut may take the last transactions back, whole and in order, and the cursor with them. The
/// journal is the truth; what was taken back is written again.
/// </remarks>
internal sealed class SeriesDatabase : IDisposable
{
    public const string FileName = "series.db";

    /// <summary>Key of a sealed day: the series times this, plus the number of the day.</summary>
    public const long DaysPerSeries = 10_000_000;

    private const int ApplicationId = 0x43435453; // "CCTS": tells our file from any other SQLite database.
    private const int FormatVersion = 1;

    private readonly string _readOnly;

    private SeriesDatabase(string file)
    {
        _readOnly = new SqliteConnectionStringBuilder { DataSource = file, Mode = SqliteOpenMode.ReadOnly }.ToString();
        Writer = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ToString());
    }

    /// <summary>The one connection that writes; its owner lets one thread at a time use it.</summary>
    public SqliteConnection Writer { get; }

    /// <summary>Opens the file, or makes it. One that is damaged or of other fields or format is thrown away: it is only a copy.</summary>
    /// <param name="directory">Made when missing.</param>
    /// <param name="schema">Fields may have been appended since.</param>
    /// <param name="discarded">Why an older file was thrown away; else <see langword="null"/>.</param>
    public static SeriesDatabase Open(string directory, SeriesSchema schema, out string? discarded)
    {
        _ = Directory.CreateDirectory(directory);
        var file = Path.Combine(directory, FileName);
        discarded = null;
        for (; ; )
        {
            var database = new SeriesDatabase(file);
            var isKept = false;
            try
            {
                database.Writer.Open();
                var fault = database.SetUp(schema);
                isKept = fault is null;
                if (fault is null)
                {
                    return database;
                }

                discarded = fault;
            }
            catch (SqliteException exception) when (discarded is null && exception.SqliteErrorCode is SQLitePCL.raw.SQLITE_CORRUPT or SQLitePCL.raw.SQLITE_NOTADB)
            {
                discarded = exception.Message;
            }
            finally
            {
                if (!isKept)
                {
                    database.Dispose();
                }
            }

            foreach (var suffix in (string[])["", "-wal", "-shm"])
            {
                File.Delete(file + suffix);
            }
        }
    }

    /// <summary>A connection that only reads, from a pool; it sees what is committed.</summary>
    public SqliteConnection OpenReader()
    {
        var connection = new SqliteConnection(_readOnly);
        connection.Open();
        return connection;
    }

    public void Run(string sql) => Run(Writer, sql);

    public static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        _ = command.ExecuteNonQuery();
    }

    /// <summary>Ends a transaction that failed; SQLite has ended some of them itself.</summary>
    public void RollBack()
    {
        if (SQLitePCL.raw.sqlite3_get_autocommit(Writer.Handle) == 0)
        {
            Run("ROLLBACK");
        }
    }

    public string? ReadNote(string key)
    {
        using var statement = new Statement(Writer, "SELECT value FROM notes WHERE key = $0", 1);
        return (string?)statement.Set(0, key).Scalar();
    }

    public long ReadNumber(string key) => ReadNote(key) is { } text ? long.Parse(text, CultureInfo.InvariantCulture) : 0;

    public void WriteNote(string key, string? value)
    {
        using var statement = new Statement(Writer, "INSERT OR REPLACE INTO notes (key, value) VALUES ($0, $1)", 2);
        _ = statement.Set(0, key).Set(1, value).Run();
    }

    public void WriteNumber(string key, long value) => WriteNote(key, value.ToString(CultureInfo.InvariantCulture));

    public void Dispose()
    {
        Writer.Dispose();
        using var reader = new SqliteConnection(_readOnly);
        SqliteConnection.ClearPool(reader);
    }

    private string? SetUp(SeriesSchema schema)
    {
        var isNew = Number("SELECT count(*) FROM sqlite_schema") == 0;
        if (!isNew && (Number("PRAGMA application_id") != ApplicationId || Number("PRAGMA user_version") != FormatVersion))
        {
            return "it is of another format";
        }

        Run("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA temp_store = MEMORY");
        var wanted = schema.Fields.Select(static field => $"{field.Name} {field.Kind}").ToArray();
        if (isNew)
        {
            Create(schema);
            WriteNote("fields", string.Join('\n', wanted));
            return null;
        }

        var stored = (ReadNote("fields") ?? "").Split('\n');
        if (stored.Length > wanted.Length || !stored.AsSpan().SequenceEqual(wanted.AsSpan(0, stored.Length)))
        {
            return "its fields are others";
        }

        foreach (var field in schema.Fields.Skip(stored.Length))
        {
            Run($"ALTER TABLE hot ADD COLUMN {field.Name} INTEGER; ALTER TABLE kpi_1h ADD COLUMN {field.Name} INTEGER; ALTER TABLE kpi_1d ADD COLUMN {field.Name} INTEGER");
        }

        WriteNote("fields", string.Join('\n', wanted));
        return null;
    }

    private void Create(SeriesSchema schema)
    {
        var fields = string.Concat(schema.Fields.Select(static field => $", {field.Name} INTEGER"));
        Run($"""
            BEGIN IMMEDIATE;
            CREATE TABLE notes (key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
            CREATE TABLE scopes (series INTEGER PRIMARY KEY, scope TEXT NOT NULL UNIQUE);
            CREATE TABLE hot (series INTEGER NOT NULL, t INTEGER NOT NULL{fields}, PRIMARY KEY (series, t)) WITHOUT ROWID;
            CREATE TABLE sealed (day INTEGER PRIMARY KEY, body BLOB NOT NULL);
            CREATE TABLE kpi_1h (series INTEGER NOT NULL, t INTEGER NOT NULL, points INTEGER NOT NULL, changed INTEGER NOT NULL{fields}, PRIMARY KEY (series, t)) WITHOUT ROWID;
            CREATE TABLE kpi_1d (series INTEGER NOT NULL, t INTEGER NOT NULL, points INTEGER NOT NULL, changed INTEGER NOT NULL{fields}, PRIMARY KEY (series, t)) WITHOUT ROWID;
            CREATE INDEX kpi_1h_changed ON kpi_1h (changed);
            CREATE INDEX kpi_1d_changed ON kpi_1d (changed);
            CREATE TABLE dead_letters (step INTEGER NOT NULL, series INTEGER NOT NULL, t INTEGER NOT NULL, at INTEGER NOT NULL, status INTEGER NOT NULL,
                                       reason TEXT NOT NULL, PRIMARY KEY (step, series, t)) WITHOUT ROWID;
            PRAGMA application_id = {ApplicationId};
            PRAGMA user_version = {FormatVersion};
            COMMIT
            """);
    }

    private long Number(string sql)
    {
        using var statement = new Statement(Writer, sql, 0);
        return statement.Scalar() is long value ? value : 0;
    }
}
