using System.Runtime.InteropServices;
using System.Text;
using CommandCenter.Domain.Cases;
using CommandCenter.Web.Search;

namespace CommandCenter.Web.Grains;

/// <summary>All cases of a partition: a row for each, and the binary form of the state of those that are in memory.</summary>
/// <remarks>
/// Rows are never removed and never move, so that a place is a key. Kept in pages: growing copies nothing, and a capture only what
/// changes afterwards. Small pages: each of the first events after a capture pays for a copy of one.
/// </remarks>
internal sealed class CaseTable
{
    private const int PageBits = 6;
    private const int PageSize = 1 << PageBits;

    private readonly CaseIndex _index = new();
    private readonly List<CaseRow[]> _rows = [];
    private readonly List<bool> _isCaptured = [];
    private readonly Dictionary<int, List<int>> _placesOfCourt = [];
    private readonly ByteSlots _bytes = new();
    private CaseNumber _lastNumber;
    private int _lastPlace = -1;

    public int Count { get; private set; }

    /// <summary>Cases whose state is not in memory.</summary>
    public int PassiveCount { get; private set; }

    public ref readonly CaseRow this[int place] => ref _rows[place >> PageBits][place & (PageSize - 1)];

    /// <summary>A row, to change it before the next capture.</summary>
    public ref CaseRow ForChange(int place)
    {
        var page = place >> PageBits;
        if (_isCaptured[page])
        {
            // Somebody reads the page as it was; the change goes to a copy.
            _rows[page] = (CaseRow[])_rows[page].Clone();
            _isCaptured[page] = false;
        }

        return ref _rows[page][place & (PageSize - 1)];
    }

    /// <summary>Makes room for so many cases.</summary>
    public void Reserve(int count) => _index.Reserve(count);

    /// <summary>Finds the place of a case.</summary>
    public bool TryFind(CaseNumber number, out int place)
    {
        // One event looks its case up to decide, to name the record before and to apply.
        place = _lastPlace;
        if (place >= 0 && number == _lastNumber)
        {
            return true;
        }

        var hash = CaseIndex.HashOf(number);
        for (var slot = _index.First(hash); slot >= 0; slot = _index.Next(hash, slot))
        {
            place = _index.PlaceAt(slot);
            if (this[place].Number == number)
            {
                _lastNumber = number;
                _lastPlace = place;
                return true;
            }
        }

        return false;
    }

    /// <summary>Reads a little of all that events of these cases will need; see <see cref="GrainModel.LookAhead"/>.</summary>
    /// <param name="hashes">Of <see cref="CaseIndex.HashOf"/>; few.</param>
    public ulong Touch(ReadOnlySpan<uint> hashes)
    {
        var sum = 0UL;
        foreach (var hash in hashes)
        {
            sum += _index.Touch(hash);
        }

        Span<int> places = stackalloc int[hashes.Length];
        var count = 0;
        foreach (var hash in hashes)
        {
            if (_index.First(hash) is >= 0 and var slot)
            {
                places[count++] = _index.PlaceAt(slot);
            }
        }

        foreach (var place in places[..count])
        {
            ref readonly var row = ref this[place]; // Three cache lines: the first, the second and the last.
            sum += (ulong)(row.Number.Number + row.FiledAt + row.State.Page);
        }

        foreach (var place in places[..count])
        {
            sum += _bytes.Touch(this[place].State);
        }

        return sum;
    }

    /// <summary>Whether the state of a case is not in memory.</summary>
    public bool IsPassive(int place) => this[place].State.IsEmpty;

    /// <summary>The binary form of a state, empty when it is not in memory; valid until the next change.</summary>
    public ReadOnlySpan<byte> StateAt(int place) => _bytes[this[place].State];

    /// <summary>Keeps the binary form of a state; an empty one takes it out of memory.</summary>
    public void SetState(int place, ReadOnlySpan<byte> state)
    {
        ref var row = ref ForChange(place);
        PassiveCount += (row.State.IsEmpty ? -1 : 0) + (state.IsEmpty ? 1 : 0);
        row.State = _bytes.Replace(row.State, state);
    }

