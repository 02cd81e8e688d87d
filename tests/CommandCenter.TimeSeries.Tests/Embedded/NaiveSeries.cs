using CommandCenter.TimeSeries.Embedded;

namespace CommandCenter.TimeSeries.Tests.Embedded;

/// <summary>What a store must answer, kept in a dictionary and counted afresh for every question.</summary>
internal sealed class NaiveSeries
{
    public const int OffsetSeconds = 8 * 3600;

    public static readonly SeriesSchema Schema = new(
        [new("received", FieldKind.Flow), new("funds_in_fen", FieldKind.Flow), new("pending", FieldKind.Level), new("overdue", FieldKind.Level)]);

    private readonly SortedDictionary<(string Scope, long T), long?[]> _points = [];

    public IEnumerable<string> Scopes => _points.Keys.Select(static key => key.Scope).Distinct();

    public int Count => _points.Count;

    public long First => _points.Keys.Min(static key => key.T);

    public long Last => _points.Keys.Max(static key => key.T);

    public static SeriesStoreOptions OptionsIn(string directory) =>
        new() { Directory = directory, Schema = Schema, DayOffset = TimeSpan.FromSeconds(OffsetSeconds) };

    public static int DayOf(long t) => (int)((t + OffsetSeconds) / 86_400);

    public static long StartOf(int day) => (day * 86_400L) - OffsetSeconds;

    /// <summary>Writes to both, all rows of one day at once.</summary>
    public void Write(SeriesStore store, int day, params SeriesRows[] content)
    {
        _ = store.Write(day, content);
        Write(content);
    }

    public void Write(params SeriesRows[] content)
    {
        foreach (var rows in content)
        {
            foreach (var point in rows.Points)
            {
                var merged = _points.TryGetValue((rows.Scope, point.T), out var old) ? old : new long?[Schema.Count];
                for (var i = 0; i < merged.Length; i++)
                {
                    merged[i] = point.Values[i] ?? merged[i];
                }

                _points[(rows.Scope, point.T)] = merged;
            }
        }
    }

    public List<SeriesPoint> Read(SeriesStep step, string scope, long from, long to)
    {
        var length = step.Seconds();
        return [.. _points.Where(point => point.Key.Scope == scope)
            .GroupBy(point => point.Key.T - ((point.Key.T + OffsetSeconds) % length))
            .Where(window => window.Key >= from && window.Key < to)
            .Select(window => new SeriesPoint(window.Key, [.. Enumerable.Range(0, Schema.Count).Select(field => Fold(field, window.Select(point => point.Value[field])))]))];
    }

    /// <summary>Every point of every step, as text, for a comparison that says what differs.</summary>
    public SortedSet<string> Describe() => Describe(Scopes, Read);

    public static SortedSet<string> Describe(SeriesStore store) => Describe(store.ReadScopeNames(), (step, scope, from, to) => store.Read(step, scope, from, to));

    public static SortedSet<string> Describe(IEnumerable<string> scopes, Func<SeriesStep, string, long, long, IReadOnlyList<SeriesPoint>> read) => new(
        from step in SeriesSteps.All
        from scope in scopes
        from point in read(step, scope, -10_000_000_000, 10_000_000_000)
        select Describe(step, scope, point), StringComparer.Ordinal);

    public static string Describe(SeriesStep step, string scope, SeriesPoint point) =>
        $"{step.Measurement()} {scope} {point.T}: {string.Join(' ', point.Values.Select(static value => value?.ToString() ?? "-"))}";

    private static long? Fold(int field, IEnumerable<long?> values)
    {
        var known = values.OfType<long>().ToArray();
        return known.Length == 0 ? null : Schema.Fields[field].Kind == FieldKind.Flow ? known.Sum() : known[^1];
    }
}
