using System.Globalization;
using CommandCenter.Web.Tests.Grains;
using Microsoft.Data.Sqlite;

namespace CommandCenter.Web.Tests.Recount;

/// <summary>Does to a journal what only a person or a rotten disk does.</summary>
internal static class SkippedRecords
{
    private static readonly byte[] s_fiveHundred = [0xF4, 0x03]; // As the journal writes it: seven bits in each byte, the low ones first.

    /// <summary>Passes over a record, as an administrator may order.</summary>
    public static void Add(GrainLab lab, int partition, long position)
    {
        using var connection = Open(lab, partition);
        using var command = connection.CreateCommand();
        command.CommandText = "INSERT INTO skips (kind, key, reason, by, at) VALUES (2, $key, '损坏', 'admin', $at)";
        _ = command.Parameters.AddWithValue("$key", string.Create(CultureInfo.InvariantCulture, $"record:{position}"));
        _ = command.Parameters.AddWithValue("$at", lab.Time.GetUtcNow().ToString("O"));
        Assert.Equal(1, command.ExecuteNonQuery());
    }

    /// <summary>Makes 501 fen of the 500 in the last row, behind everybody's back.</summary>
    public static void AddAFen(GrainLab lab, int partition)
    {
        using var connection = Open(lab, partition);
        using var read = connection.CreateCommand();
        read.CommandText = "SELECT first, body FROM journal ORDER BY first DESC LIMIT 1";
        using var rows = read.ExecuteReader();
        Assert.True(rows.Read());
        var (first, body) = (rows.GetInt64(0), (byte[])rows.GetValue(1));
        rows.Close();
        body[body.AsSpan().LastIndexOf(s_fiveHundred)]++; // Both bytes: one of them alone is also found in times and marks.
        using var write = connection.CreateCommand();
        write.CommandText = "UPDATE journal SET body = $body WHERE first = $first";
        _ = write.Parameters.AddWithValue("$body", body);
        _ = write.Parameters.AddWithValue("$first", first);
        Assert.Equal(1, write.ExecuteNonQuery());
    }

    private static SqliteConnection Open(GrainLab lab, int partition)
    {
        var file = Path.Combine(lab.DataDirectory, $"partition-{partition:D2}", "journal.db");
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ConnectionString);
        connection.Open();
        return connection;
    }
}
