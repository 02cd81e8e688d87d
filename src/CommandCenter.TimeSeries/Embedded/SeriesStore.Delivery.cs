using System.Globalization;
using Microsoft.Data.Sqlite;

namespace CommandCenter.TimeSeries.Embedded;

/// <summary>A point as it is now, to be delivered to another store.</summary>
/// <param name="Step">Which series.</param>
/// <param name="Scope">The tag value.</param>
/// <param name="Point">Time and values.</param>
public sealed record ChangedPoint(SeriesStep Step, string Scope, SeriesPoint Point);

/// <summary>Some changes in the order in which they were written.</summary>
/// <param name="Points">All points of the rows that changed.</param>
/// <param name="Through">The sequence of the last of them: the cursor when all are delivered.</param>
public sealed record ChangePage(IReadOnlyList<ChangedPoint> Points, long Through);

/// <summary>A point that the other store refused for good.</summary>
/// <param name="Point">The point.</param>
/// <param name="Status">HTTP status.</param>
/// <param name="Reason">What the other store said.</param>
public sealed record Refusal(ChangedPoint Point, int Status, string Reason);

/// <summary>A refused point, kept until it is replayed.</summary>
/// <param name="Step">Which series.</param>
/// <param name="Scope">The tag value.</param>
/// <param name="T">Unix time.</param>
/// <param name="At">When it was refused.</param>
/// <param name="Status">HTTP status.</param>
/// <param name="Reason">What the other store said.</param>
public sealed record DeadLetter(SeriesStep Step, string Scope, long T, DateTimeOffset At, int Status, string Reason);

/// <summary>How far another store is behind.</summary>
/// <param name="Points">Points of all steps that changed and are not delivered.</param>
/// <param name="Since">Since when, as far as is known; <see langword="null"/> when nothing is behind.</param>
public sealed record DeliveryLag(long Points, DateTimeOffset? Since);

/// <remarks>
/// The log of changes lies in the rows themselves: every write gives an hour or a day the next sequence, and an hour stands for its five-minute
/// points. So the log never grows beyond the points, a point that changed twice is delivered once, as it is now, and an outage of any length
/// needs nothing but the cursor.
/// </remarks>
public sealed partial class SeriesStore
{
    private const int ReasonLengthMax = 500;

    private long _cursor;
    private long _deadLetters;
    private DateTimeOffset? _caughtUpAt;

    /// <summary>The sequence up to which everything is delivered or a dead letter.</summary>
    public long Cursor
    {
        get
        {
            lock (_writing)
            {
                return _cursor;
            }
        }
    }

    /// <summary>How many points were refused and wait for a replay.</summary>
    public long DeadLetterCount
    {
        get
        {
            lock (_writing)
            {
                return _deadLetters;
            }
        }
    }

    /// <summary>Says where changes are delivered. Another target than last time begins with the first change and without dead letters.</summary>
    public void DeliverTo(string target)
    {
        lock (_writing)
        {
            if (_database.ReadNote("target") == target)
            {
                return;
            }

            _ = InTransaction(() =>
            {
                _database.WriteNote("target", target);
                _database.WriteNumber("cursor", 0);
                _database.Run("DELETE FROM dead_letters; DELETE FROM notes WHERE key = 'caught-up-at'");
                _deadLetters = 0;
                return 0;
            });
            _cursor = 0;
            _caughtUpAt = null;
        }
    }

    /// <summary>The next changes after the cursor.</summary>
    /// <param name="rowCountMax">Hours and days at most; an hour brings up to twelve five-minute points.</param>
    /// <returns><see langword="null"/> when everything is delivered.</returns>
    public ChangePage? ReadChanges(int rowCountMax)
    {
        var after = Cursor;
        using var connection = _database.OpenReader();
        SeriesDatabase.Run(connection, "BEGIN");
        try
        {
            var rows = ReadChangedRows(connection, after, rowCountMax);
            return rows.Count == 0 ? null : new ChangePage(ReadPoints(connection, rows), rows[^1].Sequence);
        }
        finally
        {
            SeriesDatabase.Run(connection, "COMMIT");
        }
    }

