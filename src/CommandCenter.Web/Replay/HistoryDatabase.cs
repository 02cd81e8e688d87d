using System.Globalization;
using System.IO.Compression;
using Microsoft.Data.Sqlite;

namespace CommandCenter.Web.Replay;

/// <summary>A piece of the recording that decodes by itself.</summary>
/// <param name="First">Its first picture, milliseconds since 1970.</param>
/// <param name="Last">Its last picture.</param>
/// <param name="Bytes">As <see cref="PictureWriter"/> writes them.</param>
internal sealed record PictureBlock(long First, long Last, ReadOnlyMemory<byte> Bytes);

/// <summary>What one commit writes.</summary>
/// <param name="Sealed">Blocks that are finished.</param>
/// <param name="Piece">What came to the unfinished one since the last commit.</param>
/// <param name="PieceBlock">The first picture of the unfinished one.</param>
/// <param name="Gaps">Gaps that are new.</param>
/// <param name="Events">Events that are new.</param>
internal sealed record HistoryCommit(
    IReadOnlyList<PictureBlock> Sealed, PictureBlock? Piece, long PieceBlock, IReadOnlyList<HistoryGap> Gaps, IReadOnlyList<NotableEvent> Events);

/// <summary>The file of what was shown: finished blocks compressed, the unfinished one in pieces, gaps, and events worth finding.</summary>
/// <remarks>
/// WAL with <c>synchronous=NORMAL</c>: a power cut may take the last commits back, whole and in order, which widens the gap that the cut makes
/// anyway. Nothing can compute this file again, so one that cannot be used is put aside under another name, never deleted.
/// </remarks>
internal sealed class HistoryDatabase : IDisposable
{
    /// <summary>In the data directory.</summary>
    public const string FolderName = "replay";

    public const string FileName = "shown.db";

    private const int ApplicationId = 0x43435348; // "CCSH": tells our file from any other SQLite database.
    private const int FormatVersion = 1;
    private const int BlocksPerDeletion = 12;

    private readonly string _readOnly;
    private readonly SqliteConnection _writer;

