namespace CommandCenter.Simulator.Mischief;

/// <summary>What goes wrong between the courts and the product.</summary>
[Flags]
internal enum MischiefKinds
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>A case is reported hours or days late, from one step on.</summary>
    Late = 1 << 0,

    /// <summary>An event is told twice.</summary>
    Duplicate = 1 << 1,

    /// <summary>A step of a case is told after the step that follows it.</summary>
    OutOfOrder = 1 << 2,

    /// <summary>An event says what cannot be: the product must refuse it.</summary>
    Contradictory = 1 << 3,

    /// <summary>The clock of a court is wrong.</summary>
    ClockSkew = 1 << 4,

    /// <summary>A court says nothing for hours, then everything at once.</summary>
    SilentCourt = 1 << 5,
}

/// <summary>The names of the kinds on the command line and in the expect file.</summary>
internal static class MischiefNames
{
    /// <summary>Every kind by its name.</summary>
    public static readonly IReadOnlyDictionary<string, MischiefKinds> ByName = new Dictionary<string, MischiefKinds>(StringComparer.Ordinal)
    {
        ["late"] = MischiefKinds.Late,
        ["duplicate"] = MischiefKinds.Duplicate,
        ["out-of-order"] = MischiefKinds.OutOfOrder,
        ["contradictory"] = MischiefKinds.Contradictory,
        ["clock-skew"] = MischiefKinds.ClockSkew,
        ["silent-court"] = MischiefKinds.SilentCourt,
    };

    /// <summary>The name of one kind.</summary>
    public static string NameOf(MischiefKinds kind) => ByName.First(pair => pair.Value == kind).Key;
}
