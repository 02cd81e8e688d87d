namespace CommandCenter.TimeSeries.Embedded;

/// <summary>The five-minute points of one scope and one calendar day, by slot; a slot without a point is <see langword="null"/>.</summary>
internal sealed class DayPoints
{
    public const int SlotCount = 288;
    public const int SlotsPerHour = 12;
    public const int SlotSeconds = 300;

    private readonly long?[]?[] _slots = new long?[SlotCount][];

    public int Count { get; private set; }

    public long?[]? this[int slot] => _slots[slot];

    public void Put(int slot, long?[] values)
    {
        Count += _slots[slot] is null ? 1 : 0;
        _slots[slot] = values;
    }

    /// <summary>Takes the known values over what is there. <see langword="false"/>: nothing changed.</summary>
    public bool Merge(int slot, long?[] values)
    {
        if (_slots[slot] is not { } old)
        {
            if (Array.TrueForAll(values, static value => value is null))
            {
                return false;
            }

            Put(slot, [.. values]);
            return true;
        }

        var isChanged = false;
        for (var field = 0; field < values.Length; field++)
        {
            if (values[field] is { } value && old[field] != value)
            {
                old[field] = value;
                isChanged = true;
            }
        }

        return isChanged;
    }

    /// <summary>One point of a longer step from the slots in <c>[from, to)</c>; <see langword="null"/> when there is none.</summary>
    public long?[]? Sum(int from, int to, SeriesSchema schema)
    {
        long?[]? sum = null;
        for (var slot = from; slot < to; slot++)
        {
            if (_slots[slot] is { } values)
            {
                Add(sum ??= new long?[schema.Count], values, schema);
            }
        }

        return sum;
    }

    public int CountIn(int from, int to)
    {
        var count = 0;
        for (var slot = from; slot < to; slot++)
        {
            count += _slots[slot] is null ? 0 : 1;
        }

        return count;
    }

    /// <summary>Adds a later point: flows add up, of a level the later one counts.</summary>
    public static void Add(long?[] sum, long?[] later, SeriesSchema schema)
    {
        for (var field = 0; field < later.Length; field++)
        {
            if (later[field] is { } value)
            {
                sum[field] = schema.Fields[field].Kind == FieldKind.Flow ? checked((sum[field] ?? 0) + value) : value;
            }
        }
    }
}
