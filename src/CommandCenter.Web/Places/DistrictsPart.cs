using System.Text.Json;
using CommandCenter.Web.Wall;

namespace CommandCenter.Web.Places;

/// <summary>The districts of the map with every figure that may shade them. Outlines do not travel: the page has them.</summary>
internal sealed class DistrictsPart(PlaceMap map) : IWallPartSource
{
    public const string PartName = "districts";

    private const long FenPerWan = 10_000 * 100;
    private const long FenPerMillion = 100 * FenPerWan;

    // Limits that hold for a minute: a district must not flicker between two shades because another one got a case.
    private static readonly TimeSpan s_breaksFor = TimeSpan.FromMinutes(1);
    private static readonly DistrictFigure[] s_figures = Enum.GetValues<DistrictFigure>();

    private volatile KeptBreaks? _kept;

    public string Name => PartName;

    public object Read(WallSample sample)
    {
        var figures = sample.Figures;
        var courts = figures.Courts.ToDictionary(court => court.Mark, StringComparer.Ordinal);
        var values = s_figures
            .Select(figure => map.Districts.Select(district => courts.TryGetValue(district.CourtMark, out var court) ? DistrictShades.ValueOf(court, figure) : null).ToArray())
            .ToArray();
        var kept = _kept;
        var isDue = kept is null || (figures.AsOf - kept.At).Duration() >= s_breaksFor;
        _kept = kept = new KeptBreaks(
            isDue ? figures.AsOf : kept!.At,
            [.. s_figures.Select((figure, index) => isDue || IsOutgrown(figure, kept!.Breaks[index], values[index]) ? DistrictShades.BreaksOf(values[index]) : kept.Breaks[index])]);

        var stopped = figures.Stopped.SelectMany(partition => partition.CourtMarks).ToHashSet(StringComparer.Ordinal);
        return new DistrictsState(
            [.. s_figures.Select((figure, index) => new DistrictShades(figure, kept.Breaks[index], values[index]))],
            [.. map.Districts.Select(district => stopped.Contains(district.CourtMark))]);
    }

    /// <summary><c>{"stopped":[],"figures":{"pending":{"unit":"件","breaks":["120",…],"values":[["3,210",5],["—",null],…]},…}}</c>,
    /// values in the order of the districts, breaks the upper limits of shades 1 to 4.</summary>
    public void Write(Utf8JsonWriter json, object state, WallLanguage language)
    {
        var districts = (DistrictsState)state;
        json.WriteStartObject();
        json.WriteStartArray("stopped");
        foreach (var (index, _) in districts.Stopped.Index().Where(district => district.Item))
        {
            json.WriteNumberValue(index);
        }

        json.WriteEndArray();
        json.WriteStartObject("figures");
        foreach (var shades in districts.Figures)
        {
            WriteShades(json, shades, language);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>The name of a figure in parts, panels and wall files.</summary>
    public static string NameOf(DistrictFigure figure) => JsonNamingPolicy.CamelCase.ConvertName(figure.ToString());

    private static void WriteShades(Utf8JsonWriter json, DistrictShades shades, WallLanguage language)
    {
        json.WriteStartObject(NameOf(shades.Figure));
        json.WriteStartArray("breaks");
        foreach (var limit in shades.Breaks)
        {
            json.WriteStringValue(TextOf(shades.Figure, limit, language));
        }

        json.WriteEndArray();
        json.WriteStartArray("values");
        for (var i = 0; i < shades.Values.Count; i++)
        {
            json.WriteStartArray();
            json.WriteStringValue(shades.Values[i] is { } value ? TextOf(shades.Figure, value, language) : "—");
            if (shades.ShadeOf(i) is { } shade)
            {
                json.WriteNumberValue(shade);
            }
            else
            {
                json.WriteNullValue();
            }

            json.WriteEndArray();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    // There is room for six characters in a district: an amount of a hundred and more units has no decimals.
    private static string TextOf(DistrictFigure figure, long value, WallLanguage language)
    {
        if (figure != DistrictFigure.FundsIn)
        {
            return CountText.Of(value);
        }

        var unit = language == WallLanguage.En ? FenPerMillion : FenPerWan;
        return value / unit is >= 100 or <= -100 ? CountText.Of(value / unit) : MoneyText.OfColumn(value, language).Value;
    }

    // The first figures of a day, or an import, must not wait for a legend that says nothing about them.
    private static bool IsOutgrown(DistrictFigure figure, IReadOnlyList<long> breaks, long?[] values)
    {
        var shades = new DistrictShades(figure, breaks, values);
        var known = Enumerable.Range(0, values.Length).Select(shades.ShadeOf).Where(shade => shade > 0).ToArray();
        return known.Length > 0 && known.GroupBy(shade => shade).Max(group => group.Count()) * 2 > known.Length;
    }

    private sealed record KeptBreaks(DateTimeOffset At, IReadOnlyList<IReadOnlyList<long>> Breaks);
}

/// <summary>The shades of all districts at one instant.</summary>
/// <param name="Figures">By <see cref="DistrictFigure"/>.</param>
/// <param name="Stopped">By district: whether its figures are old because its partition takes no events.</param>
internal sealed record DistrictsState(IReadOnlyList<DistrictShades> Figures, IReadOnlyList<bool> Stopped)
{
    public bool Equals(DistrictsState? other) => other is not null && Figures.SequenceEqual(other.Figures) && Stopped.SequenceEqual(other.Stopped);

    public override int GetHashCode() => HashCode.Combine(Figures.Count, Stopped.Count);
}
