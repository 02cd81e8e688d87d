using System.Buffers.Text;
using System.Globalization;
using System.Text;
using CommandCenter.Domain.Cases;
using CommandCenter.Domain.Courts;

namespace CommandCenter.Web.Reading;

/// <summary>The place of a case in an order: its sort key and its number. Rows that come or go do not shift pages that begin at one.</summary>
/// <param name="Key">The key, of orders that have a number for one.</param>
/// <param name="Number">Decides between equal keys.</param>
/// <param name="Text">The key of orders by a text; empty for the others.</param>
internal readonly record struct PageKey(long Key, CaseNumber Number, string Text = "")
{
    /// <summary>Orders two places upwards.</summary>
    public int CompareTo(in PageKey other)
    {
        var order = Key.CompareTo(other.Key);
        if (order == 0 && !ReferenceEquals(Text, other.Text))
        {
            order = string.CompareOrdinal(Text, other.Text);
        }

        if (order != 0)
        {
            return order;
        }

        order = Number.Year.CompareTo(other.Number.Year);
        order = order != 0 ? order : string.CompareOrdinal(Number.CourtMark, other.Number.CourtMark);
        order = order != 0 ? order : Number.Type.Index.CompareTo(other.Number.Type.Index);
        return order != 0 ? order : Number.Number.CompareTo(other.Number.Number);
    }
}

/// <summary>Where a page lies: behind a case of an order, or before it. The opaque <c>page</c> of URLs.</summary>
/// <param name="Sort">The order; a place of one order means nothing in another.</param>
/// <param name="IsBackward">Whether the page ends before the case instead of beginning behind it.</param>
/// <param name="Key">The case's place.</param>
internal readonly record struct PageToken(CaseSort Sort, bool IsBackward, PageKey Key)
{
    private const int CharsMax = 2_000; // A cause has a few hundred characters at most.
    private const char Back = '<';
    private const char Forth = '>';

    /// <summary>The opaque form.</summary>
    public override string ToString() => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(
        string.Create(CultureInfo.InvariantCulture, $"{(IsBackward ? Back : Forth)}{(int)Sort} {Key.Key} {Key.Number} {Key.Text}")));

    /// <summary>Reads the opaque form.</summary>
    public static bool TryParse(string text, CourtTree courts, out PageToken token)
    {
        token = default;
        if (text.Length > CharsMax || !Base64Url.IsValid(text))
        {
            return false;
        }

        var parts = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text)).Split(' ', 4);
        if (parts.Length != 4
            || parts[0] is not [Back or Forth, ..]
            || !int.TryParse(parts[0].AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var sort)
            || !Enum.IsDefined((CaseSort)sort)
            || !long.TryParse(parts[1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var key)
            || !CaseNumber.TryParse(parts[2], courts, out var number))
        {
            return false;
        }

        token = new PageToken((CaseSort)sort, parts[0][0] == Back, new PageKey(key, number, parts[3]));
        return true;
    }
}
