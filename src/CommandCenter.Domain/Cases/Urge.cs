namespace CommandCenter.Domain.Cases;

/// <summary>What a chief urges about.</summary>
public enum UrgeAbout
{
    /// <summary>Anything else; the text says what.</summary>
    Other = 0,

    /// <summary>超期: the case is beyond its limit, or will be soon.</summary>
    Limit = 1,

    /// <summary>查控到期: a control lapses unless it is renewed.</summary>
    Control = 2,

    /// <summary>案款待发: money waits to be paid out.</summary>
    Money = 3,
}

/// <summary>督促: a chief told the handler of a case to see to something, and what the handler replied.</summary>
/// <param name="Id">Its id; once in a case.</param>
/// <param name="About">About what.</param>
/// <param name="Text">What the chief added, if anything.</param>
/// <param name="By">Who urged, by name.</param>
/// <param name="At">When, in UTC.</param>
/// <param name="Due">The day by which a reply is asked for.</param>
public sealed record Urge(string Id, UrgeAbout About, string? Text, string By, DateTimeOffset At, DateOnly? Due)
{
    /// <summary>The most urges that a case keeps. A case that was urged that often needs a talk, not another message.</summary>
    public const int CountMax = 64;

    /// <summary>The reply; <see langword="null"/> while the urge waits for one.</summary>
    public UrgeAnswer? Answer { get; init; }
}

/// <summary>The reply to an urge.</summary>
/// <param name="Text">In the handler's words.</param>
/// <param name="By">Who replied, by name.</param>
/// <param name="At">When, in UTC.</param>
public sealed record UrgeAnswer(string Text, string By, DateTimeOffset At);
