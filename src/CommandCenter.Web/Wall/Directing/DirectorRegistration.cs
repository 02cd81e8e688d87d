using Microsoft.Extensions.Options;

namespace CommandCenter.Web.Wall.Directing;

/// <summary>What the walls call to be directed.</summary>
internal static class DirectorRegistration
{
    public static void AddDirecting(this IServiceCollection services)
    {
        services.AddSingleton<IValidateOptions<DirectorOptions>, DirectorOptionsValidator>();
        services.AddOptions<DirectorOptions>().BindConfiguration(DirectorOptions.Section).ValidateOnStart();
        services.AddSingleton<IScenePlans, CatalogPlans>();
        services.AddSingleton<WallDirector>();
        services.AddSingleton<DirectorDesk>();
        services.AddSingleton<PinWatch>();
        services.AddHostedService(static provider => provider.GetRequiredService<PinWatch>());
        services.AddHostedService(provider => provider.GetRequiredService<WallDirector>());
    }
}
