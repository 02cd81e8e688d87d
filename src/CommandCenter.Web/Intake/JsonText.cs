using System.Buffers;
using System.Text.Json;

namespace CommandCenter.Web.Intake;

/// <summary>Reads texts that people and machines can keep: whole characters, nothing that steers a terminal, a limit on length.</summary>
internal static class JsonText
{
    // C0 and C1 controls and DEL. Line ends are among them: no field here has lines.
    private static readonly SearchValues<char> s_controls =
        SearchValues.Create([.. Enumerable.Range(0, 0x20).Concat(Enumerable.Range(0x7F, 0x21)).Select(unit => (char)unit)]);

    /// <summary>Reads the string or property name at which the reader stands.</summary>
    public static EventFault? Read(ref Utf8JsonReader reader, int lengthMax, out string text)
    {
        text = "";
        if (reader.TokenType is not (JsonTokenType.String or JsonTokenType.PropertyName))
        {
            return new EventFault(EventCodes.WrongKind, null, "A text is needed.");
        }

        if (!reader.ValueIsEscaped && reader.ValueSpan.Length > lengthMax * 4)
        {
            return TooLong(lengthMax);
        }

        try
        {
            text = reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            // The framework's word for a lone surrogate or broken UTF-8.
            return new EventFault(EventCodes.BadText, null, "The text is not valid Unicode.");
        }

        if (text.Length > lengthMax)
        {
            text = "";
            return TooLong(lengthMax);
        }

        if (text.AsSpan().IndexOfAny(s_controls) >= 0)
        {
            text = "";
            return new EventFault(EventCodes.BadText, null, "The text holds a control character.");
        }

        return null;
    }

    /// <summary>Reads a text that many lines repeat: equal ones are one string.</summary>
    public static EventFault? Read(ref Utf8JsonReader reader, int lengthMax, RecentTexts texts, out string text)
    {
        if (reader.TokenType != JsonTokenType.String || reader.ValueIsEscaped)
        {
            return Read(ref reader, lengthMax, out text);
        }

        if (texts.Find(reader.ValueSpan) is { } known && known.Length <= lengthMax)
        {
            text = known;
            return null;
        }

        var fault = Read(ref reader, lengthMax, out text);
        if (fault is null)
        {
            texts.Keep(reader.ValueSpan, text);
        }

        return fault;
    }

    /// <summary>Whether the escapes of the string or property name at which the reader stands make a text that we keep.</summary>
    /// <remarks>The reader's own comparison throws on a lone surrogate, so this comes before every comparison.</remarks>
    public static bool IsWhole(ref Utf8JsonReader reader) => !reader.ValueIsEscaped || Read(ref reader, int.MaxValue / 4, out _) is null;

    /// <summary>The first characters of a text, for an answer; never half a character.</summary>
    public static string Shortened(string text, int lengthMax) =>
        text.Length <= lengthMax ? text : text[..(char.IsHighSurrogate(text[lengthMax - 1]) ? lengthMax - 1 : lengthMax)];

    /// <summary>Whether bytes are whole UTF-8.</summary>
    public static bool IsUtf8(ReadOnlySpan<byte> bytes) => System.Text.Unicode.Utf8.IsValid(bytes);

    private static EventFault TooLong(int lengthMax) => new(EventCodes.TextTooLong, null, $"The text is longer than {lengthMax} characters.");
}
