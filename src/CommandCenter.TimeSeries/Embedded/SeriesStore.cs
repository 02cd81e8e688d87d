using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Data.Sqlite;

namespace CommandCenter.TimeSeries.Embedded;

/// <summary>What a store holds.</summary>
/// <param name="Points">Five-minute points.</param>
/// <param name="Scopes">Series.</param>
/// <param name="SizeBytes">On disk, the write-ahead log included.</param>
/// <param name="LastWriteAt">When something was last written, by this process.</param>
public sealed record SeriesStatistics(long Points, int Scopes, long SizeBytes, DateTimeOffset? LastWriteAt);

/// <summary>
/// Years of five-minute points in one file, without a server. Points are rows while their day is hot and one compressed blob a scope and day
/// afterwards; hours and days are counted in the transaction that writes their points. A late correction rewrites its point wherever that
/// lies, its hour and its day.
/// </summary>
/// <remarks>
/// Any thread may call. Writers wait for one another; readers wait for nobody and see whole transactions. The store is a copy of what the
/// caller can count again: a damaged file is thrown away and <see cref="Discarded"/> says why.
/// </remarks>
public sealed partial class SeriesStore : ISeriesReader, IDisposable
{
    /// <summary>Calendar days that can be stored, from 1970-01-01 on.</summary>
    public const int DayCount = (int)SeriesDatabase.DaysPerSeries;

    private readonly SeriesStoreOptions _options;
    private readonly TimeProvider _time;
    private readonly SeriesDatabase _database;
    private readonly DayTables _days;
    private readonly StepTable _hours;
    private readonly StepTable _dailies;
    private readonly ConcurrentDictionary<string, int> _scopes = new(StringComparer.Ordinal);
    private readonly Lock _writing = new();
    private long _sequence;
    private long _points;
    private int _hotFrom;
    private int _droppedOn = int.MinValue;
    private DateTimeOffset? _lastWriteAt;

    private SeriesStore(SeriesStoreOptions options, TimeProvider time)
    {
        _options = options;
        _time = time;
        _database = SeriesDatabase.Open(options.Directory, options.Schema, out var discarded);
        Discarded = discarded;
        _days = new DayTables(_database.Writer, options.Schema);
        _hours = new StepTable(_database.Writer, SeriesStep.Hour.Measurement(), options.Schema);
        _dailies = new StepTable(_database.Writer, SeriesStep.Day.Measurement(), options.Schema);
        _sequence = _database.ReadNumber("sequence");
        _hotFrom = (int)_database.ReadNumber("hot-from");
        _points = ReadOne("SELECT coalesce(sum(points), 0) FROM kpi_1h");
        ReadScopes();
        ReadDelivery();
        if (_hotFrom == 0)
        {
            // Kept at once: a day that lies in rows must never be taken for a sealed one by a later start.
            _hotFrom = Today - options.HotDays + 1;
            _database.WriteNumber("hot-from", _hotFrom);
        }
    }

    /// <summary>Why the file that was there before could not be used and was thrown away; <see langword="null"/> when it was not.</summary>
    public string? Discarded { get; }

    /// <summary>The fields of every point.</summary>
    public SeriesSchema Schema => _options.Schema;

    /// <summary>The first calendar day that is kept as rows; earlier ones are sealed.</summary>
    public int HotFrom => Volatile.Read(ref _hotFrom);

    private int Today => DayOf(_time.GetUtcNow().ToUnixTimeSeconds());

    private int OffsetSeconds => (int)_options.DayOffset.TotalSeconds;

    /// <summary>Opens the store of a folder, or makes one.</summary>
    /// <exception cref="ArgumentException">The options are wrong; the message names every fault.</exception>
    /// <exception cref="SqliteException">The file cannot be opened.</exception>
    public static SeriesStore Open(SeriesStoreOptions options, TimeProvider time)
    {
        if (options.Validate() is { Count: > 0 } faults)
        {
            throw new ArgumentException(string.Join(" ", faults), nameof(options));
        }

        return new SeriesStore(options, time);
    }

    /// <summary>What the store holds now.</summary>
    public SeriesStatistics ReadStatistics()
    {
        var size = 0L;
        foreach (var suffix in (string[])["", "-wal"])
        {
            var file = new FileInfo(Path.Combine(_options.Directory, SeriesDatabase.FileName + suffix));
            size += file.Exists ? file.Length : 0;
        }

        lock (_writing)
        {
            return new SeriesStatistics(_points, _scopes.Count, size, _lastWriteAt);
        }
    }

