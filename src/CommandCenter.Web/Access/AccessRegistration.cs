using Microsoft.AspNetCore.Authorization;

namespace CommandCenter.Web.Access;

/// <summary>What the host calls so that every route asks for its right.</summary>
internal static class AccessRegistration
{
    /// <summary>The policy. What names no right is open to nobody who is not signed in.</summary>
    public static IServiceCollection AddAccess(this IServiceCollection services)
    {
        services.AddSingleton<IAuthorizationHandler, RightHandler>();
        services.AddSingleton<IAuthorizationMiddlewareResultHandler, AccessAnswers>();
        services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder().AddRequirements(new NothingNamed()).Build());
        return services;
    }
}
