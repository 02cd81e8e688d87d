namespace CommandCenter.Web.Search;

/// <summary>A run of cases of one partition as search sees them: 22 bytes each, and the folded names of their parties.</summary>
/// <remarks>
/// One thread writes, any thread reads what a <see cref="SearchView"/> has counted. A case once counted changes only in single words (its court,
/// its handler), of which a reader sees the one or the other; new names go into a copy of the segment.
/// </remarks>
internal sealed class SearchSegment
{
    /// <summary>Place of a case to segment: so many bits lower.</summary>
    public const int Bits = 10;

    /// <summary>Cases in a segment: few enough for its texts to stay a small object.</summary>
    public const int Size = 1 << Bits;

    /// <summary>Ends every name before it begins: no folded text holds it.</summary>
    public const char Mark = '\u001F';

    private const int TextMin = 1024;

    private char[] _text = new char[TextMin];

    /// <summary>Where the names of each case begin; one more says where the last ones end.</summary>
    public int[] Starts { get; } = new int[Size + 1];

    /// <summary>The court that holds it, by index; below 0 for none that search may show.</summary>
    public short[] Courts { get; } = new short[Size];

    /// <summary>The handler's number in the index; below 0 for none.</summary>
    public int[] Handlers { get; } = new int[Size];

    /// <summary>The number of its series in the index.</summary>
    public int[] Series { get; } = new int[Size];

    /// <summary>Its running number.</summary>
    public int[] Numbers { get; } = new int[Size];

    /// <summary>When it was filed, in seconds of <see cref="SearchIndex.SecondsOf"/>.</summary>
    public uint[] FiledAt { get; } = new uint[Size];

    /// <summary>Bytes held.</summary>
    public long SizeBytes => ((long)Volatile.Read(ref _text).Length * sizeof(char)) + (Size * 22L) + sizeof(int);

    /// <summary>The folded names of the first cases, each after a <see cref="Mark"/>.</summary>
    public ReadOnlySpan<char> TextOf(int count) => Volatile.Read(ref _text).AsSpan(0, Starts[count]);

    /// <summary>The folded names of one case.</summary>
    public ReadOnlySpan<char> NamesAt(int slot) => Volatile.Read(ref _text).AsSpan(Starts[slot], Starts[slot + 1] - Starts[slot]);

    /// <summary>Writes the names of the next case.</summary>
    public void Append(int slot, ReadOnlySpan<char> names)
    {
        var start = Starts[slot];
        if (_text.Length - start < names.Length)
        {
            var text = new char[Math.Max(_text.Length * 3 / 2, start + names.Length)];
            _text.AsSpan(0, start).CopyTo(text);
            Volatile.Write(ref _text, text);
        }

        names.CopyTo(_text.AsSpan(start));
        Starts[slot + 1] = start + names.Length;
        if (slot == Size - 1)
        {
            Volatile.Write(ref _text, _text[..Starts[Size]]); // Full: nothing is kept in hand.
        }
    }

    /// <summary>A copy in which one of the first cases has other names.</summary>
    public SearchSegment With(int slot, ReadOnlySpan<char> names, int count)
    {
        var copy = new SearchSegment();
        Courts.CopyTo(copy.Courts, 0);
        Handlers.CopyTo(copy.Handlers, 0);
        Series.CopyTo(copy.Series, 0);
        Numbers.CopyTo(copy.Numbers, 0);
        FiledAt.CopyTo(copy.FiledAt, 0);
        for (var i = 0; i < count; i++)
        {
            copy.Append(i, i == slot ? names : NamesAt(i));
        }

        return copy;
    }
}