    /// <summary>The places of the cases of a court, in no order; valid until the next change.</summary>
    public ReadOnlySpan<int> PlacesOf(int court) => _placesOfCourt.TryGetValue(court, out var places) ? CollectionsMarshal.AsSpan(places) : [];

    /// <summary>Puts a case among those of a court: when it is filed, and when it moves.</summary>
    public void SetCourt(int place, int court)
    {
        ref var row = ref ForChange(place);
        if (row.Court == court)
        {
            return;
        }

        if (_placesOfCourt.TryGetValue(row.Court, out var before))
        {
            _ = before.Remove(place); // Few cases ever move.
        }

        row.Court = court;
        if (!_placesOfCourt.TryGetValue(court, out var places))
        {
            _placesOfCourt.Add(court, places = []);
        }

        places.Add(place);
    }

    /// <summary>Parties and former names, each after a character that no input can hold. What stands before the first counts for nothing.</summary>
    public ReadOnlySpan<byte> TextAt(in CaseRow row) => _bytes[row.Text];

    /// <summary>The parties of a case, applicants first.</summary>
    public string[] PartiesAt(in CaseRow row) => Encoding.UTF8.GetString(TextAt(in row)).Split(SearchIndex.FormerMark)[0].Split(SearchIndex.PartyMark)[1..];

    /// <summary>曾用名: what the parties of a case were called before.</summary>
    public string[] FormerNamesAt(in CaseRow row) => Encoding.UTF8.GetString(TextAt(in row)).Split(SearchIndex.FormerMark)[1..];

    /// <summary>Keeps the text of a case whose parties have other names now.</summary>
    public void SetText(int place, ReadOnlySpan<byte> text)
    {
        ref var row = ref ForChange(place);
        row.Text = _bytes.Replace(row.Text, text);
    }

    /// <summary>Adds a case without a state.</summary>
    public int Add(CaseNumber number, ReadOnlySpan<byte> text)
    {
        var place = Count++;
        if (place >> PageBits == _rows.Count)
        {
            _rows.Add(new CaseRow[PageSize]);
            _isCaptured.Add(false);
        }

        _index.Add(CaseIndex.HashOf(number), place);
        ref var row = ref ForChange(place);
        row.Number = number;
        row.Court = CaseRow.NoCourt;
        row.Text = _bytes.Replace(default, text);
        PassiveCount++;
        return place;
    }

    /// <summary>The text of <see cref="TextAt"/>.</summary>
    public static byte[] TextOf(CaseFile file)
    {
        var parties = file.Applicants.Concat(file.Debtors).Select(static name => SearchIndex.PartyMark + name);
        return Encoding.UTF8.GetBytes(string.Concat(parties.Concat(FormerNamesOf(file).Select(static name => SearchIndex.FormerMark + name))));
    }

    // A name that is borne again, or that was learnt only by what followed it, is found all the same, once.
    private static IEnumerable<string> FormerNamesOf(CaseFile file) => file.FormerNames.SelectMany(static former => new[] { former.Was, former.Now })
        .Distinct().Where(name => !file.Applicants.Contains(name) && !file.Debtors.Contains(name));

    /// <summary>All rows and bytes as they are now, for another thread. Costs no copy; a page is copied when it changes afterwards.</summary>
    public CapturedCases Capture()
    {
        CollectionsMarshal.AsSpan(_isCaptured).Fill(true);
        return new CapturedCases(Count, [.. _rows], _bytes.Capture());
    }
}

/// <summary>The cases of a partition at one moment, to be read on another thread.</summary>
internal sealed class CapturedCases(int count, CaseRow[][] rows, CapturedBytes bytes)
{
    public int Count => count;

    public ref readonly CaseRow this[int place] => ref rows[place / rows[0].Length][place % rows[0].Length];

    public ReadOnlySpan<byte> this[ByteSlot slot] => bytes[slot];
}
