using System.Text;
using CommandCenter.Domain.Cases;
using CommandCenter.Web.Grains;

namespace CommandCenter.Web.Search;

/// <summary>
/// What search looks through: numbers, parties and handlers of all cases of a partition, packed beside the model so that other threads can read
/// it. The partition's thread writes, after each commit; a question takes a <see cref="SearchView"/> and scans it wherever it likes.
/// </summary>
/// <remarks>
/// No tree and no posting lists: two million names packed one after the other are 30 MB, which a processor goes through in the time that a
/// table of contents would take to be kept up to date. A case lies at its place in <see cref="CaseTable"/>, so nothing leads from one to the other.
/// Nothing of it is stored: it follows from the rows, and is made again whenever they are read.
/// </remarks>
internal sealed class SearchIndex
{
    /// <summary>Before each party in <see cref="CaseTable.TextAt"/>.</summary>
    public const char PartyMark = '\u001F';

    /// <summary>Before each former name in <see cref="CaseTable.TextAt"/>.</summary>
    public const char FormerMark = '\u001E';

    private static readonly DateTimeOffset s_epoch = new(1990, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly Dictionary<string, int> _handlerNumbers = new(StringComparer.Ordinal);
    private readonly Dictionary<(int Year, string Mark, CaseType Type), int> _seriesNumbers = [];
    private SearchSegment[] _segments = new SearchSegment[16];
    private string[] _handlers = new string[64];
    private SearchSeries[] _series = new SearchSeries[64];
    private char[] _plain = new char[256];
    private char[] _names = new char[1024];

    /// <summary>Cases held.</summary>
    public int Count { get; private set; }

    /// <summary>Bytes held, the few words for each handler and series apart.</summary>
    public long SizeBytes => _segments.Sum(static segment => segment?.SizeBytes ?? 0);

    /// <summary>When a case was filed, in whole seconds: what search orders by.</summary>
    public static uint SecondsOf(long utcTicks) =>
        (uint)Math.Clamp((utcTicks - s_epoch.UtcTicks) / TimeSpan.TicksPerSecond, 0, uint.MaxValue);

    /// <summary>Shows a case as it is now. Places come in order, each the first time with its names.</summary>
    /// <param name="place">Its place in the table.</param>
    /// <param name="row">Its row.</param>
    /// <param name="handler">Its handler.</param>
    /// <param name="text">Its text in the table; empty when it is known already and the same.</param>
    public void Put(int place, in CaseRow row, string? handler, ReadOnlySpan<byte> text)
    {
        var slot = place & (SearchSegment.Size - 1);
        var at = place >> SearchSegment.Bits;
        if (place == Count)
        {
            Add(at, slot, in row, text);
            Count++;
        }
        else if (!text.IsEmpty)
        {
            var inSegment = Math.Min(SearchSegment.Size, Count - (at << SearchSegment.Bits));
            Volatile.Write(ref _segments[at], _segments[at].With(slot, Fold(text), inSegment));
        }

        var segment = _segments[at];
        segment.Handlers[slot] = handler is null ? -1 : NumberOf(handler);

        // A case that has moved on is found where it lies now.
        segment.Courts[slot] = row.Status == CaseStatus.Moved ? (short)CaseRow.NoCourt : checked((short)row.Court);
    }

    /// <summary>All cases as they are now, to be read on any thread. Costs nothing; belongs to the partition's thread.</summary>
    public SearchView View() => new(this, _segments, Count, _handlers, _handlerNumbers.Count, _series, _seriesNumbers.Count);

    private void Add(int at, int slot, in CaseRow row, ReadOnlySpan<byte> text)
    {
        if (at == _segments.Length)
        {
            // A copy: whoever holds the array before it reads on in it.
            Array.Resize(ref _segments, _segments.Length * 2);
        }

        var segment = _segments[at] ??= new SearchSegment();
        segment.Series[slot] = NumberOf(row.Number);
        segment.Numbers[slot] = row.Number.Number;
        segment.FiledAt[slot] = SecondsOf(row.FiledAt);
        segment.Append(slot, Fold(text));
    }

    // Every name folded, each after a mark; a number is found by its parts and not here.
    private ReadOnlySpan<char> Fold(ReadOnlySpan<byte> text)
    {
        if (_plain.Length < text.Length)
        {
            _plain = new char[text.Length * 2];
        }

        ReadOnlySpan<char> plain = _plain.AsSpan(0, Encoding.UTF8.GetChars(text, _plain));
        if (_names.Length < plain.Length * SearchFold.GrowthMax)
        {
            _names = new char[plain.Length * SearchFold.GrowthMax * 2];
        }

        var used = 0;
        var from = plain.IndexOfAny(PartyMark, FormerMark) is >= 0 and var first ? first : plain.Length;
        while (from < plain.Length)
        {
            var name = plain[(from + 1)..];
            var length = name.IndexOfAny(PartyMark, FormerMark) is >= 0 and var next ? next : name.Length;
            _names[used] = SearchSegment.Mark;
            var folded = SearchFold.Fold(name[..length], _names.AsSpan(used + 1), []);
            used += folded == 0 ? 0 : folded + 1;
            from += length + 1;
        }

        return _names.AsSpan(0, used);
    }

    private int NumberOf(string handler)
    {
        if (!_handlerNumbers.TryGetValue(handler, out var number))
        {
            number = _handlerNumbers.Count;
            Grow(ref _handlers, number);
            _handlers[number] = handler;
            _handlerNumbers.Add(handler, number);
        }

        return number;
    }

    private int NumberOf(CaseNumber caseNumber)
    {
        var key = (caseNumber.Year, caseNumber.CourtMark, caseNumber.Type);
        if (!_seriesNumbers.TryGetValue(key, out var number))
        {
            number = _seriesNumbers.Count;
            Grow(ref _series, number);
            _series[number] = new SearchSeries(caseNumber.Year, caseNumber.CourtMark, caseNumber.Type);
            _seriesNumbers.Add(key, number);
        }

        return number;
    }

    private static void Grow<T>(ref T[] array, int used)
    {
        if (used == array.Length)
        {
            Array.Resize(ref array, array.Length * 2);
        }
    }
}
