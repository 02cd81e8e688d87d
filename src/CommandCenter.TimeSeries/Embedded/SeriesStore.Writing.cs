namespace CommandCenter.TimeSeries.Embedded;

public sealed partial class SeriesStore
{
    /// <summary>
    /// Writes points of one calendar day in one transaction, with their hours and their day. A value that is <see langword="null"/> leaves what is
    /// stored; a point that says what is stored already changes nothing, so that writing twice is writing once.
    /// </summary>
    /// <param name="day">The number of the calendar day, counted from 1970-01-01.</param>
    /// <param name="content">
    /// Any of its points; of a day whose five-minute points are no longer kept, all of them, because its hours are counted from these alone.
    /// </param>
    /// <returns>How many five-minute points were new or changed.</returns>
    /// <exception cref="ArgumentException">The day is out of range, or a point does not begin a five-minute window of that day, or has too few or too many values.</exception>
    /// <exception cref="Microsoft.Data.Sqlite.SqliteException">Nothing was written.</exception>
    public int Write(int day, IReadOnlyList<SeriesRows> content)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(day);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(day, DayCount);
        foreach (var rows in content)
        {
            Check(day, rows);
        }

        lock (_writing)
        {
            var today = Today;
            return InTransaction(() => content.Sum(rows => rows.Points.Count == 0 ? 0 : WriteScope(day, today, rows)));
        }
    }

    /// <summary>Seals the days that are not hot any more and drops what is beyond its retention. Called now and then; each step is a transaction.</summary>
    public void Maintain()
    {
        lock (_writing)
        {
            var today = Today;
            Seal(today - _options.HotDays + 1);
            Drop(today);
        }
    }

    /// <summary>Throws all points away; the sequence goes on, so that whatever is written next is delivered again.</summary>
    public void Clear()
    {
        lock (_writing)
        {
            _ = InTransaction(() =>
            {
                _database.Run("DELETE FROM hot; DELETE FROM sealed; DELETE FROM kpi_1h; DELETE FROM kpi_1d; DELETE FROM dead_letters; DELETE FROM notes WHERE key LIKE 'caller:%'");
                _points = 0;
                _deadLetters = 0;
                return 0;
            });
        }
    }

    private void Check(int day, SeriesRows rows)
    {
        ArgumentException.ThrowIfNullOrEmpty(rows.Scope);
        foreach (var point in rows.Points)
        {
            var second = point.T - StartOf(day);
            if (second < 0 || second >= SeriesStep.Day.Seconds() || second % DayPoints.SlotSeconds != 0 || point.Values.Length != Schema.Count)
            {
                throw new ArgumentException($"The point {point.T} of {rows.Scope} with {point.Values.Length} values is no point of day {day}.", nameof(rows));
            }
        }
    }

    private int WriteScope(int day, int today, SeriesRows rows)
    {
        var series = SeriesOf(rows.Scope);
        var isKept = day > today - _options.FiveMinuteDays;
        var hours = new bool[DayPoints.SlotCount / DayPoints.SlotsPerHour];
        var points = Load(series, day, isKept, rows.Points);
        var before = points.Count;
        var changed = 0;
        foreach (var point in rows.Points)
        {
            var slot = SlotOf(day, point.T);
            if (points.Merge(slot, point.Values))
            {
                changed++;
                hours[slot / DayPoints.SlotsPerHour] = true;
                if (day >= _hotFrom)
                {
                    _days.WriteHot(series, point.T, points[slot]!);
                }
            }
        }

        if (changed == 0)
        {
            return 0;
        }

        if (isKept)
        {
            _points += points.Count - before;
            if (day < _hotFrom)
            {
                _days.WriteSealed(series, day, points);
            }
        }

        WriteLongerSteps(series, day, today, isKept, points, hours);
        return isKept ? changed : 0;
    }

    private DayPoints Load(int series, int day, bool isKept, IReadOnlyList<SeriesPoint> written)
    {
        var start = StartOf(day);
        if (day >= _hotFrom)
        {
            // Whole hours, because the hours are counted again.
            var from = written.Min(static point => point.T) - start;
            var to = written.Max(static point => point.T) - start;
            return _days.ReadHot(series, start, start + (from / 3_600 * 3_600), start + (((to / 3_600) + 1) * 3_600));
        }

        return (isKept ? _days.ReadSealed(series, day) : null) ?? new DayPoints();
    }

    private void WriteLongerSteps(int series, int day, int today, bool isKept, DayPoints points, bool[] hours)
    {
        var start = StartOf(day);
        long?[]? sum = null;
        if (day > today - _options.HourDays)
        {
            for (var hour = 0; hour < hours.Length; hour++)
            {
                var (from, to) = (hour * DayPoints.SlotsPerHour, (hour + 1) * DayPoints.SlotsPerHour);
                if (hours[hour] && points.Sum(from, to, Schema) is { } values)
                {
                    // The sequence of an hour stands for its five-minute points too, so it rises even if the sums stay.
                    Put(_hours, series, start + (hour * 3_600L), isKept ? points.CountIn(from, to) : 0, values, isForced: isKept);
                }
            }

            foreach (var row in _hours.Read(series, start, start + SeriesStep.Day.Seconds()))
            {
                DayPoints.Add(sum ??= new long?[Schema.Count], row.Values, Schema);
            }
        }
        else
        {
            sum = points.Sum(0, DayPoints.SlotCount, Schema);
        }

        if (sum is not null && day > today - _options.DayDays)
        {
            Put(_dailies, series, start, 0, sum, isForced: false);
        }
    }

    private void Put(StepTable table, int series, long t, int pointCount, long?[] values, bool isForced)
    {
        if (table.Read(series, t) is { } old)
        {
            // What only a sample knew stays when it is counted again without the sample.
            for (var field = 0; field < values.Length; field++)
            {
                values[field] ??= old.Values[field];
            }

            if (!isForced && old.Points == pointCount && old.Values.AsSpan().SequenceEqual(values))
            {
                return;
            }
        }

        table.Write(series, t, new StepRow(pointCount, values), ++_sequence);
    }

    private void Seal(int hotFrom)
    {
        if (hotFrom <= _hotFrom)
        {
            return; // The clock may have been set back; what is sealed stays sealed.
        }

        var first = _scopes.Values.Min(series => _days.FirstHot(series));
        for (var day = first is { } t ? DayOf(t) : hotFrom; day < hotFrom; day++)
        {
            _ = InTransaction(() =>
            {
                var (start, end) = (StartOf(day), StartOf(day + 1));
                foreach (var series in _scopes.Values)
                {
                    var points = _days.ReadHot(series, start, start, end);
                    if (points.Count > 0)
                    {
                        _days.WriteSealed(series, day, points);
                        _days.DeleteHot(series, start, end);
                    }
                }

                _database.WriteNumber("hot-from", day + 1);
                return 0;
            });
            Volatile.Write(ref _hotFrom, day + 1);
        }

        _database.WriteNumber("hot-from", hotFrom);
        Volatile.Write(ref _hotFrom, hotFrom);
    }

    private void Drop(int today)
    {
        if (_droppedOn == today)
        {
            return;
        }

        _ = InTransaction(() =>
        {
            using var days = new Statement(_database.Writer, "DELETE FROM sealed WHERE day >= $0 AND day < $1", 2);
            using var counts = new Statement(_database.Writer, "UPDATE kpi_1h SET points = 0 WHERE series = $0 AND t < $1 AND points > 0", 2);
            using var hours = new Statement(_database.Writer, "DELETE FROM kpi_1h WHERE series = $0 AND t < $1", 2);
            using var dailies = new Statement(_database.Writer, "DELETE FROM kpi_1d WHERE series = $0 AND t < $1", 2);
            foreach (var series in _scopes.Values)
            {
                var kept = Math.Max(0, today - _options.FiveMinuteDays + 1);
                if (days.Set(0, DayTables.KeyOf(series, 0)).Set(1, DayTables.KeyOf(series, kept)).Run() > 0)
                {
                    _ = counts.Set(0, series).Set(1, StartOf(kept)).Run();
                }

                _ = hours.Set(0, series).Set(1, StartOf(today - _options.HourDays + 1)).Run();
                _ = dailies.Set(0, series).Set(1, StartOf(today - _options.DayDays + 1)).Run();
            }

            _points = ReadOne("SELECT coalesce(sum(points), 0) FROM kpi_1h");
            return 0;
        });
        _droppedOn = today;
    }

    private int SlotOf(int day, long t) => (int)((t - StartOf(day)) / DayPoints.SlotSeconds);

    private int SeriesOf(string scope)
    {
        if (!_scopes.TryGetValue(scope, out var series))
        {
            using var statement = new Statement(_database.Writer, "INSERT INTO scopes (scope) VALUES ($0) RETURNING series", 1);
            series = (int)(long)statement.Set(0, scope).Scalar()!;
            _scopes[scope] = series;
        }

        return series;
    }

    // All or nothing, in the file and in what this object remembers of it.
    private int InTransaction(Func<int> write)
    {
        var (sequence, points, deadLetters) = (_sequence, _points, _deadLetters);
        _database.Run("BEGIN IMMEDIATE");
        try
        {
            var result = write();
            if (_sequence != sequence)
            {
                _database.WriteNumber("sequence", _sequence);
            }

            _database.Run("COMMIT");
            if (_sequence != sequence)
            {
                _lastWriteAt = _time.GetUtcNow();
            }

            return result;
        }
        catch
        {
            (_sequence, _points, _deadLetters) = (sequence, points, deadLetters);
            _database.RollBack();
            ReadScopes();
            throw;
        }
    }
}
