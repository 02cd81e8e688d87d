using System.Globalization;
using CommandCenter.Runtime.Partitions;
using SQLitePCL;
using static SQLitePCL.raw;

namespace CommandCenter.Runtime.Journal;

/// <summary>The journal of one partition: SQLite in WAL mode with <c>synchronous=FULL</c>, one row per group commit.</summary>
/// <remarks>
/// Ordering: rows are committed in the order of their positions, without gaps. After a crash the file holds every group whose commit
/// returned and possibly the one that was committing; never part of a group. One connection, used by one thread at a time.
/// </remarks>
internal sealed class JournalDatabase : IDisposable
{
    public const string FileName = "journal.db";

    private const int ApplicationId = 0x43434A4C; // "CCJL": tells our file from any other SQLite database.
    private const int FormatVersion = 1;

    // The WAL is copied back after this much growth. Left to SQLite it would happen inside a commit, where no test can see it.
    private const long CheckpointBytes = 2 * 1024 * 1024;

    // 16 MiB between two looks at whether the copy is still wanted.
    private const int PagesPerStep = 4_096;

    private const string Schema = $"""
        BEGIN IMMEDIATE;
        CREATE TABLE IF NOT EXISTS journal (first INTEGER PRIMARY KEY, count INTEGER NOT NULL, body BLOB NOT NULL, chain BLOB NOT NULL);
        CREATE TABLE IF NOT EXISTS passive (key TEXT PRIMARY KEY, position INTEGER NOT NULL, state BLOB NOT NULL);
        CREATE TABLE IF NOT EXISTS skips (sequence INTEGER PRIMARY KEY AUTOINCREMENT, kind INTEGER NOT NULL, key TEXT NOT NULL,
                                          reason TEXT NOT NULL, by TEXT NOT NULL, at TEXT NOT NULL, UNIQUE (kind, key));
        CREATE TABLE IF NOT EXISTS probe (id INTEGER PRIMARY KEY, filler BLOB NOT NULL);
        PRAGMA application_id = 1128483404;
        PRAGMA user_version = 1;
        COMMIT;
        """;

    private readonly int _partition;
    private readonly IJournalSeam? _seam;
    private readonly sqlite3 _database;
    private readonly RowChain _chain = new();
    private readonly byte[] _lastChain = new byte[RowChain.SizeBytes];
    private readonly byte[] _nextChain = new byte[RowChain.SizeBytes];
    private readonly List<SqliteStatement> _statements = [];
    private readonly SqliteStatement _insertRow;
    private readonly SqliteStatement _updatePassive;
    private readonly SqliteStatement _insertPassive;
    private readonly SqliteStatement _selectPassive;
    private readonly SqliteStatement _selectRowAt;
    private readonly SqliteStatement _selectRowsFrom;
    private long _bytesSinceCheckpoint;

