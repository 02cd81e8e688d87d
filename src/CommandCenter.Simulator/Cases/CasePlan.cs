using System.Globalization;
using CommandCenter.Simulator.Events;

namespace CommandCenter.Simulator.Cases;

/// <summary>One step in the life of a case.</summary>
/// <param name="At">When.</param>
/// <param name="Data">What happens.</param>
internal readonly record struct CaseStep(DateTimeOffset At, EventData Data);

/// <summary>The whole life of one case, from filing to archive, planned when it is filed.</summary>
/// <param name="seed">The seed of the city.</param>
/// <param name="case">The case.</param>
/// <param name="handler">Its handler, who reports what the case does.</param>
/// <param name="steps">Its steps in the order of time; the first is its filing.</param>
/// <param name="closedAt">When it is closed; <see langword="null"/> when it stays open.</param>
internal sealed class CasePlan(long seed, CaseIdentity @case, string handler, CaseStep[] steps, DateTimeOffset? closedAt)
{
    private readonly string _idPrefix = @case.IdPrefix(seed);

    /// <summary>Case number.</summary>
    public string Number { get; } = @case.Number;

    /// <summary>Its steps in the order of time.</summary>
    public IReadOnlyList<CaseStep> Steps => steps;

    /// <summary>When it is filed.</summary>
    public DateTimeOffset FiledAt => steps[0].At;

    /// <summary>Whether it is filed and not closed at a moment.</summary>
    public bool IsOpenAt(DateTimeOffset moment) => FiledAt < moment && (closedAt is null || closedAt >= moment);

    /// <summary>A step as an event. Made when it is told: most steps of a history lie long before or after the moment that matters.</summary>
    public PlannedEvent EventOf(int step)
    {
        var (at, data) = steps[step];
        var by = data switch
        {
            EventData.CaseFiled => $"filing-{@case.Court.Code}",
            EventData.CaseAssigned => $"dispatch-{@case.Court.Code}",
            EventData.FundsReceived or EventData.FundsReversed => $"finance-{@case.Court.Code}",
            _ => handler,
        };
        return new PlannedEvent(string.Create(CultureInfo.InvariantCulture, $"{_idPrefix}.{step}"), at, @case.Court.Mark, Number, by, data);
    }
}
