using CommandCenter.Domain.Cases;

namespace CommandCenter.Domain.Officers;

/// <summary>目的地: a place that an officer is sent to. Whoever is seen within its radius has arrived.</summary>
/// <param name="Latitude">Degrees north, WGS-84.</param>
/// <param name="Longitude">Degrees east, WGS-84.</param>
/// <param name="RadiusM">In metres, <see cref="RadiusMin"/> to <see cref="RadiusMax"/>.</param>
/// <param name="Case">The case for which he goes there; <see langword="null"/> when that was not said.</param>
/// <param name="Source">The frame in which it was given.</param>
/// <remarks>No address and no name: a place is enough to know that he is there, and whose home it is belongs into the case.</remarks>
public sealed record Target(double Latitude, double Longitude, double RadiusM, CaseNumber? Case, Datum Source)
{
    /// <summary>Below it, what a body camera measures in a street of high houses would never arrive.</summary>
    public const double RadiusMin = 20;

    /// <summary>The radius when none is given: a housing estate.</summary>
    public const double RadiusDefault = 100;

    /// <summary>Beyond it, it is a district and no place.</summary>
    public const double RadiusMax = 2_000;

    /// <summary>Whether somebody at a position is there. A position that is less sure than the radius proves nothing.</summary>
    public bool Holds(Position position) =>
        (position.AccuracyM is not { } accuracy || accuracy <= RadiusM) && GreatCircle.Metres(Latitude, Longitude, position.Latitude, position.Longitude) <= RadiusM;
}

/// <summary>出警任务: an officer on his way to a place, or there.</summary>
/// <param name="Target">The place.</param>
/// <param name="SentAt">When he was sent.</param>
/// <param name="ArrivedAt">The earliest time from then at which he was seen there; <see langword="null"/> while he was not. A queue that comes late can make it earlier.</param>
public sealed record Errand(Target Target, DateTimeOffset SentAt, DateTimeOffset? ArrivedAt)
{
    /// <summary>The errand after a position of him was reported.</summary>
    public Errand Seen(Position position, DateTimeOffset at) =>
        at >= SentAt && !(at >= ArrivedAt) && Target.Holds(position) ? this with { ArrivedAt = at } : this;
}
