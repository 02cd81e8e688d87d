using CommandCenter.Web.Import.Logs;

namespace CommandCenter.Web.Import.Mapping;

/// <summary>What a template or data field can see while one row is mapped. One per mapper, reused for every row.</summary>
internal sealed class RowScope(ImportMapping mapping)
{
    private char[] _text = new char[256];

    public ImportMapping Mapping { get; } = mapping;

    public LogRow Row { get; set; } = null!;

    public CaseState State { get; set; } = null!;

    /// <summary>Length of the text that the last template wrote.</summary>
    public int TextLength { get; private set; }

    public ReadOnlySpan<char> Text => _text.AsSpan(0, TextLength);

    public void ClearText() => TextLength = 0;

    public void Append(ReadOnlySpan<char> text)
    {
        if (text.Length > _text.Length - TextLength)
        {
            Array.Resize(ref _text, Math.Max(_text.Length * 2, TextLength + text.Length));
        }

        text.CopyTo(_text.AsSpan(TextLength));
        TextLength += text.Length;
    }

    public void Append(long value)
    {
        Span<char> digits = stackalloc char[20];
        value.TryFormat(digits, out var length);
        Append(digits[..length]);
    }
}
