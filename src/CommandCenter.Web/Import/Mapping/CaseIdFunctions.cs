using System.Globalization;

namespace CommandCenter.Web.Import.Mapping;

/// <summary>Turns a log's case id into the running number of a case number: 1 to 8 digits, no leading zero.</summary>
/// <remarks>
/// Every function is injective on what it takes and takes nothing else: two ids never share a number, and an id that
/// does not fit is refused with <see cref="RowFault.CaseIdUnfit"/>. So the number follows from the id alone, and files
/// can come in any order.
/// </remarks>
internal static class CaseIdFunctions
{
    /// <summary>The largest running number a case number can hold.</summary>
    public const long NumberMax = 99_999_999;

    private const long PerLetter = 1_000_000;

    /// <summary>The functions by their name in a mapping file. <c>after:PREFIX</c> is apart, it takes an argument.</summary>
    public static bool TryGet(string name, out CaseIdFunction? function)
    {
        function = name switch
        {
            "number" => Number,
            "letterNumber" => LetterNumber,
            "base36" => Base36,
            _ when name.StartsWith("after:", StringComparison.Ordinal) && name.Length > 6 => After(name[6..]),
            _ => null,
        };
        return function is not null;
    }

    /// <summary><c>173688</c> → 173688.</summary>
    private static bool Number(ReadOnlySpan<char> id, Span<char> result, out int length)
    {
        length = 0;
        return Canonical(id, NumberMax, out var value) && value > 0 && Write(value, result, out length);
    }

    /// <summary>
    /// One capital letter and up to six digits: <c>A1</c> → 1000001, <c>S66168</c> → 19066168. The letter is the
    /// millions (A = 1 … Z = 26), so the id can be read back from the number. The traffic-fine log has A, C, N, S, V;
    /// all letters fit.
    /// </summary>
    private static bool LetterNumber(ReadOnlySpan<char> id, Span<char> result, out int length)
    {
        length = 0;
        return id.Length > 1 && char.IsAsciiLetterUpper(id[0]) && Canonical(id[1..], PerLetter - 1, out var value)
            && Write(((id[0] - 'A' + 1) * PerLetter) + value, result, out length);
    }

    /// <summary>Digits and capital letters as one number to base 36: <c>1Z</c> → 71. About five characters fit.</summary>
    private static bool Base36(ReadOnlySpan<char> id, Span<char> result, out int length)
    {
        length = 0;
        long value = 0;
        if (id.IsEmpty || id[0] == '0')
        {
            return false;
        }

        foreach (var c in id)
        {
            var digit = char.IsAsciiDigit(c) ? c - '0' : char.IsAsciiLetterUpper(c) ? c - 'A' + 10 : -1;
            value = (value * 36) + digit;
            if (digit < 0 || value > NumberMax)
            {
                return false;
            }
        }

        return Write(value, result, out length);
    }

    /// <summary><c>after:case-</c>: <c>case-10011</c> → <c>10011</c>, for the next function.</summary>
    private static CaseIdFunction After(string prefix) => (ReadOnlySpan<char> id, Span<char> result, out int length) =>
    {
        length = 0;
        if (!id.StartsWith(prefix, StringComparison.Ordinal) || !id[prefix.Length..].TryCopyTo(result))
        {
            return false;
        }

        length = id.Length - prefix.Length;
        return length > 0;
    };

    /// <summary>A leading zero would make <c>A01</c> and <c>A1</c> the same case.</summary>
    private static bool Canonical(ReadOnlySpan<char> digits, long max, out long value)
    {
        value = 0;
        return !digits.IsEmpty && (digits[0] != '0' || digits.Length == 1)
            && long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out value) && value <= max;
    }

    private static bool Write(long value, Span<char> result, out int length) =>
        value.TryFormat(result, out length, default, CultureInfo.InvariantCulture);
}

/// <summary>One step from a case id to its running number; false when the id is not of the kind the step takes.</summary>
internal delegate bool CaseIdFunction(ReadOnlySpan<char> id, Span<char> result, out int length);
