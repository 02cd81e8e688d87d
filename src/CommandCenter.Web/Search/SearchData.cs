using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace CommandCenter.Web.Search;

/// <summary>Reads the two tables beside the code, which are part of the program. <c>docs/search.md</c> says where they come from.</summary>
internal static class SearchData
{
    /// <summary>Letters that a Chinese character's readings begin with, and the characters: <c>cz 曾重…</c>.</summary>
    public static IEnumerable<(string Letters, string Characters)> ReadInitials() =>
        Lines("pinyin-initials.txt").Select(static line => (line[..line.IndexOf(' ', StringComparison.Ordinal)], line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..]));

    /// <summary>Compatibility forms and what they stand for: <c>FA0E=…</c>, the form by its code and the text as it is.</summary>
    public static FrozenDictionary<char, string> ReadForms() => Lines("folding.txt").ToFrozenDictionary(
        static line => (char)int.Parse(line.AsSpan(0, 4), NumberStyles.HexNumber, CultureInfo.InvariantCulture), static line => line[5..]);

    private static IEnumerable<string> Lines(string file)
    {
        using var stream = typeof(SearchData).Assembly.GetManifestResourceStream("search/" + file)
            ?? throw new InvalidOperationException($"{file} is not part of the program.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        while (reader.ReadLine() is { } line)
        {
            if (line.Length > 0 && line[0] != '#')
            {
                yield return line;
            }
        }
    }
}
