namespace CommandCenter.Domain.Tests;

/// <summary>Then: what a grain must have answered.</summary>
internal static class Then
{
    /// <summary>The command was refused with this code, at this field.</summary>
    public static void Refused<TEvent>(string code, string? field, Decision<TEvent> decision) =>
        Assert.Equal(new Decision<TEvent>.Rejected(code, field), decision);

    /// <summary>The command was accepted with exactly one event, of this type.</summary>
    public static TOne Happened<TOne>(Decision<Domain.Cases.CaseEvent> decision)
        where TOne : Domain.Cases.CaseEvent =>
        Assert.IsType<TOne>(Assert.Single(Assert.IsType<Decision<Domain.Cases.CaseEvent>.Accepted>(decision).Events));

    /// <summary>The command was accepted and its work was done before.</summary>
    public static void NothingHappened<TEvent>(Decision<TEvent> decision) =>
        Assert.Empty(Assert.IsType<Decision<TEvent>.Accepted>(decision).Events);
}
