using CommandCenter.Simulator.City;

namespace CommandCenter.Simulator.Mischief;

/// <summary>When the line to a court is down. A court falls silent on one day in twenty, for 2 to 20 hours.</summary>
/// <param name="seed">The seed of the city.</param>
internal sealed class SilentCourts(long seed)
{
    private const double DayShare = 0.05;

    private readonly Dictionary<(string Court, DateOnly Day), (DateTimeOffset From, DateTimeOffset To)?> _silences = [];

    /// <summary>When a court that is silent at a moment speaks again; <see langword="null"/> when it is not silent.</summary>
    public DateTimeOffset? SpeaksAgain(string court, DateTimeOffset at)
    {
        var day = Shanghai.DayOf(at);
        return Within(court, day, at) ?? Within(court, day.AddDays(-1), at);
    }

    private DateTimeOffset? Within(string court, DateOnly day, DateTimeOffset at) =>
        SilenceOf(court, day) is { } silence && at >= silence.From && at < silence.To ? silence.To : null;

    private (DateTimeOffset From, DateTimeOffset To)? SilenceOf(string court, DateOnly day)
    {
        if (!_silences.TryGetValue((court, day), out var silence))
        {
            var random = SeededRandom.For(seed, "silence", court.GetStableHash(), day.DayNumber);
            if (random.Happens(DayShare))
            {
                var from = Shanghai.StartOf(day).AddMinutes(random.Between(8 * 60, 16 * 60));
                silence = (from, from.AddMinutes(random.Between(2 * 60, 20 * 60)));
            }

            _silences.Add((court, day), silence);
        }

        return silence;
    }
}
