using Microsoft.Data.Sqlite;

namespace CommandCenter.TimeSeries.Embedded;

/// <summary>The five-minute points on one connection: rows while the day is hot, one blob a day when it is sealed.</summary>
internal sealed class DayTables : IDisposable
{
    private readonly SeriesSchema _schema;
    private readonly Statement _selectHot;
    private readonly Statement _replaceHot;
    private readonly Statement _deleteHot;
    private readonly Statement _firstHot;
    private readonly Statement _selectSealed;
    private readonly Statement _replaceSealed;

    public DayTables(SqliteConnection connection, SeriesSchema schema)
    {
        _schema = schema;
        var fields = StepTable.FieldList(schema);
        var values = string.Concat(Enumerable.Range(2, schema.Count).Select(static i => $", ${i}"));
        _selectHot = new Statement(connection, $"SELECT t{fields} FROM hot WHERE series = $0 AND t >= $1 AND t < $2 ORDER BY t", 3);
        _replaceHot = new Statement(connection, $"INSERT OR REPLACE INTO hot (series, t{fields}) VALUES ($0, $1{values})", 2 + schema.Count);
        _deleteHot = new Statement(connection, "DELETE FROM hot WHERE series = $0 AND t >= $1 AND t < $2", 3);
        _firstHot = new Statement(connection, "SELECT min(t) FROM hot WHERE series = $0", 1);
        _selectSealed = new Statement(connection, "SELECT day, body FROM sealed WHERE day >= $0 AND day < $1 ORDER BY day", 2);
        _replaceSealed = new Statement(connection, "INSERT OR REPLACE INTO sealed (day, body) VALUES ($0, $1)", 2);
    }

    public static long KeyOf(int series, int day) => (series * SeriesDatabase.DaysPerSeries) + day;

    public long? FirstHot(int series) => (long?)_firstHot.Set(0, series).Scalar();

    /// <summary>The hot rows in <c>[from, to)</c> of a day that begins at <paramref name="start"/>.</summary>
    public DayPoints ReadHot(int series, long start, long from, long to)
    {
        var day = new DayPoints();
        foreach (var point in ReadHot(series, from, to))
        {
            day.Put((int)((point.T - start) / DayPoints.SlotSeconds), point.Values);
        }

        return day;
    }

    public List<SeriesPoint> ReadHot(int series, long from, long to)
    {
        var points = new List<SeriesPoint>();
        using var reader = _selectHot.Set(0, series).Set(1, from).Set(2, to).Query();
        while (reader.Read())
        {
            points.Add(new SeriesPoint(reader.GetInt64(0), StepTable.ReadValues(reader, 1, _schema.Count)));
        }

        return points;
    }

    public void WriteHot(int series, long t, long?[] values)
    {
        _ = _replaceHot.Set(0, series).Set(1, t);
        for (var i = 0; i < values.Length; i++)
        {
            _ = _replaceHot.Set(2 + i, values[i]);
        }

        _ = _replaceHot.Run();
    }

    public void DeleteHot(int series, long from, long to) => _ = _deleteHot.Set(0, series).Set(1, from).Set(2, to).Run();

    /// <exception cref="InvalidDataException">The day is damaged.</exception>
    public DayPoints? ReadSealed(int series, int day)
    {
        foreach (var (_, points) in ReadSealed(series, day, day + 1))
        {
            return points;
        }

        return null;
    }

    /// <summary>The sealed days in <c>[from, to)</c>, in order.</summary>
    /// <exception cref="InvalidDataException">A day is damaged.</exception>
    public IEnumerable<(int Day, DayPoints Points)> ReadSealed(int series, int from, int to)
    {
        using var reader = _selectSealed.Set(0, KeyOf(series, from)).Set(1, KeyOf(series, to)).Query();
        while (reader.Read())
        {
            var day = (int)(reader.GetInt64(0) - (series * SeriesDatabase.DaysPerSeries));
            yield return (day, DayBlob.Decode(reader.GetFieldValue<byte[]>(1), _schema.Count));
        }
    }

    public void WriteSealed(int series, int day, DayPoints points) =>
        _ = _replaceSealed.Set(0, KeyOf(series, day)).Set(1, DayBlob.Encode(points, _schema.Count)).Run();

    public void Dispose()
    {
        _selectHot.Dispose();
        _replaceHot.Dispose();
        _deleteHot.Dispose();
        _firstHot.Dispose();
        _selectSealed.Dispose();
        _replaceSealed.Dispose();
    }
}
