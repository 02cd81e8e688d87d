namespace CommandCenter.Web.Intake;

/// <summary>Reads <c>2017-09-01T09:30:00.123+08:00</c>: a date and time with an offset, as RFC 3339 §5.6 has it.</summary>
/// <remarks>
/// The framework's parsers take a time without an offset for local time; here it must be an error. A leap second (second 60) is one, too:
/// our line of time has no place for it, and moving it in silence would be worse.
/// </remarks>
internal static class Rfc3339
{
    private const int ShortestLength = 20; // 2017-09-01T01:30:00Z
    private const int FractionDigitsMax = 9;

    public static bool TryParse(ReadOnlySpan<byte> text, out DateTimeOffset at)
    {
        at = default;
        if (text.Length < ShortestLength
            || text[4] != '-' || text[7] != '-' || text[10] is not ((byte)'T' or (byte)'t') || text[13] != ':' || text[16] != ':'
            || !TryDigits(text[..4], out var year) || !TryDigits(text[5..7], out var month) || !TryDigits(text[8..10], out var day)
            || !TryDigits(text[11..13], out var hour) || !TryDigits(text[14..16], out var minute) || !TryDigits(text[17..19], out var second)
            || year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month)
            || hour > 23 || minute > 59 || second > 59)
        {
            return false;
        }

        var rest = text[19..];
        if (!TryFraction(ref rest, out var ticks) || !TryOffset(rest, out var offset))
        {
            return false;
        }

        var utc = new DateTime(year, month, day, hour, minute, second, DateTimeKind.Utc).Ticks + ticks - offset.Ticks;
        if (utc < 0 || utc > DateTime.MaxValue.Ticks)
        {
            return false;
        }

        at = new DateTimeOffset(utc, TimeSpan.Zero);
        return true;
    }

    // Digits beyond 100 ns are read and dropped: the journal keeps ticks.
    private static bool TryFraction(ref ReadOnlySpan<byte> rest, out long ticks)
    {
        ticks = 0;
        if (rest.IsEmpty || rest[0] != '.')
        {
            return true;
        }

        var digits = 0;
        var unit = TimeSpan.TicksPerSecond / 10;
        for (rest = rest[1..]; !rest.IsEmpty && rest[0] is >= (byte)'0' and <= (byte)'9'; rest = rest[1..])
        {
            if (++digits > FractionDigitsMax)
            {
                return false;
            }

            ticks += (rest[0] - '0') * unit;
            unit /= 10;
        }

        return digits > 0;
    }

    private static bool TryOffset(ReadOnlySpan<byte> rest, out TimeSpan offset)
    {
        offset = TimeSpan.Zero;
        if (rest.Length == 1 && rest[0] is (byte)'Z' or (byte)'z')
        {
            return true;
        }

        if (rest.Length != 6 || rest[0] is not ((byte)'+' or (byte)'-') || rest[3] != ':'
            || !TryDigits(rest[1..3], out var hours) || !TryDigits(rest[4..], out var minutes) || hours > 23 || minutes > 59)
        {
            return false;
        }

        offset = new TimeSpan(hours, minutes, 0);
        if (rest[0] == '-')
        {
            offset = -offset;
        }

        return true;
    }

    private static bool TryDigits(ReadOnlySpan<byte> text, out int value)
    {
        value = 0;
        foreach (var unit in text)
        {
            if (unit is < (byte)'0' or > (byte)'9')
            {
                return false;
            }

            value = (value * 10) + (unit - '0');
        }

        return true;
    }
}
