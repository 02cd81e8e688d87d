namespace CommandCenter.Web.Trail;

/// <summary>A route or page that shows or does something of which a trace stays: every command, every look at cases, payments and the trace itself.</summary>
/// <param name="action">Stable code of the act.</param>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class LeavesTraceAttribute(string action) : Attribute
{
    public string Action { get; } = action;

    /// <summary>The parameter of the route that names what it is done to; without one the question itself is kept.</summary>
    public string? Subject { get; init; }
}

/// <summary>How routes say it.</summary>
internal static class LeavesTraceExtensions
{
    public static TBuilder LeavesTrace<TBuilder>(this TBuilder builder, string action, string? subject = null) where TBuilder : IEndpointConventionBuilder
    {
        builder.Add(endpoint => endpoint.Metadata.Add(new LeavesTraceAttribute(action) { Subject = subject }));
        return builder;
    }
}
