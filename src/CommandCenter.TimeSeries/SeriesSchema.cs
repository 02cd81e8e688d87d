namespace CommandCenter.TimeSeries;

/// <summary>How the values of a field become one value of a longer step.</summary>
public enum FieldKind
{
    /// <summary>What happened in the window: values add up.</summary>
    Flow,

    /// <summary>What stood at the window's end: the last known value counts.</summary>
    Level,
}

/// <summary>A field of every point. Always a whole number of 64 bits: a field never changes its type.</summary>
/// <param name="Name">Lower-case letters, digits and underscores; a column and an InfluxDB field are named so.</param>
/// <param name="Kind">Flow or level.</param>
public sealed record SeriesField(string Name, FieldKind Kind);

/// <summary>The fields of a store, in a fixed order. Fields are stored by place: append, never reorder, never re-use a name.</summary>
public sealed class SeriesSchema
{
    /// <summary>The most fields.</summary>
    public const int FieldCountMax = 64;

    private static readonly string[] s_taken = ["series", "t", "points", "changed", "scope", "time"];

    /// <summary>Takes the fields.</summary>
    /// <exception cref="ArgumentException">There are none or too many, or a name is repeated, reserved or of other characters.</exception>
    public SeriesSchema(IReadOnlyList<SeriesField> fields)
    {
        if (fields.Count is < 1 or > FieldCountMax)
        {
            throw new ArgumentException($"{fields.Count} fields; there must be 1 to {FieldCountMax}.", nameof(fields));
        }

        var names = new HashSet<string>(s_taken, StringComparer.Ordinal);
        foreach (var field in fields)
        {
            if (!IsName(field.Name) || !names.Add(field.Name))
            {
                throw new ArgumentException($"Field {field.Name} is repeated, reserved, or not of lower-case letters, digits and underscores.", nameof(fields));
            }
        }

        Fields = [.. fields];
    }

    /// <summary>The fields in order.</summary>
    public IReadOnlyList<SeriesField> Fields { get; }

    /// <summary>How many.</summary>
    public int Count => Fields.Count;

    /// <summary>The place of a field.</summary>
    /// <exception cref="ArgumentException">There is no such field.</exception>
    public int IndexOf(string name)
    {
        for (var i = 0; i < Fields.Count; i++)
        {
            if (Fields[i].Name == name)
            {
                return i;
            }
        }

        throw new ArgumentException($"There is no field {name}.", nameof(name));
    }

    private static bool IsName(string name) =>
        name.Length is > 0 and <= 63 && char.IsAsciiLetterLower(name[0])
        && name.All(static letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '_');
}
