using Microsoft.Data.Sqlite;
using static SQLitePCL.raw;

namespace CommandCenter.TimeSeries.Embedded;

/// <summary>The hourly or daily rows: one row a point, with the sequence of its last change.</summary>
/// <param name="Points">Five-minute points that an hour holds; 0 in the daily rows.</param>
/// <param name="Values">The fields.</param>
internal sealed record StepRow(long Points, long?[] Values);

/// <summary>Writes and reads one of the tables of rows on the writer's connection.</summary>
internal sealed class StepTable : IDisposable
{
    private readonly int _fieldCount;
    private readonly Statement _select;
    private readonly Statement _selectRange;
    private readonly Statement _replace;

    public StepTable(SqliteConnection connection, string table, SeriesSchema schema)
    {
        _fieldCount = schema.Count;
        var fields = FieldList(schema);
        var values = string.Concat(Enumerable.Range(4, schema.Count).Select(static i => $", ${i}"));
        _select = new Statement(connection, $"SELECT points{fields} FROM {table} WHERE series = $0 AND t = $1", 2);
        _selectRange = new Statement(connection, $"SELECT points{fields} FROM {table} WHERE series = $0 AND t >= $1 AND t < $2 ORDER BY t", 3);
        _replace = new Statement(
            connection, $"INSERT OR REPLACE INTO {table} (series, t, points, changed{fields}) VALUES ($0, $1, $2, $3{values})", 4 + schema.Count);
    }

    public static string FieldList(SeriesSchema schema) => string.Concat(schema.Fields.Select(static field => ", " + field.Name));

    public static long?[] ReadValues(SqliteDataReader reader, int first, int count)
    {
        // Straight from SQLite: a year of all courts is a third of a million values, and the ADO.NET layer checks each one twice.
        var row = reader.Handle!;
        var values = new long?[count];
        for (var i = 0; i < count; i++)
        {
            values[i] = sqlite3_column_type(row, first + i) == SQLITE_NULL ? null : sqlite3_column_int64(row, first + i);
        }

        return values;
    }

    public StepRow? Read(int series, long t)
    {
        using var reader = _select.Set(0, series).Set(1, t).Query();
        return reader.Read() ? new StepRow(reader.GetInt64(0), ReadValues(reader, 1, _fieldCount)) : null;
    }

    public List<StepRow> Read(int series, long from, long to)
    {
        var rows = new List<StepRow>();
        using var reader = _selectRange.Set(0, series).Set(1, from).Set(2, to).Query();
        while (reader.Read())
        {
            rows.Add(new StepRow(reader.GetInt64(0), ReadValues(reader, 1, _fieldCount)));
        }

        return rows;
    }

    public void Write(int series, long t, StepRow row, long sequence)
    {
        _ = _replace.Set(0, series).Set(1, t).Set(2, row.Points).Set(3, sequence);
        for (var i = 0; i < _fieldCount; i++)
        {
            _ = _replace.Set(4 + i, row.Values[i]);
        }

        _ = _replace.Run();
    }

    public void Dispose()
    {
        _select.Dispose();
        _selectRange.Dispose();
        _replace.Dispose();
    }
}