    private HistoryDatabase(string file)
    {
        _readOnly = new SqliteConnectionStringBuilder { DataSource = file, Mode = SqliteOpenMode.ReadOnly }.ToString();
        _writer = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ToString());
    }

    /// <summary>Opens the file of a folder, or makes both.</summary>
    /// <param name="directory">The folder.</param>
    /// <param name="now">Names a file that is put aside.</param>
    /// <param name="putAside">Why the file that was there could not be used, and where it is now; else <see langword="null"/>.</param>
    /// <exception cref="SqliteException">It cannot be opened: no access, no space.</exception>
    /// <exception cref="IOException">The folder cannot be made.</exception>
    public static HistoryDatabase Open(string directory, DateTimeOffset now, out string? putAside)
    {
        _ = Directory.CreateDirectory(directory);
        var file = Path.Combine(directory, FileName);
        putAside = null;
        for (; ; )
        {
            var database = new HistoryDatabase(file);
            var isKept = false;
            string? fault;
            try
            {
                database._writer.Open();
                fault = database.SetUp();
                isKept = fault is null;
                if (isKept)
                {
                    return database;
                }
            }
            catch (SqliteException exception) when (putAside is null && IsDamage(exception))
            {
                fault = exception.Message;
            }
            finally
            {
                if (!isKept)
                {
                    database.Dispose();
                }
            }

            putAside = $"{fault} It is kept as {PutAside(directory, now)}.";
        }
    }

    /// <summary>Whether the file itself is at fault.</summary>
    public static bool IsDamage(SqliteException exception) => exception.SqliteErrorCode is SQLitePCL.raw.SQLITE_CORRUPT or SQLitePCL.raw.SQLITE_NOTADB;

    /// <summary>Gives the file another name, and its log with it.</summary>
    public static string PutAside(string directory, DateTimeOffset now)
    {
        var name = FileName + now.UtcDateTime.ToString("'.damaged-'yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        foreach (var suffix in (string[])["", "-wal", "-shm"])
        {
            var file = Path.Combine(directory, FileName + suffix);
            if (File.Exists(file))
            {
                File.Move(file, Path.Combine(directory, name + suffix), overwrite: true);
            }
        }

        return name;
    }

    /// <summary>Finishes the block that an earlier process left in pieces.</summary>
    public void SealLeftPieces()
    {
        var blocks = new SortedDictionary<long, (long Last, MemoryStream Bytes)>();
        using (var command = Command(_writer, "SELECT block, last, body FROM pieces ORDER BY at"))
        using (var reader = command.ExecuteReader())
        {
            while (reader.Read())
            {
                var block = reader.GetInt64(0);
                var bytes = blocks.TryGetValue(block, out var known) ? known.Bytes : new MemoryStream();
                bytes.Write((byte[])reader[2]);
                blocks[block] = (reader.GetInt64(1), bytes);
            }
        }

        if (blocks.Count > 0)
        {
            Write(new HistoryCommit([.. blocks.Select(static block => new PictureBlock(block.Key, block.Value.Last, block.Value.Bytes.ToArray()))], null, 0, [], []));
        }
    }

    /// <summary>Writes a commit: all of it or nothing.</summary>
    public void Write(HistoryCommit commit)
    {
        Run("BEGIN IMMEDIATE");
        try
        {
            foreach (var block in commit.Sealed)
            {
                using var insert = Command(
                    _writer, "INSERT OR REPLACE INTO blocks (first, last, body) VALUES ($0, $1, $2)", block.First, block.Last, Compress(block.Bytes.Span));
                _ = insert.ExecuteNonQuery();
                using var delete = Command(_writer, "DELETE FROM pieces WHERE block = $0", block.First);
                _ = delete.ExecuteNonQuery();
            }

            if (commit.Piece is { } piece)
            {
                using var insert = Command(
                    _writer, "INSERT INTO pieces (at, block, last, body) VALUES ($0, $1, $2, $3)", piece.First, commit.PieceBlock, piece.Last, piece.Bytes.ToArray());
                _ = insert.ExecuteNonQuery();
            }

            foreach (var gap in commit.Gaps)
            {
                using var insert = Command(
                    _writer, "INSERT OR REPLACE INTO gaps (first, last, reason) VALUES ($0, $1, $2)",
                    gap.From.ToUnixTimeMilliseconds(), gap.To.ToUnixTimeMilliseconds(), gap.Reason);
                _ = insert.ExecuteNonQuery();
            }

            foreach (var notable in commit.Events)
            {
                using var insert = Command(
                    _writer, "INSERT INTO events (at, kind, detail) VALUES ($0, $1, $2)", notable.At.ToUnixTimeMilliseconds(), notable.Kind, notable.Detail);
                _ = insert.ExecuteNonQuery();
            }

            Run("COMMIT");
        }
        catch
        {
            RollBack();
            throw;
        }
    }

    /// <summary>Deletes what is too old or too much, the oldest first; never the newest hour.</summary>
    public void Retain(long oldest, long bytesMax)
    {
        using (var delete = Command(_writer, "DELETE FROM blocks WHERE last < $0", oldest))
        {
            _ = delete.ExecuteNonQuery();
        }

        while (ReadSize() > bytesMax && Number("SELECT count(*) FROM (SELECT first FROM blocks LIMIT 13)") > BlocksPerDeletion)
        {
            using var delete = Command(
                _writer, $"DELETE FROM blocks WHERE first IN (SELECT first FROM blocks ORDER BY first LIMIT {BlocksPerDeletion})");
            _ = delete.ExecuteNonQuery();
        }

        if (ReadFirst() is { } first)
        {
            using var gaps = Command(_writer, "DELETE FROM gaps WHERE last <= $0", first);
            _ = gaps.ExecuteNonQuery();
            using var events = Command(_writer, "DELETE FROM events WHERE at < $0", first);
            _ = events.ExecuteNonQuery();
        }

        Run("PRAGMA incremental_vacuum");
    }

    /// <summary>Bytes in use.</summary>
    public long ReadSize() => (Number("PRAGMA page_count") - Number("PRAGMA freelist_count")) * Number("PRAGMA page_size");

    /// <summary>The first picture there is; <see langword="null"/> while there is none.</summary>
    public long? ReadFirst() => Smallest("SELECT min(first) FROM (SELECT min(first) AS first FROM blocks UNION ALL SELECT min(block) FROM pieces)");

    /// <summary>The last picture there is.</summary>
    public long? ReadLast() => Smallest("SELECT max(last) FROM (SELECT * FROM (SELECT last FROM blocks ORDER BY first DESC LIMIT 1) UNION ALL SELECT max(last) FROM pieces)");

    public IReadOnlyList<HistoryGap> ReadGaps()
    {
        var gaps = new List<HistoryGap>();
        using var command = Command(_writer, "SELECT first, last, reason FROM gaps ORDER BY first");
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            gaps.Add(new HistoryGap(
                DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(0)), DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(1)), reader.GetString(2)));
        }

        return gaps;
    }

    /// <summary>The finished block in which a moment lies, or the last one before it. Any thread.</summary>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public PictureBlock? ReadBlock(long at)
    {
        using var connection = OpenReader();
        using var command = Command(connection, "SELECT first, last, body FROM blocks WHERE first <= $0 ORDER BY first DESC LIMIT 1", at);
        using var reader = command.ExecuteReader();
        return reader.Read() ? new PictureBlock(reader.GetInt64(0), reader.GetInt64(1), Decompress((byte[])reader[2])) : null;
    }

    /// <summary>Events in <c>[from, to]</c>, the first of them. Any thread.</summary>
    public IReadOnlyList<NotableEvent> ReadEvents(long from, long to, int countMax)
    {
        var events = new List<NotableEvent>();
        using var connection = OpenReader();
        using var command = Command(connection, "SELECT at, kind, detail FROM events WHERE at >= $0 AND at <= $1 ORDER BY at, id LIMIT $2", from, to, countMax);
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            events.Add(new NotableEvent(DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(0)), reader.GetString(1), reader.GetString(2)));
        }

        return events;
    }

    public void Dispose()
    {
        _writer.Dispose();
        using var reader = new SqliteConnection(_readOnly);
        SqliteConnection.ClearPool(reader);
    }

    private SqliteConnection OpenReader()
    {
        var connection = new SqliteConnection(_readOnly);
        connection.Open();
        return connection;
    }

    private static byte[] Compress(ReadOnlySpan<byte> bytes)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal))
        {
            zlib.Write(bytes);
        }

        return packed.ToArray();
    }

    private static byte[] Decompress(byte[] packed)
    {
        using var zlib = new ZLibStream(new MemoryStream(packed), CompressionMode.Decompress);
        using var bytes = new MemoryStream(packed.Length * 4);
        zlib.CopyTo(bytes);
        return bytes.ToArray();
    }

    private string? SetUp()
    {
        if (Number("SELECT count(*) FROM sqlite_schema") == 0)
        {
            Run("PRAGMA auto_vacuum = INCREMENTAL"); // Counts only before the first table.
            Run("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA temp_store = MEMORY");
            Run($"""
                BEGIN IMMEDIATE;
                CREATE TABLE blocks (first INTEGER PRIMARY KEY, last INTEGER NOT NULL, body BLOB NOT NULL);
                CREATE TABLE pieces (at INTEGER PRIMARY KEY, block INTEGER NOT NULL, last INTEGER NOT NULL, body BLOB NOT NULL);
                CREATE TABLE gaps (first INTEGER PRIMARY KEY, last INTEGER NOT NULL, reason TEXT NOT NULL);
                CREATE TABLE events (id INTEGER PRIMARY KEY, at INTEGER NOT NULL, kind TEXT NOT NULL, detail TEXT NOT NULL);
                CREATE INDEX events_at ON events (at);
                PRAGMA application_id = {ApplicationId};
                PRAGMA user_version = {FormatVersion};
                COMMIT
                """);
            return null;
        }

        if (Number("PRAGMA application_id") != ApplicationId || Number("PRAGMA user_version") != FormatVersion)
        {
            return "It is of another format.";
        }

        Run("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA temp_store = MEMORY");
        return null;
    }

    private static SqliteCommand Command(SqliteConnection connection, string sql, params ReadOnlySpan<object> values)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        for (var i = 0; i < values.Length; i++)
        {
            _ = command.Parameters.AddWithValue($"${i.ToString(CultureInfo.InvariantCulture)}", values[i]);
        }

        return command;
    }

    private void Run(string sql)
    {
        using var command = Command(_writer, sql);
        _ = command.ExecuteNonQuery();
    }

    private void RollBack()
    {
        // SQLite has ended some failed transactions itself.
        if (SQLitePCL.raw.sqlite3_get_autocommit(_writer.Handle) == 0)
        {
            Run("ROLLBACK");
        }
    }

    private long Number(string sql)
    {
        using var command = Command(_writer, sql);
        return command.ExecuteScalar() is long value ? value : 0;
    }

    private long? Smallest(string sql)
    {
        using var command = Command(_writer, sql);
        return command.ExecuteScalar() is long value ? value : null;
    }
}
