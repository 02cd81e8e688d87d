using CommandCenter.Domain.Cases;

namespace CommandCenter.Domain.Courts;

/// <summary>存, the stock of one court: how many of its cases are in which state now. The state of the court grain.</summary>
/// <remarks>
/// It is counted from the states of the case grains, not from events: each change takes away what the old state counted for and
/// adds what the new one does. The five-minute figures count events. That the two agree is the identity that every window is held to.
/// </remarks>
/// <param name="OpenFirst">Open 执 cases.</param>
/// <param name="OpenReinstated">Open 执恢 cases.</param>
/// <param name="OpenPreservation">Open 执保 cases.</param>
/// <param name="OpenOther">Open cases of review and other types.</param>
/// <param name="Terminal">终本存量: terminal cases of the main types (执, 执恢) for which no reinstated case was filed.</param>
public readonly record struct CourtStock(long OpenFirst, long OpenReinstated, long OpenPreservation, long OpenOther, long Terminal)
{
    /// <summary>未结存案 of the main figures: 执 and 执恢.</summary>
    public long Pending => OpenFirst + OpenReinstated;

    /// <summary>What one case counts for in the court that holds it.</summary>
    public static CourtStock Of(CaseState state) => state switch
    {
        CaseState.Open s => s.File.Number.Type.Class switch
        {
            CaseClass.First => new CourtStock(1, 0, 0, 0, 0),
            CaseClass.Reinstated => new CourtStock(0, 1, 0, 0, 0),
            CaseClass.Preservation => new CourtStock(0, 0, 1, 0, 0),
            _ => new CourtStock(0, 0, 0, 1, 0),
        },
        CaseState.Closed { Way: CloseWay.Terminal, ReinstatedAs: null } s when s.File.Number.Type.Class is CaseClass.First or CaseClass.Reinstated
            => new CourtStock(0, 0, 0, 0, 1),
        _ => default,
    };

    /// <summary>The stock after one case changed.</summary>
    public CourtStock After(CaseState before, CaseState after)
    {
        var old = Of(before);
        var now = Of(after);
        return new CourtStock(
            OpenFirst - old.OpenFirst + now.OpenFirst,
            OpenReinstated - old.OpenReinstated + now.OpenReinstated,
            OpenPreservation - old.OpenPreservation + now.OpenPreservation,
            OpenOther - old.OpenOther + now.OpenOther,
            Terminal - old.Terminal + now.Terminal);
    }

    /// <summary>The open cases of a class.</summary>
    public long Open(CaseClass @class) => @class switch
    {
        CaseClass.First => OpenFirst,
        CaseClass.Reinstated => OpenReinstated,
        CaseClass.Preservation => OpenPreservation,
        _ => OpenOther,
    };
}
