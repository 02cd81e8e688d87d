using System.Globalization;
using CommandCenter.Web.Accounts;
using CommandCenter.Web.Hosting;
using Microsoft.Data.Sqlite;

namespace CommandCenter.Web.Cameras;

/// <summary>The registered cameras on disk, beside the accounts. A change is flushed when it is answered. One thread at a time.</summary>
internal sealed class CameraDatabase : IDisposable
{
    /// <summary>Beside the accounts.</summary>
    public const string FileName = "cameras.db";

    private const int ApplicationId = 0x43434343; // "CCCC": tells our file from any other SQLite database.
    private const int FormatVersion = 2;
    private const int WithoutDatum = 1;

    private readonly SqliteConnection _connection;

    private CameraDatabase(SqliteConnection connection) => _connection = connection;

    /// <summary>Opens the file, or makes it.</summary>
    /// <exception cref="ConfigurationException">It is of another version, damaged, or cannot be opened.</exception>
    public static CameraDatabase Open(string dataDirectory)
    {
        var folder = Path.Combine(dataDirectory, AccountHouse.FolderName);
        _ = Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Path.Combine(folder, FileName), Pooling = false }.ToString());
        var database = new CameraDatabase(connection);
        try
        {
            connection.Open();
            database.SetUp();
            return database;
        }
        catch (SqliteException exception)
        {
            database.Dispose();
            throw new ConfigurationException($"{AccountHouse.FolderName}/{FileName}: {exception.Message}", exception);
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    /// <summary>All cameras with their sealed secrets, by id.</summary>
    public IReadOnlyList<(CameraDevice Device, byte[]? Secret)> Read()
    {
        var devices = new List<(CameraDevice, byte[]?)>();
        using var command = Command("SELECT id, court, officer, name, kind, main, sub, user, secret, enabled, revision, datum FROM cameras ORDER BY id");
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            var secret = reader.IsDBNull(8) ? null : (byte[])reader[8];
            var kind = CameraDrafts.KindOf(reader.GetString(4)) ?? throw new ConfigurationException($"{FileName}: the kind {reader.GetString(4)} is not known.", null);
            devices.Add((
                new CameraDevice(
                    reader.GetString(0), reader.GetString(1), reader.GetString(2), reader.GetString(3), kind, reader.GetString(5),
                    Text(reader, 6), Text(reader, 7), secret is not null, reader.GetBoolean(9), reader.GetInt64(10))
                {
                    Datum = CameraDrafts.DatumOf(reader.GetString(11)) ?? throw new ConfigurationException($"{FileName}: the frame {reader.GetString(11)} is not known.", null),
                },
                secret));
        }

        return devices;
    }

    /// <summary>Writes a camera, new or changed.</summary>
    /// <param name="device">As it is from now on.</param>
    /// <param name="secret">Its sealed secret.</param>
    /// <param name="before">The revision that it had; 0 for a new one.</param>
    /// <returns>Whether it had that revision.</returns>
    public bool Write(CameraDevice device, byte[]? secret, long before)
    {
        using var command = Command(
            before == 0
                ? "INSERT INTO cameras (id, court, officer, name, kind, main, sub, user, secret, enabled, revision, datum) VALUES ($0, $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $12) ON CONFLICT DO NOTHING"
                : "UPDATE cameras SET court = $1, officer = $2, name = $3, kind = $4, main = $5, sub = $6, user = $7, secret = $8, enabled = $9, revision = $10, datum = $12 WHERE id = $0 AND revision = $11",
            device.Id, device.CourtMark, device.OfficerId, device.Name, CameraDrafts.NameOf(device.Kind), device.MainAddress, device.SubAddress, device.User, secret,
            device.IsEnabled, device.Revision, before, CameraDrafts.NameOf(device.Datum));
        return command.ExecuteNonQuery() == 1;
    }

    /// <summary>Removes a camera.</summary>
    /// <returns>Whether it had that revision.</returns>
    public bool Remove(string id, long revision)
    {
        using var command = Command("DELETE FROM cameras WHERE id = $0 AND revision = $1", id, revision);
        return command.ExecuteNonQuery() == 1;
    }

    public void Dispose() => _connection.Dispose();

    private void SetUp()
    {
        Run("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON"); // A secret that was removed is overwritten.
        if (Number("SELECT count(*) FROM sqlite_schema") == 0)
        {
            Run($"""
                BEGIN IMMEDIATE;
                CREATE TABLE cameras (
                  id TEXT PRIMARY KEY, court TEXT NOT NULL, officer TEXT NOT NULL, name TEXT NOT NULL, kind TEXT NOT NULL, main TEXT NOT NULL, sub TEXT, user TEXT,
                  secret BLOB, enabled INTEGER NOT NULL, revision INTEGER NOT NULL, datum TEXT NOT NULL) WITHOUT ROWID;
                PRAGMA application_id = {ApplicationId};
                PRAGMA user_version = {FormatVersion};
                COMMIT
                """);
        }
        else if (Number("PRAGMA application_id") == ApplicationId && Number("PRAGMA user_version") == WithoutDatum)
        {
            Run($"BEGIN IMMEDIATE; ALTER TABLE cameras ADD COLUMN datum TEXT NOT NULL DEFAULT 'WGS84'; PRAGMA user_version = {FormatVersion}; COMMIT");
        }
        else if (Number("PRAGMA application_id") != ApplicationId || Number("PRAGMA user_version") != FormatVersion)
        {
            throw new ConfigurationException($"{AccountHouse.FolderName}/{FileName} is of another format; this program reads version {FormatVersion}.", null);
        }
    }

    private SqliteCommand Command(string sql, params ReadOnlySpan<object?> values)
    {
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        for (var i = 0; i < values.Length; i++)
        {
            _ = command.Parameters.AddWithValue($"${i.ToString(CultureInfo.InvariantCulture)}", values[i] ?? DBNull.Value);
        }

        return command;
    }

    private void Run(string sql)
    {
        using var command = Command(sql);
        _ = command.ExecuteNonQuery();
    }

    private long Number(string sql)
    {
        using var command = Command(sql);
        return command.ExecuteScalar() is long value ? value : 0;
    }

    private static string? Text(SqliteDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
}
