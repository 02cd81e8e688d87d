using Microsoft.AspNetCore.Authorization;

namespace CommandCenter.Web.Access;

/// <summary>The right that a page, a route or a hub asks for.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class NeedsAttribute(Right right) : Attribute, IAuthorizationRequirement, IAuthorizationRequirementData
{
    public Right Right { get; } = right;

    public IEnumerable<IAuthorizationRequirement> GetRequirements() => [this];
}

/// <summary>Answers <see cref="NeedsAttribute"/> from the table of roles.</summary>
internal sealed class RightHandler : AuthorizationHandler<NeedsAttribute>
{
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, NeedsAttribute requirement)
    {
        if (Viewer.Of(context.User)?.Has(requirement.Right) == true)
        {
            context.Succeed(requirement);
        }

        return Task.CompletedTask;
    }
}

/// <summary>Where nothing names a right: whoever is signed in. The framework asks this of every route, so it has nothing to say where one does.</summary>
internal sealed class NothingNamed : AuthorizationHandler<NothingNamed>, IAuthorizationRequirement
{
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, NothingNamed requirement)
    {
        if ((context.Resource as HttpContext)?.GetEndpoint()?.Metadata.GetMetadata<NeedsAttribute>() is not null
            || Viewer.Of(context.User)?.Has(Right.OwnAccount) == true)
        {
            context.Succeed(requirement);
        }

        return Task.CompletedTask;
    }
}

/// <summary>How routes name their right.</summary>
internal static class NeedsExtensions
{
    public static TBuilder Needs<TBuilder>(this TBuilder builder, Right right) where TBuilder : IEndpointConventionBuilder
    {
        builder.Add(endpoint => endpoint.Metadata.Add(new NeedsAttribute(right)));
        return builder;
    }
}
