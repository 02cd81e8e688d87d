namespace CommandCenter.Web.Import.Mapping;

/// <summary>Reads a time such as <c>2006-07-24T00:00:00.000+02:00</c>: RFC 3339 with an offset.</summary>
internal static class TimeText
{
    private const int SecondsEnd = 19;

    /// <summary>Checks the text and gives its place in time, for ordering; the event carries the text as it stands.</summary>
    /// <remarks>By hand, because it runs once a row and <see cref="DateTimeOffset.TryParse(string, out DateTimeOffset)"/>
    /// would take the machine's own offset for a text without one.</remarks>
    public static RowFault? Parse(ReadOnlySpan<char> text, out long utcTicks)
    {
        utcTicks = 0;
        if (text.Length < SecondsEnd || text[4] != '-' || text[7] != '-' || text[10] is not ('T' or 't')
            || text[13] != ':' || text[16] != ':'
            || !Digits(text[..4], out var year) || !Digits(text[5..7], out var month) || !Digits(text[8..10], out var day)
            || !Digits(text[11..13], out var hour) || !Digits(text[14..16], out var minute)
            || !Digits(text[17..19], out var second)
            || year == 0 || month is 0 or > 12 || day == 0 || day > DateTime.DaysInMonth(year, month)
            || hour > 23 || minute > 59 || second > 59)
        {
            return Invalid(text);
        }

        var rest = text[SecondsEnd..];
        long fractionTicks = 0;
        if (rest is ['.', ..])
        {
            var end = rest[1..].IndexOfAnyExceptInRange('0', '9');
            var fraction = end < 0 ? rest[1..] : rest[1..(end + 1)];
            if (fraction.IsEmpty || fraction.Length > 9)
            {
                return Invalid(text);
            }

            for (var i = 0; i < 7; i++)
            {
                fractionTicks = (fractionTicks * 10) + (i < fraction.Length ? fraction[i] - '0' : 0);
            }

            rest = rest[(fraction.Length + 1)..];
        }

        if (rest.IsEmpty)
        {
            return new(RowFault.TimeWithoutOffset, $"The time '{text}' has no offset.");
        }

        var offsetMinutes = 0;
        if (rest is not (['Z'] or ['z']))
        {
            if (rest.Length != 6 || rest[0] is not ('+' or '-') || rest[3] != ':'
                || !Digits(rest[1..3], out var offsetHour) || !Digits(rest[4..6], out var offsetMinute)
                || offsetHour > 14 || offsetMinute > 59)
            {
                return Invalid(text);
            }

            offsetMinutes = ((offsetHour * 60) + offsetMinute) * (rest[0] == '-' ? -1 : 1);
        }

        utcTicks = new DateTime(year, month, day, hour, minute, second, DateTimeKind.Utc).Ticks
            + fractionTicks - (offsetMinutes * TimeSpan.TicksPerMinute);
        return null;
    }

    private static bool Digits(ReadOnlySpan<char> text, out int value)
    {
        value = 0;
        foreach (var c in text)
        {
            if (!char.IsAsciiDigit(c))
            {
                return false;
            }

            value = (value * 10) + (c - '0');
        }

        return true;
    }

    private static RowFault Invalid(ReadOnlySpan<char> text) =>
        new(RowFault.TimeInvalid, $"'{(text.Length > 40 ? text[..40] : text)}' is not an RFC 3339 time.");
}
