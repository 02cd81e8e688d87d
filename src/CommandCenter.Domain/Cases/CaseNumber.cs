using System.Globalization;
using CommandCenter.Domain.Courts;

namespace CommandCenter.Domain.Cases;

/// <summary>案号, the number of a case: <c>(收案年度)法院代字类型代字案件编号号</c>, such as <c>(2017)沪0115执1234号</c>.</summary>
/// <remarks>法〔2015〕137号, articles 1–3 and 9–10. Unique by year, court, type and number; each type is numbered apart in each court.</remarks>
/// <param name="Year">收案年度, 2000 to 2099.</param>
/// <param name="CourtMark">法院代字.</param>
/// <param name="Type">类型代字.</param>
/// <param name="Number">案件编号, 1 to 99,999,999.</param>
public readonly record struct CaseNumber(int Year, string CourtMark, CaseType Type, int Number)
{
    /// <summary>Longest printed form, in characters.</summary>
    public const int LengthMax = 32;

    private const int DigitsMax = 8;

    /// <summary>Reads a case number with half-width or full-width brackets.</summary>
    /// <param name="text">The number, without white space and without the 之一 of a document.</param>
    /// <param name="courts">The courts whose marks are known. A mark outside the tree is read too: a parent case may lie in another province.</param>
    /// <param name="number">The number read.</param>
    /// <returns>Whether the text is a possible case number.</returns>
    public static bool TryParse(ReadOnlySpan<char> text, CourtTree courts, out CaseNumber number)
    {
        number = default;
        if (text.Length is < 9 or > LengthMax || text[0] is not ('(' or '（') || text[5] is not (')' or '）') || text[^1] != '号')
        {
            return false;
        }

        var body = text[6..^1];
        if (!TryReadDigits(text[1..5], out var year) || year is < 2000 or > 2099)
        {
            return false;
        }

        var markLength = MarkLength(body);
        var rest = body[markLength..];
        var digits = rest.Length;
        while (digits > 0 && char.IsAsciiDigit(rest[digits - 1]))
        {
            digits--;
        }

        if (markLength == 0
            || !CaseType.TryFind(rest[..digits], out var type)
            || rest[digits..] is not { Length: >= 1 and <= DigitsMax } ordinal
            || ordinal[0] == '0'
            || !TryReadDigits(ordinal, out var value))
        {
            return false;
        }

        var mark = courts.TryFind(body[..markLength], out var court) ? court.Mark : body[..markLength].ToString();
        number = new CaseNumber(year, mark, type, value);
        return true;
    }

    /// <summary>The one stored form, with half-width brackets.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"({Year}){CourtMark}{Type.Mark}{Number}号");

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        // Courts differ in the last characters of their mark; hashing the whole string for every look-up costs more than it spreads.
        var mark = CourtMark is { Length: > 0 } text ? text[^1] + (text.Length << 8) + (text.Length > 2 ? text[^2] << 16 : 0) : 0;
        return ((Number * 31) + Year) * 397 ^ mark ^ ((Type?.Index ?? 0) << 24);
    }

    // 最高法, or one province character and two or four digits (none for the high court).
    private static int MarkLength(ReadOnlySpan<char> body)
    {
        if (body.StartsWith("最高法"))
        {
            return 3;
        }

        const string Provinces = "京津沪渝冀晋辽吉黑苏浙皖闽赣鲁豫鄂湘粤琼川贵云陕甘青内桂藏宁新军兵";
        if (body.IsEmpty || !Provinces.Contains(body[0]))
        {
            return 0;
        }

        var digits = 0;
        while (digits < body.Length - 1 && char.IsAsciiDigit(body[digits + 1]))
        {
            digits++;
        }

        return digits is 0 or 2 or 4 ? digits + 1 : 0;
    }

    private static bool TryReadDigits(ReadOnlySpan<char> digits, out int value) =>
        int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out value);
}
