using System.Globalization;
using Microsoft.Data.Sqlite;

namespace CommandCenter.TimeSeries.Embedded;

/// <summary>A prepared statement with the parameters <c>$0</c>, <c>$1</c>, …; used by one thread at a time.</summary>
internal sealed class Statement : IDisposable
{
    private readonly SqliteCommand _command;

    public Statement(SqliteConnection connection, string sql, int parameterCount)
    {
        _command = connection.CreateCommand();
        _command.CommandText = sql;
        for (var i = 0; i < parameterCount; i++)
        {
            _ = _command.Parameters.Add(new SqliteParameter($"${i.ToString(CultureInfo.InvariantCulture)}", null));
        }
    }

    public Statement Set(int index, object? value)
    {
        _command.Parameters[index].Value = value ?? DBNull.Value;
        return this;
    }

    public int Run() => _command.ExecuteNonQuery();

    public object? Scalar() => _command.ExecuteScalar() is { } value and not DBNull ? value : null;

    public SqliteDataReader Query() => _command.ExecuteReader();

    public void Dispose() => _command.Dispose();
}
