using CommandCenter.Web.Grains;

namespace CommandCenter.Web.Intake;

/// <summary>Texts that lines repeat: handlers, causes, grounds. One place for each hash, so that it never grows. Belongs to one parser.</summary>
internal sealed class RecentTexts
{
    private const int Places = 2_048;
    private const int BytesMax = 128;

    private readonly (byte[] Utf8, string Text)[] _texts = new (byte[], string)[Places];

    /// <summary>The string of a text that was kept, or <see langword="null"/>.</summary>
    public string? Find(ReadOnlySpan<byte> utf8)
    {
        ref var place = ref PlaceOf(utf8);
        return utf8.SequenceEqual(place.Utf8) ? place.Text : null;
    }

    public void Keep(ReadOnlySpan<byte> utf8, string text)
    {
        if (utf8.Length <= BytesMax)
        {
            PlaceOf(utf8) = (utf8.ToArray(), text);
        }
    }

    private ref (byte[] Utf8, string Text) PlaceOf(ReadOnlySpan<byte> utf8) =>
        ref _texts[Utf8Comparer.Instance.GetHashCode(utf8) & (Places - 1)];
}
