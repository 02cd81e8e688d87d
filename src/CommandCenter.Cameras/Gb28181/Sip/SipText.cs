using System.Globalization;

namespace CommandCenter.Cameras.Gb28181.Sip;

/// <summary>The small grammar inside header values: lists, parameters, addresses, numbers. Never throws, whatever the text.</summary>
internal static class SipText
{
    private const string TokenMarks = "-.!%*_+`'~";

    public static bool IsToken(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (!char.IsAsciiLetterOrDigit(c) && !TokenMarks.Contains(c, StringComparison.Ordinal))
            {
                return false;
            }
        }

        return text.Length > 0;
    }

    /// <summary>Splits at a mark that stands neither in quotes nor in angle brackets. What is beyond the limit stays in the last part.</summary>
    public static List<string> Split(string text, char mark)
    {
        var parts = new List<string>();
        var from = 0;
        for (int at; parts.Count < SipLimits.ValueCountMax - 1 && (at = Find(text, from, mark)) < text.Length; from = at + 1)
        {
            parts.Add(text[from..at].Trim());
        }

        parts.Add(text[from..].Trim());
        return parts;
    }

    /// <summary>Whether every quote and every angle bracket that opens is closed.</summary>
    public static bool IsBalanced(string text) => Find(text, 0, mark: null) == text.Length;

    /// <summary>A parameter behind a semicolon, without its quotes; empty when it has no value, <see langword="null"/> when it is not there.</summary>
    public static string? Parameter(string value, string name)
    {
        foreach (var part in Split(value, ';').Skip(1))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            var key = (equals < 0 ? part : part[..equals]).Trim();
            if (key.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return equals < 0 ? string.Empty : Unquote(part[(equals + 1)..].Trim());
            }
        }

        return null;
    }

    /// <summary>What a quoted string means; any other text as it is.</summary>
    public static string Unquote(string text) => text is ['"', .., '"'] && text.Length >= 2
        ? text[1..^1].Replace("\\\"", "\"", StringComparison.Ordinal)
        : text;

    /// <summary>The URI of an address: what stands in angle brackets, or all before the first semicolon.</summary>
    public static string Uri(string address)
    {
        var open = Find(address, 0, '<');
        if (open < address.Length)
        {
            var close = address.IndexOf('>', open);
            return close < 0 ? string.Empty : address[(open + 1)..close].Trim();
        }

        return Split(address, ';')[0];
    }

    /// <summary>The user of an address or a URI of the scheme sip; <see langword="null"/> when it has none.</summary>
    public static string? User(string address)
    {
        var uri = Uri(address);
        var at = uri.IndexOf('@', StringComparison.Ordinal);
        return at > 4 && uri.StartsWith("sip:", StringComparison.OrdinalIgnoreCase) ? uri[4..at] : null;
    }

    /// <summary>A whole number of digits alone, at most <paramref name="max"/>.</summary>
    public static long? Number(ReadOnlySpan<char> text, long max) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= max ? number : null;

    // The first mark outside quotes and brackets; the length when there is none; beyond it when something was opened and not closed.
    private static int Find(string text, int from, char? mark)
    {
        var isQuoted = false;
        var isBracketed = false;
        for (var i = from; i < text.Length; i++)
        {
            var c = text[i];
            if (isQuoted)
            {
                i += c == '\\' ? 1 : 0;
                isQuoted = c != '"';
            }
            else if (c == mark && !isBracketed)
            {
                return i;
            }
            else if (isBracketed)
            {
                isBracketed = c != '>';
            }
            else
            {
                isQuoted = c == '"';
                isBracketed = c == '<';
            }
        }

        return isQuoted || isBracketed ? text.Length + 1 : text.Length;
    }
}
