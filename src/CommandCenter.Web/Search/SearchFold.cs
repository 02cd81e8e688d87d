using System.Buffers;
using System.Collections.Frozen;
using System.Globalization;

namespace CommandCenter.Web.Search;

/// <summary>
/// Texts as search compares them: half-width, small letters, no accents, one kind of middle dot, single spaces, nothing invisible. Whatever two
/// people type for the same name must come out the same.
/// </summary>
/// <remarks>
/// The framework's own normalisation needs ICU, which this product runs without; the compatibility forms of Unicode that occur in names are a
/// table (<c>Data/folding.txt</c>). What is not in it stays as it is.
/// </remarks>
internal static class SearchFold
{
    /// <summary>One character never becomes more than so many.</summary>
    public const int GrowthMax = 4;

    private const char Replacement = '\uFFFD';
    private const char MiddleDot = '·';
    private const int FullWidthShift = 0xFEE0;

    // Names of some peoples and of foreigners have a dot between their parts, and every keyboard has another one.
    private static readonly SearchValues<char> s_middleDots = SearchValues.Create("·•‧∙⋅・･．●⸱");
    private static readonly FrozenDictionary<char, string> s_forms = SearchData.ReadForms();

    /// <summary>The folded form; empty when nothing visible is left.</summary>
    public static string Of(ReadOnlySpan<char> text)
    {
        var folded = ArrayPool<char>.Shared.Rent(text.Length * GrowthMax);
        try
        {
            return new string(folded, 0, Fold(text, folded, []));
        }
        finally
        {
            ArrayPool<char>.Shared.Return(folded);
        }
    }

    /// <summary>The folded form, and for each of its characters the place in the text that it comes from.</summary>
    public static (string Folded, int[] Origins) Trace(ReadOnlySpan<char> text)
    {
        var folded = new char[text.Length * GrowthMax];
        var origins = new int[folded.Length];
        var length = Fold(text, folded, origins);
        return (new string(folded, 0, length), origins[..length]);
    }

    /// <summary>Folds into a buffer of <see cref="GrowthMax"/> times the length.</summary>
    /// <param name="text">The text.</param>
    /// <param name="to">Where to.</param>
    /// <param name="origins">Is given the place of each; may be empty.</param>
    /// <returns>How many characters were written.</returns>
    public static int Fold(ReadOnlySpan<char> text, Span<char> to, Span<int> origins)
    {
        var length = 0;
        var isSpacePending = false;
        for (var i = 0; i < text.Length; i++)
        {
            var unit = text[i];
            if (unit is (>= '\u4E00' and <= '\u9FFF') or (>= 'a' and <= 'z') or (>= '0' and <= '9'))
            {
                Put(unit, to, origins);
            }
            else if (unit is >= 'A' and <= 'Z')
            {
                Put((char)(unit | 0x20), to, origins);
            }
            else if (char.IsWhiteSpace(unit))
            {
                isSpacePending = length > 0;
            }
            else if (char.IsSurrogate(unit))
            {
                if (char.IsHighSurrogate(unit) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
                {
                    Put(unit, to, origins);
                    i++;
                    Put(text[i], to, origins);
                }
                else
                {
                    Put(Replacement, to, origins);
                }
            }
            else if (s_middleDots.Contains(unit))
            {
                Put(MiddleDot, to, origins);
            }
            else if (unit is >= '！' and <= '～')
            {
                Put(char.ToLowerInvariant((char)(unit - FullWidthShift)), to, origins);
            }
            else if (s_forms.TryGetValue(unit, out var form))
            {
                foreach (var one in form)
                {
                    Put(one, to, origins);
                }
            }
            else if (!IsInvisible(unit))
            {
                Put(char.ToLowerInvariant(unit), to, origins);
            }

            void Put(char folded, Span<char> into, Span<int> from)
            {
                if (isSpacePending)
                {
                    isSpacePending = false;
                    Write(' ', into, from);
                }

                Write(folded, into, from);
            }

            void Write(char folded, Span<char> into, Span<int> from)
            {
                into[length] = folded;
                if (!from.IsEmpty)
                {
                    from[length] = i;
                }

                length++;
            }
        }

        return length;
    }

    // Controls, joiners, marks on a letter and selectors of a glyph: nobody means them.
    private static bool IsInvisible(char unit) => CharUnicodeInfo.GetUnicodeCategory(unit)
        is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark;
}
