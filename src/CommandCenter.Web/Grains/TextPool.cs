using System.Text;

namespace CommandCenter.Web.Grains;

/// <summary>One string for equal texts, and a number for each. Grows with the number of different handlers, causes and marks; belongs to one partition.</summary>
internal sealed class TextPool
{
    private const int BytesPooledMax = 256;

    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly Dictionary<byte[], string>.AlternateLookup<ReadOnlySpan<byte>> _byBytes =
        new Dictionary<byte[], string>(Utf8Comparer.Instance).GetAlternateLookup<ReadOnlySpan<byte>>();

    private readonly List<string> _texts = [];

    public int Count => _texts.Count;

    public string this[int number] => _texts[number];

    public string Get(ReadOnlySpan<byte> utf8)
    {
        if (_byBytes.TryGetValue(utf8, out var known))
        {
            return known;
        }

        var text = Encoding.UTF8.GetString(utf8);
        if (utf8.Length <= BytesPooledMax)
        {
            text = _texts[NumberOf(text)];
            _byBytes[utf8] = text;
        }

        return text;
    }

    public int NumberOf(string text)
    {
        if (!_numbers.TryGetValue(text, out var number))
        {
            number = _texts.Count;
            _texts.Add(text);
            _numbers.Add(text, number);
        }

        return number;
    }

    /// <summary>A copy, for another thread.</summary>
    public string[] Capture() => [.. _texts];

    /// <summary>The number of a text, or −1 when it never occurred.</summary>
    public int Find(string text) => _numbers.TryGetValue(text, out var number) ? number : -1;
}
