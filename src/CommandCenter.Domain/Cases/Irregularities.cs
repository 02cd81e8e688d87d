namespace CommandCenter.Domain.Cases;

/// <summary>What is against procedure in a fact that a source reported. Such a fact is recorded and flagged, never dropped: supervision reads the flags.</summary>
[Flags]
public enum Irregularities
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>A node before any node that must come first (IRR-01).</summary>
    BeforePrecondition = 1 << 0,

    /// <summary>An occurrence number that leaves a gap.</summary>
    OccurrenceGap = 1 << 1,

    /// <summary>A node reported again that was done, or that cannot repeat.</summary>
    RepeatedNode = 1 << 2,

    /// <summary>Dated before the case was filed.</summary>
    BeforeFiling = 1 << 3,

    /// <summary>A terminal closing (终本) earlier than three months after filing (终本规定1条4项).</summary>
    TerminalTooEarly = 1 << 4,

    /// <summary>More money paid out than the case holds.</summary>
    Overdrawn = 1 << 5,

    /// <summary>A step of the case after its closing, archiving apart.</summary>
    AfterClosing = 1 << 6,

    /// <summary>A reinstated case (执恢) that names no parent.</summary>
    NoParent = 1 << 7,
}
