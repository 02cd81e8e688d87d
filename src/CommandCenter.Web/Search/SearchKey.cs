using System.Buffers.Text;
using System.Globalization;
using System.Text;
using CommandCenter.Domain.Cases;
using CommandCenter.Domain.Courts;

namespace CommandCenter.Web.Search;

/// <summary>The place of a case among the answers: how well it answers, the one filed last first, then by its number. No two are at one place.</summary>
internal readonly record struct SearchKey(byte Rank, uint FiledAt, CaseNumber Number) : IComparable<SearchKey>
{
    private const int TextMax = 200;

    public int CompareTo(SearchKey other)
    {
        var order = Rank.CompareTo(other.Rank);
        order = order != 0 ? order : other.FiledAt.CompareTo(FiledAt);
        order = order != 0 ? order : other.Number.Year.CompareTo(Number.Year);
        order = order != 0 ? order : string.CompareOrdinal(Number.CourtMark, other.Number.CourtMark);
        order = order != 0 ? order : Number.Type.Index.CompareTo(other.Number.Type.Index);
        return order != 0 ? order : other.Number.Number.CompareTo(Number.Number);
    }

    /// <summary>The opaque form in URLs.</summary>
    public override string ToString() =>
        Base64Url.EncodeToString(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Rank} {FiledAt} {Number}")));

    /// <summary>Reads the opaque form.</summary>
    public static bool TryParse(string text, CourtTree courts, out SearchKey key)
    {
        key = default;
        if (text.Length > TextMax || !Base64Url.IsValid(text))
        {
            return false;
        }

        var parts = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text)).Split(' ');
        if (parts.Length != 3
            || !byte.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var rank)
            || !uint.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var filedAt)
            || !CaseNumber.TryParse(parts[2], courts, out var number))
        {
            return false;
        }

        key = new SearchKey(rank, filedAt, number);
        return true;
    }
}

/// <summary>Keeps the best answers of one partition and counts all.</summary>
/// <param name="view">What is searched.</param>
/// <param name="after">The last answer of the page before.</param>
/// <param name="sizeMax">How many to keep.</param>
internal sealed class BestAnswers(SearchView view, SearchKey? after, int sizeMax)
{
    // The worst of them on top, so that a better one replaces it.
    private readonly PriorityQueue<int, SearchKey> _kept = new(Comparer<SearchKey>.Create(static (a, b) => b.CompareTo(a)));

    // What the worst one kept has; until the page is full, worse than anything.
    private byte _rankMax = SearchRank.None;
    private uint _filedAtMin;

    /// <summary>All answers, on every page.</summary>
    public long Total { get; private set; }

    /// <summary>Takes an answer.</summary>
    public void Take(SearchSegment segment, int slot, int place, byte rank)
    {
        Total++;
        var filedAt = segment.FiledAt[slot];
        if (rank > _rankMax || (rank == _rankMax && filedAt < _filedAtMin))
        {
            return; // Most answers to a common question end here.
        }

        var series = view.SeriesAt(segment, slot);
        var key = new SearchKey(rank, filedAt, new CaseNumber(series.Year, series.CourtMark, series.Type, segment.Numbers[slot]));
        if (after is { } last && key.CompareTo(last) <= 0)
        {
            return;
        }

        if (_kept.Count < sizeMax)
        {
            _kept.Enqueue(place, key);
        }
        else
        {
            _ = _kept.EnqueueDequeue(place, key);
        }

        if (_kept.Count == sizeMax && _kept.TryPeek(out _, out var worst))
        {
            (_rankMax, _filedAtMin) = (worst.Rank, worst.FiledAt);
        }
    }

    /// <summary>The best, in order, with their places. Empties it.</summary>
    public (int Place, SearchKey Key)[] InOrder()
    {
        var kept = new (int Place, SearchKey Key)[_kept.Count];
        for (var i = kept.Length - 1; i >= 0; i--)
        {
            _ = _kept.TryDequeue(out var place, out var key);
            kept[i] = (place, key);
        }

        return kept;
    }
}
