namespace CommandCenter.Simulator.Demonstration;

/// <summary>What a demonstration is.</summary>
internal sealed record DemonstrationOptions
{
    /// <summary>The seed of the city. One data directory holds the city of one seed.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>Days of history before today, 1 to <see cref="DaysMax"/>.</summary>
    public int Days { get; init; } = 60;

    /// <summary>The steady pace: cases begun every ten seconds beside the city's own day, 0 to 10.</summary>
    public double Rate { get; init; } = 1;

    /// <summary>Longest history.</summary>
    public const int DaysMax = 730;
}
