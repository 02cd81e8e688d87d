using CommandCenter.Runtime.Snapshots;
using Microsoft.Data.Sqlite;

namespace CommandCenter.Web.Backup;

/// <summary>Copies a database of SQLite that a server may be writing to: the copy is whole, as at one moment.</summary>
internal static class DatabaseCopy
{
    /// <summary>Copies a file, if it is there, into another folder.</summary>
    /// <param name="file">The database.</param>
    /// <param name="folder">Made when it is missing, with the mode of the folder that the file is in.</param>
    /// <exception cref="IOException">The file is damaged, or cannot be copied.</exception>
    public static void Copy(string file, string folder)
    {
        if (!File.Exists(file))
        {
            return;
        }

        _ = Directory.CreateDirectory(folder, File.GetUnixFileMode(Path.GetDirectoryName(file)!));
        var copy = Path.Combine(folder, Path.GetFileName(file));
        try
        {
            using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "VACUUM INTO $copy";
            _ = command.Parameters.AddWithValue("$copy", copy);
            _ = command.ExecuteNonQuery();
        }
        catch (SqliteException exception)
        {
            throw new IOException($"{file} cannot be copied: {exception.Message}", exception);
        }

        File.SetUnixFileMode(copy, File.GetUnixFileMode(file));
        using (var stream = new FileStream(copy, FileMode.Open, FileAccess.ReadWrite))
        {
            stream.Flush(flushToDisk: true);
        }

        DirectorySync.Flush(folder);
    }
}