    /// <summary>All scopes that have a series.</summary>
    public IReadOnlyCollection<string> ReadScopeNames() => [.. _scopes.Keys.Order(StringComparer.Ordinal)];

    /// <inheritdoc/>
    public Task<IReadOnlyList<SeriesPoint>> ReadAsync(SeriesStep stepSize, string scope, long since, long until, CancellationToken cancellationToken) =>
        Task.FromResult(Read(stepSize, scope, since, until));

    /// <summary>See <see cref="ReadAsync"/>; the file is local, so nothing is waited for.</summary>
    /// <exception cref="InvalidDataException">A sealed day is damaged.</exception>
    public IReadOnlyList<SeriesPoint> Read(SeriesStep step, string scope, long from, long to)
    {
        // Beyond these no day has a key of its own.
        from = Math.Max(from, StartOf(0));
        to = Math.Min(to, StartOf(DayCount));
        if (!_scopes.TryGetValue(scope, out var series) || from >= to)
        {
            return [];
        }

        using var connection = _database.OpenReader();
        SeriesDatabase.Run(connection, "BEGIN"); // One state of the store, even while a day is being sealed.
        try
        {
            return step == SeriesStep.FiveMinutes ? ReadFiveMinutes(connection, series, from, to) : ReadRows(connection, step, series, from, to);
        }
        finally
        {
            SeriesDatabase.Run(connection, "COMMIT");
        }
    }

    /// <summary>A text that the caller keeps beside its points, in the same file.</summary>
    public string? ReadNote(string key)
    {
        lock (_writing)
        {
            return _database.ReadNote("caller:" + key);
        }
    }

    /// <summary>Keeps a text for the caller.</summary>
    public void WriteNote(string key, string value)
    {
        lock (_writing)
        {
            _database.WriteNote("caller:" + key, value);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_writing)
        {
            _days.Dispose();
            _hours.Dispose();
            _dailies.Dispose();
            _database.Dispose();
        }
    }

    private int DayOf(long t) => (int)((t + OffsetSeconds) / SeriesStep.Day.Seconds());

    private long StartOf(int day) => ((long)day * SeriesStep.Day.Seconds()) - OffsetSeconds;

    private List<SeriesPoint> ReadFiveMinutes(SqliteConnection connection, int series, long from, long to)
    {
        using var days = new DayTables(connection, Schema);
        var points = new List<SeriesPoint>();
        foreach (var (day, sealedDay) in days.ReadSealed(series, DayOf(from), DayOf(to - 1) + 1))
        {
            for (var slot = 0; slot < DayPoints.SlotCount; slot++)
            {
                var t = StartOf(day) + (slot * (long)DayPoints.SlotSeconds);
                if (t >= from && t < to && sealedDay[slot] is { } values)
                {
                    points.Add(new SeriesPoint(t, values));
                }
            }
        }

        // A day is sealed whole and oldest first, so all rows are behind all blobs.
        points.AddRange(days.ReadHot(series, from, to));
        return points;
    }

    private List<SeriesPoint> ReadRows(SqliteConnection connection, SeriesStep step, int series, long from, long to)
    {
        var points = new List<SeriesPoint>();
        using var statement = new Statement(
            connection, $"SELECT t{StepTable.FieldList(Schema)} FROM {step.Measurement()} WHERE series = $0 AND t >= $1 AND t < $2 ORDER BY t", 3);
        using var reader = statement.Set(0, series).Set(1, from).Set(2, to).Query();
        while (reader.Read())
        {
            points.Add(new SeriesPoint(reader.GetInt64(0), StepTable.ReadValues(reader, 1, Schema.Count)));
        }

        return points;
    }

    private void ReadScopes()
    {
        _scopes.Clear();
        using var statement = new Statement(_database.Writer, "SELECT scope, series FROM scopes", 0);
        using var reader = statement.Query();
        while (reader.Read())
        {
            _scopes[reader.GetString(0)] = reader.GetInt32(1);
        }
    }

    private long ReadOne(string sql)
    {
        using var statement = new Statement(_database.Writer, sql, 0);
        return Convert.ToInt64(statement.Scalar() ?? 0L, CultureInfo.InvariantCulture);
    }
}
