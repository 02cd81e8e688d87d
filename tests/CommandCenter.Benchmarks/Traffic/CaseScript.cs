namespace CommandCenter.Benchmarks.Traffic;

/// <summary>One step in the life of a case.</summary>
internal enum CaseStep
{
    Filed,
    Assigned,
    Node,
    Controlled,
    Received,
    Disbursed,
    Released,
    Closed,
}

/// <summary>The steps that a case takes, in order, with the node of those that reach one.</summary>
internal static class CaseScript
{
    /// <summary>A case that is performed by money: what a day of a court is mostly made of.</summary>
    public static readonly (CaseStep Step, string Node)[] Whole =
    [
        (CaseStep.Filed, ""), (CaseStep.Node, "CX"), (CaseStep.Assigned, ""), (CaseStep.Node, "GZ"), (CaseStep.Node, "TZ"), (CaseStep.Node, "CB"),
        (CaseStep.Node, "FK"), (CaseStep.Node, "DJ"), (CaseStep.Controlled, ""), (CaseStep.Node, "HK"), (CaseStep.Received, ""), (CaseStep.Node, "DZ"),
        (CaseStep.Node, "FP"), (CaseStep.Node, "SP"), (CaseStep.Disbursed, ""), (CaseStep.Node, "FF"), (CaseStep.Released, ""), (CaseStep.Node, "JA"),
        (CaseStep.Closed, ""), (CaseStep.Node, "GD"),
    ];

    /// <summary>About four events: many cases at little cost.</summary>
    public static readonly (CaseStep Step, string Node)[] Short =
        [(CaseStep.Filed, ""), (CaseStep.Assigned, ""), (CaseStep.Node, "TZ"), (CaseStep.Received, ""), (CaseStep.Closed, "")];
}
