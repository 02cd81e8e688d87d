using CommandCenter.Web.Wall;

namespace CommandCenter.Web.Places;

/// <summary>What may shade the districts.</summary>
internal enum DistrictFigure
{
    /// <summary>存案.</summary>
    Pending,

    /// <summary>今日新收.</summary>
    Received,

    /// <summary>超期.</summary>
    Overdue,

    /// <summary>今日款入, fen.</summary>
    FundsIn,
}

/// <summary>How one figure shades the districts.</summary>
/// <param name="Figure">Which.</param>
/// <param name="Breaks">The greatest value of each shade but the last, rising; at most four.</param>
/// <param name="Values">By district; unknown is <see langword="null"/>.</param>
internal sealed record DistrictShades(DistrictFigure Figure, IReadOnlyList<long> Breaks, IReadOnlyList<long?> Values)
{
    /// <summary>Shades of districts in which there is something; 0 is the shade of nothing.</summary>
    public const int ShadeCount = 5;

    /// <summary>0 for none, 1 to 5 from few to many, <see langword="null"/> without data.</summary>
    public int? ShadeOf(int district) => Values[district] switch
    {
        null => null,
        <= 0 => 0,
        { } value => 1 + Breaks.Count(limit => value > limit),
    };

    public bool Equals(DistrictShades? other) =>
        other is not null && Figure == other.Figure && Breaks.SequenceEqual(other.Breaks) && Values.SequenceEqual(other.Values);

    public override int GetHashCode() => HashCode.Combine(Figure, Breaks.Count, Values.Count);

    public static long? ValueOf(CourtFigures court, DistrictFigure figure) => figure switch
    {
        DistrictFigure.Pending => court.Pending,
        DistrictFigure.Received => court.Today.Received,
        DistrictFigure.Overdue => court.Overdue,
        _ => court.Today.FundsInFen,
    };

    /// <summary>A fifth of the districts to each shade, the limits rounded up to numbers that people remember.</summary>
    /// <remarks>Equal steps would put fifteen districts into one shade, because one district has as many cases as four others.</remarks>
    public static IReadOnlyList<long> BreaksOf(IReadOnlyList<long?> values)
    {
        var known = values.OfType<long>().Where(value => value > 0).Order().ToArray();
        if (known.Length == 0)
        {
            return [];
        }

        return [.. Enumerable.Range(1, ShadeCount - 1)
            .Select(share => Round(known[((known.Length * share) + ShadeCount - 1) / ShadeCount - 1]))
            .Distinct()
            .Where(limit => limit < known[^1])];
    }

    /// <summary>The next number up with two digits and zeros: each below 20, even ones below 40, then fives.</summary>
    /// <remarks>So short that a legend is read at a glance, so coarse that it holds for days.</remarks>
    public static long Round(long value)
    {
        if (value < 10)
        {
            return value;
        }

        var scale = 1L;
        while (value / scale >= 100)
        {
            scale *= 10;
        }

        // Rounded up without going through a floating number: fen reach beyond 2^53.
        var tens = (value / scale) + (value % scale == 0 ? 0 : 1);
        var step = tens switch { <= 20 => 1, <= 40 => 2, _ => 5 };
        var round = (tens + step - 1) / step * step;
        return round > long.MaxValue / scale ? long.MaxValue : round * scale;
    }
}