    /// <summary>Moves the cursor behind a page that is delivered, and keeps what was refused as dead letters, in one transaction.</summary>
    public void Acknowledge(ChangePage page, IReadOnlyList<Refusal> refusals)
    {
        lock (_writing)
        {
            var now = _time.GetUtcNow();
            var isCaughtUp = page.Through >= _sequence;
            _ = InTransaction(() =>
            {
                if (_deadLetters > 0)
                {
                    using var delete = new Statement(_database.Writer, "DELETE FROM dead_letters WHERE step = $0 AND series = $1 AND t = $2", 3);
                    foreach (var point in page.Points)
                    {
                        _deadLetters -= delete.Set(0, (int)point.Step).Set(1, _scopes[point.Scope]).Set(2, point.Point.T).Run();
                    }
                }

                using var insert = new Statement(
                    _database.Writer, "INSERT INTO dead_letters (step, series, t, at, status, reason) VALUES ($0, $1, $2, $3, $4, $5)", 6);
                foreach (var refusal in refusals)
                {
                    var reason = refusal.Reason.Length > ReasonLengthMax ? refusal.Reason[..ReasonLengthMax] : refusal.Reason;
                    _deadLetters += insert.Set(0, (int)refusal.Point.Step).Set(1, _scopes[refusal.Point.Scope]).Set(2, refusal.Point.Point.T)
                        .Set(3, now.ToUnixTimeSeconds()).Set(4, refusal.Status).Set(5, reason).Run();
                }

                _database.WriteNumber("cursor", page.Through);
                if (isCaughtUp)
                {
                    _database.WriteNumber("caught-up-at", now.ToUnixTimeSeconds());
                }

                return 0;
            });
            _cursor = page.Through;
            _caughtUpAt = isCaughtUp ? now : _caughtUpAt;
        }
    }

    /// <summary>How much is not delivered yet.</summary>
    public DeliveryLag ReadLag()
    {
        lock (_writing)
        {
            if (_cursor >= _sequence)
            {
                return new DeliveryLag(0, null);
            }

            using var statement = new Statement(
                _database.Writer,
                "SELECT (SELECT coalesce(sum(points + 1), 0) FROM kpi_1h WHERE changed > $0) + (SELECT count(*) FROM kpi_1d WHERE changed > $0)", 1);
            return new DeliveryLag((long)statement.Set(0, _cursor).Scalar()!, _caughtUpAt);
        }
    }

    /// <summary>The latest dead letters.</summary>
    public IReadOnlyList<DeadLetter> ReadDeadLetters(int countMax)
    {
        using var connection = _database.OpenReader();
        using var statement = new Statement(
            connection, "SELECT step, scope, t, at, status, reason FROM dead_letters JOIN scopes USING (series) ORDER BY at DESC, series, step, t LIMIT $0", 1);
        using var reader = statement.Set(0, countMax).Query();
        var letters = new List<DeadLetter>();
        while (reader.Read())
        {
            letters.Add(new DeadLetter(
                (SeriesStep)reader.GetInt32(0), reader.GetString(1), reader.GetInt64(2), DateTimeOffset.FromUnixTimeSeconds(reader.GetInt64(3)),
                reader.GetInt32(4), reader.GetString(5)));
        }

        return letters;
    }

    /// <summary>Puts every dead letter back among the changes, as its point is now.</summary>
    /// <returns>How many there were.</returns>
    public long ReplayDeadLetters()
    {
        lock (_writing)
        {
            var count = _deadLetters;
            _ = InTransaction(() =>
            {
                Touch(SeriesStep.Hour);
                Touch(SeriesStep.Day);
                _database.Run("DELETE FROM dead_letters");
                _deadLetters = 0;
                return 0;
            });
            return count;
        }
    }