    private JournalDatabase(string file, int partition, IJournalSeam? seam, bool readOnly)
    {
        _partition = partition;
        _seam = seam;
        _database = Sqlite.Open(file, readOnly);
        try
        {
            SetUp(file, readOnly);
            _selectPassive = Prepare("SELECT state FROM passive WHERE key = ?1");
            _selectRowAt = Prepare("SELECT first, count, body, chain FROM journal WHERE first <= ?1 ORDER BY first DESC LIMIT 1");
            _selectRowsFrom = Prepare("SELECT first, count, body, chain FROM journal WHERE first >= ?1 ORDER BY first");
            _insertRow = Prepare("INSERT INTO journal (first, count, body, chain) VALUES (?1, ?2, ?3, ?4)");
            _updatePassive = Prepare("UPDATE passive SET position = ?2, state = ?3 WHERE key = ?1");
            _insertPassive = Prepare("INSERT INTO passive (key, position, state) VALUES (?1, ?2, ?3)");
            ReadEnd();
            PassiveCount = Sqlite.Scalar(_database, "SELECT count(*) FROM passive");
            At(JournalStep.Opened);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Last committed record, 0 when there is none.</summary>
    public long Position { get; private set; }

    /// <summary>Keys in the passive table.</summary>
    public long PassiveCount { get; private set; }

    /// <summary>Whether enough was written since the last checkpoint to be worth the next.</summary>
    public bool CheckpointIsDue => _bytesSinceCheckpoint >= CheckpointBytes;

    /// <exception cref="JournalException">The file cannot be opened.</exception>
    /// <exception cref="DataDirectoryException">The file is of another format.</exception>
    public static JournalDatabase Open(string file, int partition, IJournalSeam? seam) => new(file, partition, seam, readOnly: false);

    /// <summary>A second connection for a reader on another thread; it sees committed rows only.</summary>
    /// <exception cref="JournalException">The file cannot be opened.</exception>
    /// <exception cref="DataDirectoryException">The file is of another format.</exception>
    public static JournalDatabase OpenReadOnly(string file, int partition) => new(file, partition, seam: null, readOnly: true);

    /// <summary>Writes the row and the passive states of one group and flushes them.</summary>
    /// <exception cref="JournalException">Whether the group is on disk is unknown; this connection must not be used again.</exception>
    public void Commit(RecordWriter records)
    {
        Sqlite.Run(_database, "BEGIN IMMEDIATE");
        At(JournalStep.TransactionBegun);
        if (records.Count > 0)
        {
            _chain.Next(_lastChain, records.First, records.Count, records.Body, _nextChain);
            _insertRow.Bind(1, records.First).Bind(2, records.Count).Bind(3, records.Body).Bind(4, _nextChain).Run();
            _bytesSinceCheckpoint += records.Body.Length;
            At(JournalStep.RowInserted);
        }

        var passiveAdded = WritePassive(records);
        At(JournalStep.BeforeCommit);
        Sqlite.Run(_database, "COMMIT");
        PassiveCount += passiveAdded;
        if (records.Count > 0)
        {
            Position = records.NextPosition - 1;
            _nextChain.CopyTo(_lastChain, 0);
        }

        _bytesSinceCheckpoint += 4096; // At least a page of the table and its commit frame, however small the group.
        At(JournalStep.AfterCommit);
    }

    /// <summary>Hands over the row that holds a position; false when there is none.</summary>
    public bool ReadRowAt(long position, JournalRowVisitor visitor)
    {
        var statement = _selectRowAt.Bind(1, position);
        try
        {
            return statement.Step() && statement.Int64(0) + statement.Int64(1) > position && visitor(RowOf(statement));
        }
        finally
        {
            statement.Reset();
        }
    }

    /// <summary>Hands over every row from the one whose first record is at or after a position.</summary>
    public void ReadRowsFrom(long first, JournalRowVisitor visitor)
    {
        var statement = _selectRowsFrom.Bind(1, first);
        try
        {
            while (statement.Step() && visitor(RowOf(statement)))
            {
            }
        }
        finally
        {
            statement.Reset();
        }
    }

    /// <summary>First position of the row that holds a position, or of the next row; null at the end.</summary>
    public long? FirstOfRowAt(long position)
    {
        long? first = null;
        if (!ReadRowAt(position, row => (first = row.First) is not null))
        {
            ReadRowsFrom(position, row =>
            {
                first = row.First;
                return false;
            });
        }

        return first;
    }

    /// <summary>The chain value that the row beginning at a position continues.</summary>
    public byte[] ChainBefore(long first)
    {
        var chain = new byte[RowChain.SizeBytes];
        using var statement = new SqliteStatement(_database, "SELECT chain FROM journal WHERE first < ?1 ORDER BY first DESC LIMIT 1");
        if (statement.Bind(1, first).Step() && statement.Blob(0) is { Length: RowChain.SizeBytes } before)
        {
            before.CopyTo(chain);
        }

        return chain;
    }

    /// <summary>The state passivated under a key; null when there is none.</summary>
    public byte[]? ReadPassive(string key)
    {
        var statement = _selectPassive.Bind(1, key);
        try
        {
            return statement.Step() ? statement.Blob(0).ToArray() : null;
        }
        finally
        {
            statement.Reset();
        }
    }

    /// <summary>All skips, oldest first.</summary>
    public IReadOnlyList<Skip> ReadSkips()
    {
        var skips = new List<Skip>();
        using var statement = new SqliteStatement(_database, "SELECT sequence, kind, key, reason, by, at FROM skips ORDER BY sequence");
        while (statement.Step())
        {
            var at = DateTimeOffset.Parse(statement.Text(5), CultureInfo.InvariantCulture);
            skips.Add(new Skip(
                statement.Int64(0), (SkipKind)statement.Int64(1), statement.Text(2), statement.Text(3), statement.Text(4), at));
        }

        return skips;
    }

    /// <summary>Writes one skip and flushes it. A key that is skipped already keeps its first reason.</summary>
    /// <exception cref="JournalException">The skip may or may not be on disk.</exception>
    public void AddSkip(SkipKind kind, string key, string reason, string by, DateTimeOffset at)
    {
        Sqlite.Run(_database, "BEGIN IMMEDIATE");
        using (var statement = new SqliteStatement(_database, "INSERT OR IGNORE INTO skips (kind, key, reason, by, at) VALUES (?1, ?2, ?3, ?4, ?5)"))
        {
            statement.Bind(1, (long)kind).Bind(2, key).Bind(3, reason).Bind(4, by).Bind(5, at.ToString("O")).Run();
        }

        At(JournalStep.SkipInserted);
        At(JournalStep.BeforeCommit);
        Sqlite.Run(_database, "COMMIT");
        At(JournalStep.AfterCommit);
    }

    /// <summary>Holds what this connection reads as it is now, however much others write meanwhile, until it is disposed.</summary>
    public void Pin()
    {
        Sqlite.Run(_database, "BEGIN");
        ReadEnd(); // The first read takes hold.
    }

    /// <summary>The chain value of the last row; zeros when there is none.</summary>
    public ReadOnlySpan<byte> LastChain => _lastChain;

    /// <summary>Writes what this connection reads to a new file of its own, flushed and without a WAL.</summary>
    /// <exception cref="JournalException">Reading or writing failed; the new file is not whole.</exception>
    public void CopyTo(string file, CancellationToken cancellationToken)
    {
        using var target = Sqlite.Open(file, readOnly: false);
        using (var backup = sqlite3_backup_init(target, "main", _database, "main"))
        {
            var result = SQLITE_OK;
            while (result == SQLITE_OK)
            {
                cancellationToken.ThrowIfCancellationRequested();
                result = sqlite3_backup_step(backup, PagesPerStep);
            }

            if (result != SQLITE_DONE)
            {
                throw Sqlite.Failure(target, result, $"copy to {file}");
            }
        }

        Sqlite.Run(target, "PRAGMA journal_mode = DELETE");
    }

    /// <summary>Proves that a group of that size could be committed now, and leaves nothing behind.</summary>
    /// <exception cref="JournalException">It could not.</exception>
    public void Probe(int sizeBytes)
    {
        // Committed for real: before COMMIT nothing has touched the disk, so a transaction rolled back would prove nothing.
        Sqlite.Run(_database, $"BEGIN IMMEDIATE; INSERT OR REPLACE INTO probe (id, filler) VALUES (1, zeroblob({sizeBytes})); COMMIT");
        Sqlite.Run(_database, "DELETE FROM probe");
    }

    /// <summary>Copies the WAL into the database file and flushes that. The next commit begins the WAL anew, if no reader needs it.</summary>
    /// <param name="truncate">Also empties the WAL; only when no reader is expected.</param>
    /// <exception cref="JournalException">The disk refused; what is in the WAL stays there.</exception>
    public void Checkpoint(bool truncate)
    {
        Checkpoint(_database, truncate ? SQLITE_CHECKPOINT_TRUNCATE : SQLITE_CHECKPOINT_PASSIVE, _partition, _seam);
        _bytesSinceCheckpoint = 0;
    }

    /// <summary>The same on any thread, by a connection of its own, while the one that writes goes on. What it writes meanwhile stays in the WAL.</summary>
    /// <exception cref="JournalException">The disk refused; what is in the WAL stays there.</exception>
    public static void CheckpointBeside(string file, int partition, IJournalSeam? seam)
    {
        using var database = Sqlite.Open(file, readOnly: false);
        Sqlite.Run(database, "PRAGMA synchronous = FULL");
        Checkpoint(database, SQLITE_CHECKPOINT_PASSIVE, partition, seam);
    }

    public void Dispose()
    {
        foreach (var statement in _statements)
        {
            statement.Dispose();
        }

        _database.Dispose();
        _chain.Dispose();
    }

    private static void Checkpoint(sqlite3 database, int mode, int partition, IJournalSeam? seam)
    {
        seam?.At(JournalStep.BeforeCheckpoint, partition, database);
        var result = sqlite3_wal_checkpoint_v2(database, "main", mode, out _, out _);
        // Busy: a reader still needs the old pages. The next checkpoint takes them.
        if (result is not (SQLITE_OK or SQLITE_BUSY))
        {
            throw Sqlite.Failure(database, result, "checkpoint");
        }

        seam?.At(JournalStep.AfterCheckpoint, partition, database);
    }

    private static JournalRow RowOf(SqliteStatement statement) =>
        new(statement.Int64(0), checked((int)statement.Int64(1)), statement.Blob(2), statement.Blob(3));

    private void SetUp(string file, bool readOnly)
    {
        var applicationId = Sqlite.Scalar(_database, "PRAGMA application_id");
        var version = Sqlite.Scalar(_database, "PRAGMA user_version");
        var isNew = applicationId == 0 && version == 0 && !readOnly && Sqlite.Scalar(_database, "SELECT count(*) FROM sqlite_schema") == 0;
        if (!isNew && (applicationId != ApplicationId || version != FormatVersion))
        {
            throw new DataDirectoryException(
                DataDirectoryException.OtherFormat,
                $"{file} has format {applicationId:x8}/{version}; this program reads {ApplicationId:x8}/{FormatVersion}.",
                innerException: null);
        }

        if (!readOnly)
        {
            Sqlite.Run(_database, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 0");
        }

        if (isNew)
        {
            Sqlite.Run(_database, Schema);
        }
    }

    private SqliteStatement Prepare(string sql)
    {
        var statement = new SqliteStatement(_database, sql);
        _statements.Add(statement);
        return statement;
    }

    private void ReadEnd() =>
        _ = ReadRowAtEnd(row =>
        {
            Position = row.First + row.Count - 1;
            row.Chain[..Math.Min(row.Chain.Length, RowChain.SizeBytes)].CopyTo(_lastChain);
            return true;
        });

    private bool ReadRowAtEnd(JournalRowVisitor visitor)
    {
        var statement = _selectRowAt.Bind(1, long.MaxValue);
        try
        {
            return statement.Step() && visitor(RowOf(statement));
        }
        finally
        {
            statement.Reset();
        }
    }

    private long WritePassive(RecordWriter records)
    {
        var added = 0L;
        foreach (var (key, state) in records.Passive)
        {
            _updatePassive.Bind(1, key).Bind(2, records.NextPosition - 1).Bind(3, state).Run();
            if (sqlite3_changes(_database) == 0)
            {
                _insertPassive.Bind(1, key).Bind(2, records.NextPosition - 1).Bind(3, state).Run();
                added++;
            }

            _bytesSinceCheckpoint += state.Length;
            At(JournalStep.PassiveInserted);
        }

        return added;
    }

    private void At(JournalStep step) => _seam?.At(step, _partition, _database);
}
