using System.Globalization;
using System.Numerics;

namespace CommandCenter.Web.Search;

/// <summary>
/// The letters that the readings of a character begin with (拼音首字母). A character with several readings has several: nobody should have to
/// know how a stranger reads his name.
/// </summary>
/// <remarks>Every 16-bit unit has a class, and characters with the same letters share one, so that a scan needs one small table for a question.</remarks>
internal static class PinyinInitials
{
    /// <summary>Class of what ends a name.</summary>
    public const ushort End = 0;

    /// <summary>Class of what nobody types as an initial: brackets, spaces, dots.</summary>
    public const ushort Skipped = 1;

    /// <summary>Class of what has no letter: a match cannot go through it.</summary>
    public const ushort Unknown = 2;

    /// <summary>How many letters and digits there are.</summary>
    public const int LetterCount = 36;

    private static readonly ushort[] s_classes = new ushort[char.MaxValue + 1];
    private static readonly List<ulong> s_letters = [0, 0, 0];

    static PinyinInitials()
    {
        for (var unit = 0; unit <= char.MaxValue; unit++)
        {
            s_classes[unit] = unit < ' ' ? End : IsSkipped((char)unit) ? Skipped : Unknown;
        }

        for (var letter = 0; letter < LetterCount; letter++)
        {
            s_classes[LetterAt(letter)] = ClassOf(1UL << letter);
        }

        foreach (var (letters, characters) in SearchData.ReadInitials())
        {
            var @class = ClassOf(letters.Aggregate(0UL, static (set, letter) => set | Bit(letter)));
            foreach (var character in characters)
            {
                s_classes[character] = @class;
            }
        }
    }

    /// <summary>The class of each unit.</summary>
    public static ReadOnlySpan<ushort> Classes => s_classes;

    /// <summary>How many classes there are.</summary>
    public static int ClassCount => s_letters.Count;

    /// <summary>The letters of a class, as bits of <see cref="Bit"/>.</summary>
    public static ulong LettersOf(int @class) => s_letters[@class];

    /// <summary>The letters of a character, in the order of the alphabet; empty when none is known.</summary>
    public static string Of(char character)
    {
        var letters = s_letters[s_classes[character]];
        return string.Create(BitOperations.PopCount(letters), letters, static (text, set) =>
        {
            for (var i = 0; i < text.Length; i++)
            {
                text[i] = LetterAt(BitOperations.TrailingZeroCount(set));
                set &= set - 1;
            }
        });
    }

    /// <summary>The bit of a small letter or a digit; 0 for anything else.</summary>
    public static ulong Bit(char letter) => letter switch
    {
        >= 'a' and <= 'z' => 1UL << (letter - 'a'),
        >= '0' and <= '9' => 1UL << (26 + letter - '0'),
        _ => 0,
    };

    private static char LetterAt(int index) => (char)(index < 26 ? 'a' + index : '0' + index - 26);

    private static ushort ClassOf(ulong letters)
    {
        var at = s_letters.IndexOf(letters, Unknown + 1);
        if (at < 0)
        {
            at = s_letters.Count;
            s_letters.Add(letters);
        }

        return checked((ushort)at);
    }

    private static bool IsSkipped(char unit) => CharUnicodeInfo.GetUnicodeCategory(unit)
        is UnicodeCategory.OpenPunctuation or UnicodeCategory.ClosePunctuation or UnicodeCategory.OtherPunctuation or UnicodeCategory.DashPunctuation
        or UnicodeCategory.ConnectorPunctuation or UnicodeCategory.InitialQuotePunctuation or UnicodeCategory.FinalQuotePunctuation
        or UnicodeCategory.SpaceSeparator or UnicodeCategory.MathSymbol or UnicodeCategory.OtherSymbol;
}
