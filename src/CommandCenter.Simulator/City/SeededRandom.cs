namespace CommandCenter.Simulator.City;

/// <summary>Random numbers that depend on nothing but their key: the same seed, purpose and key give the same numbers on every run.</summary>
/// <remarks>
/// SplitMix64 (Steele, Lea and Flood, 2014). One generator per thing drawn (a case, a day of a court) instead of one for
/// the city, so that one more draw in one flow does not change every other case.
/// </remarks>
internal sealed class SeededRandom
{
    private ulong _state;

    private SeededRandom(ulong state) => _state = state;

    /// <summary>The generator of one thing.</summary>
    /// <param name="seed">The seed of the city.</param>
    /// <param name="purpose">What is drawn, so that two things with the same key differ.</param>
    /// <param name="first">First part of the key.</param>
    /// <param name="second">Second part of the key.</param>
    public static SeededRandom For(long seed, string purpose, long first, long second = 0)
    {
        var state = Mix((ulong)seed);
        foreach (var letter in purpose)
        {
            state = Mix(state ^ letter);
        }

        return new SeededRandom(Mix(Mix(state ^ (ulong)first) ^ (ulong)second));
    }

    /// <summary>A number in [0, 1).</summary>
    public double NextDouble() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>An integer from <paramref name="least"/> to <paramref name="most"/>, both included.</summary>
    public int Between(int least, int most) => least + (int)(NextDouble() * (most - least + 1));

    /// <summary>Whether something of this probability happens.</summary>
    public bool Happens(double probability) => NextDouble() < probability;

    /// <summary>One of the given things, each as likely as the other.</summary>
    public T OneOf<T>(IReadOnlyList<T> things) => things[Between(0, things.Count - 1)];

    /// <summary>An index, drawn in proportion to the weights.</summary>
    public int Weighted(ReadOnlySpan<double> weights)
    {
        var sum = 0.0;
        foreach (var weight in weights)
        {
            sum += weight;
        }

        var left = NextDouble() * sum;
        for (var i = 0; i < weights.Length - 1; i++)
        {
            left -= weights[i];
            if (left < 0)
            {
                return i;
            }
        }

        return weights.Length - 1;
    }

    /// <summary>A log-normal number: half of the draws are below the median; sigma widens the tail.</summary>
    public double LogNormal(double median, double sigma) => median * Math.Exp(sigma * Normal());

    /// <summary>A standard normal number (Box–Muller).</summary>
    public double Normal()
    {
        var radius = Math.Sqrt(-2 * Math.Log(1 - NextDouble()));
        return radius * Math.Cos(2 * Math.PI * NextDouble());
    }

    private static ulong Mix(ulong value)
    {
        value += 0x9E3779B97F4A7C15;
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }

    private ulong Next()
    {
        var drawn = Mix(_state);
        _state += 0x9E3779B97F4A7C15;
        return drawn;
    }
}
