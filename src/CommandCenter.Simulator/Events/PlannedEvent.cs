namespace CommandCenter.Simulator.Events;

/// <summary>One event of the plan, as the product takes it at <c>POST /api/v1/events</c>.</summary>
/// <param name="Id">Unique and the same on every run, so that a repeated post changes nothing. At most 64 characters.</param>
/// <param name="At">When it happens.</param>
/// <param name="Court">Mark of the court.</param>
/// <param name="Case">Case number; <see langword="null"/> for an event of an officer.</param>
/// <param name="By">Who reports it: an officer, a handler or a desk of the court.</param>
/// <param name="Data">What happens.</param>
internal sealed record PlannedEvent(string Id, DateTimeOffset At, string Court, string? Case, string By, EventData Data)
{
    /// <summary>The code with which the product must refuse it; <see langword="null"/> for a fact. Planted by mischief alone.</summary>
    public string? Refusal { get; init; }

    /// <summary>Whether it was told before, byte for byte.</summary>
    public bool IsRepeat { get; init; }

    /// <summary>Whether it changes anything: what is refused or told again does not.</summary>
    public bool IsFact => Refusal is null && !IsRepeat;
}
