namespace CommandCenter.Cameras.Gb28181.Manscdp;

/// <summary>An element of a MANSCDP document: its text, or what is in it. Attributes mean nothing to us.</summary>
internal sealed class ManscdpElement(string name)
{
    public string Name { get; } = name;

    /// <summary>Its own text, trimmed.</summary>
    public string Text { get; set; } = string.Empty;

    public List<ManscdpElement> Children { get; } = [];

    public ManscdpElement? Child(string name) => Children.Find(child => child.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>The text of a child, cut to a length; <see langword="null"/> when there is none or it is empty.</summary>
    public string? TextOf(string name, int charsMax = 256) =>
        Child(name)?.Text is { Length: > 0 } text ? (text.Length <= charsMax ? text : text[..charsMax]) : null;
}
