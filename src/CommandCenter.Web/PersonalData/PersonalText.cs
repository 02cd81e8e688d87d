using System.Text.RegularExpressions;

namespace CommandCenter.Web.PersonalData;

/// <summary>Texts without the numbers by which a person is known: identity numbers, telephones, bank accounts and cards.</summary>
/// <remarks>
/// Sources write such numbers wherever there is room: behind a name, in a reason, in the id of a deposit. When in doubt a run of digits is one:
/// a masked reference number costs a click, a bank card in the open cannot be taken back.
/// </remarks>
internal static partial class PersonalText
{
    private const char Hidden = '*';
    private const int TailShown = 4; // By which staff tell two cards apart; a person cannot be found by it.
    private const int CardDigitsMin = 16;
    private const int CardDigitsMax = 19;

    /// <summary>A text that people wrote: every number of a person in it hidden but for its end.</summary>
    public static string Of(string text) => HasRun(text)
        ? Account().Replace(Phone().Replace(OldIdentity().Replace(Identity().Replace(text, static match => Ends(match.Value)), static match => Ends(match.Value)), Tail), Tail)
        : text;

    /// <summary>A reference that a system made, such as a bank's serial number: hidden only where its own digits say that they are a person's, since serials are long numbers too.</summary>
    public static string OfReference(string text) => HasRun(text)
        ? Digits().Replace(Phone().Replace(Identity().Replace(text, static match => Ends(match.Value)), Tail), static match => IsCard(match.Value) ? Tail(match) : match.Value)
        : text;

    // Nothing shorter than a telephone number is personal: most texts end here.
    private static bool HasRun(string text)
    {
        var run = 0;
        foreach (var letter in text)
        {
            run = char.IsDigit(letter) ? run + 1 : letter is ' ' or '-' ? run : 0;
            if (run >= 10)
            {
                return true;
            }
        }

        return false;
    }

    private static string Ends(string number) => number[0] + new string(Hidden, number.Length - 2) + number[^1];

    private static string Tail(Match match) => new string(Hidden, match.Length - TailShown) + match.Value[^TailShown..];

    // ISO/IEC 7812-1, annex B: the last digit of a card checks the others.
    private static bool IsCard(string digits)
    {
        // Those of banks begin with 3 to 6, and with 9 of one of them (ISO/IEC 7812-1): a serial number that begins with a year never does.
        if (digits.Length is < CardDigitsMin or > CardDigitsMax || char.GetNumericValue(digits[0]) is not ((>= 3 and <= 6) or 9))
        {
            return false;
        }

        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            var digit = (int)char.GetNumericValue(digits[^(i + 1)]);
            sum += i % 2 == 0 ? digit : digit > 4 ? (digit * 2) - 9 : digit * 2;
        }

        return sum % 10 == 0;
    }

    // GB 11643: region, day of birth, order, check. A wrong check digit is a slip of the pen and still a person's number.
    [GeneratedRegex(@"(?<!\d)\d{6}(?:18|19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXxＸｘ](?!\d)")]
    private static partial Regex Identity();

    // Of before 1999: fifteen digits.
    [GeneratedRegex(@"(?<!\d)\d{8}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}(?!\d)")]
    private static partial Regex OldIdentity();

    [GeneratedRegex(@"(?<!\d)(?:(?:\+?86|0086)[ -]?)?1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?!\d)|(?<!\d)0\d{2,3}[ -]\d{7,8}(?!\d)")]
    private static partial Regex Phone();

    // Cards are 16 to 19 digits, accounts of banks 12 to 30, often in groups of four.
    [GeneratedRegex(@"(?<!\d)(?:\d{12,30}|\d{4}(?:[ -]\d{4}){2,6}(?:[ -]\d{1,4})?)(?!\d)")]
    private static partial Regex Account();

    [GeneratedRegex(@"\d+")]
    private static partial Regex Digits();
}