    private void Touch(SeriesStep step)
    {
        var rows = new List<(int Series, long T)>();
        var wanted = step == SeriesStep.Hour
            ? "SELECT DISTINCT series, t - ((t + $0) % 3600) FROM dead_letters WHERE step < 2"
            : "SELECT series, t + $0 * 0 FROM dead_letters WHERE step = 2";
        using (var select = new Statement(_database.Writer, wanted, 1))
        using (var reader = select.Set(0, OffsetSeconds).Query())
        {
            while (reader.Read())
            {
                rows.Add((reader.GetInt32(0), reader.GetInt64(1)));
            }
        }

        var table = step.Measurement();
        using var update = new Statement(_database.Writer, $"UPDATE {table} SET changed = $2 WHERE series = $0 AND t = $1", 3);
        foreach (var (series, t) in rows)
        {
            _ = update.Set(0, series).Set(1, t).Set(2, ++_sequence).Run();
        }
    }

    private void ReadDelivery()
    {
        _cursor = _database.ReadNumber("cursor");
        _deadLetters = ReadOne("SELECT count(*) FROM dead_letters");
        _caughtUpAt = _database.ReadNote("caught-up-at") is { } text
            ? DateTimeOffset.FromUnixTimeSeconds(long.Parse(text, CultureInfo.InvariantCulture))
            : null;
    }

    private static List<ChangedRow> ReadChangedRows(SqliteConnection connection, long after, int rowCountMax)
    {
        using var statement = new Statement(
            connection,
            "SELECT 1, series, t, points, changed FROM kpi_1h WHERE changed > $0 UNION ALL SELECT 2, series, t, 0, changed FROM kpi_1d WHERE changed > $0 ORDER BY 5 LIMIT $1",
            2);
        using var reader = statement.Set(0, after).Set(1, rowCountMax).Query();
        var rows = new List<ChangedRow>();
        while (reader.Read())
        {
            rows.Add(new ChangedRow((SeriesStep)reader.GetInt32(0), reader.GetInt32(1), reader.GetInt64(2), reader.GetInt64(3), reader.GetInt64(4)));
        }

        return rows;
    }

    private List<ChangedPoint> ReadPoints(SqliteConnection connection, List<ChangedRow> rows)
    {
        var names = _scopes.ToDictionary(static pair => pair.Value, static pair => pair.Key);
        var points = new List<ChangedPoint>();
        using var days = new DayTables(connection, Schema);
        using var hours = new StepTable(connection, SeriesStep.Hour.Measurement(), Schema);
        using var dailies = new StepTable(connection, SeriesStep.Day.Measurement(), Schema);
        (int Series, int Day, DayPoints? Points) open = default;
        foreach (var row in rows)
        {
            var scope = names[row.Series];
            var values = (row.Step == SeriesStep.Hour ? hours : dailies).Read(row.Series, row.T)!.Values;
            points.Add(new ChangedPoint(row.Step, scope, new SeriesPoint(row.T, values)));
            if (row.Points == 0)
            {
                continue;
            }

            var hot = days.ReadHot(row.Series, row.T, row.T + 3_600);
            points.AddRange(hot.Select(point => new ChangedPoint(SeriesStep.FiveMinutes, scope, point)));
            if (hot.Count == 0)
            {
                var day = DayOf(row.T);
                if (open.Series != row.Series || open.Day != day)
                {
                    open = (row.Series, day, days.ReadSealed(row.Series, day)); // A day's hours come one after the other.
                }

                AddHour(points, scope, row.T, SlotOf(day, row.T), open.Points);
            }
        }

        return points;
    }

    private static void AddHour(List<ChangedPoint> points, string scope, long t, int first, DayPoints? day)
    {
        for (var slot = 0; slot < DayPoints.SlotsPerHour; slot++)
        {
            if (day?[first + slot] is { } values)
            {
                points.Add(new ChangedPoint(SeriesStep.FiveMinutes, scope, new SeriesPoint(t + (slot * (long)DayPoints.SlotSeconds), values)));
            }
        }
    }

    private readonly record struct ChangedRow(SeriesStep Step, int Series, long T, long Points, long Sequence);
}
