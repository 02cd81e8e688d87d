using CommandCenter.Simulator.City;
using CommandCenter.Simulator.Mischief;

namespace CommandCenter.Simulator.Simulation;

/// <summary>What a simulation is.</summary>
internal sealed record SimulationOptions
{
    /// <summary>Longest simulation, in days.</summary>
    public const int DaysMax = 1_461;

    /// <summary>Greatest finite rate: a day in less than nine seconds.</summary>
    public const double RateMax = 10_000;

    /// <summary>The seed of the city.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>The first day of which everything is told; <see langword="null"/> for as many days before today as there are.</summary>
    public DateOnly? From { get; init; }

    /// <summary>How many days, 1 to <see cref="DaysMax"/>. Nothing is told before it happens, so the present ends a simulation, too.</summary>
    public int Days { get; init; } = 1;

    /// <summary>How far before the first day the old stock (旧存) goes back, 0 to <see cref="CityWalk.StockDays"/> days.</summary>
    public int StockDays { get; init; } = CityWalk.StockDays;

    /// <summary>How many times real time; <see langword="null"/> for as fast as it goes.</summary>
    public double? Rate { get; init; }

    /// <summary>Below 1: smaller courts. From 2 on: as many times the courts.</summary>
    public double Scale { get; init; } = 1;

    /// <summary>What goes wrong.</summary>
    public MischiefKinds Mischief { get; init; }

    /// <summary>Where the truth is written; <see langword="null"/> for nowhere.</summary>
    public string? ExpectFile { get; init; }
}
