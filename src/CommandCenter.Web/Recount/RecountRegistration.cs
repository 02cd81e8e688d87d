using Microsoft.Extensions.Options;

namespace CommandCenter.Web.Recount;

/// <summary>What the host calls to have a recount.</summary>
internal static class RecountRegistration
{
    public static IServiceCollection AddRecount(this IServiceCollection services)
    {
        services.AddSingleton<IValidateOptions<RecountOptions>, RecountOptionsValidator>();
        services.AddOptions<RecountOptions>().BindConfiguration(RecountOptions.Section).ValidateOnStart();
        services.AddSingleton<RecountJob>();
        services.AddHostedService(provider => provider.GetRequiredService<RecountJob>());
        return services;
    }
}
