namespace CommandCenter.Domain;

/// <summary>What a grain answers to a command: the events that follow from it, or a refusal with a stable code.</summary>
/// <typeparam name="TEvent">The closed event family of the grain.</typeparam>
public abstract record Decision<TEvent>
{
    private Decision()
    {
    }

    /// <summary>The command is accepted. No events means that its work was done before.</summary>
    /// <param name="Events">The events in the order in which they must be applied.</param>
    public sealed record Accepted(IReadOnlyList<TEvent> Events) : Decision<TEvent>;

    /// <summary>The command is refused and changes nothing.</summary>
    /// <param name="Code">A stable code such as <c>case.already-closed</c>; never prose.</param>
    /// <param name="Field">The field of the command that is at fault, where one is.</param>
    public sealed record Rejected(string Code, string? Field = null) : Decision<TEvent>;
}
