using CommandCenter.Web.Hosting;
using CommandCenter.Web.Wall;
using Microsoft.Extensions.Options;

namespace CommandCenter.Web.Watch;

/// <summary>What the host calls to have the lists of the wall.</summary>
internal static class WatchRegistration
{
    public static void AddWatch(this IServiceCollection services, string configDirectory)
    {
        services.AddSingleton<IValidateOptions<WatchOptions>, WatchOptionsValidator>();
        services.AddOptions<WatchOptions>().BindConfiguration(WatchOptions.Section).ValidateOnStart();
        services.AddSingleton(WallboardConfig.ReadWorkingDays(configDirectory));
        services.AddSingleton<CaseWatch>();
        services.AddHostedService(static provider => provider.GetRequiredService<CaseWatch>());
        services.AddSingleton<AlarmWatch>();
        services.AddHostedService(static provider => provider.GetRequiredService<AlarmWatch>());
        services.AddWallPart<ControlsPart>();
        services.AddWallPart<AlarmsPart>();
        services.AddWallPart<WaitingPart>();
        services.AddWallPart<RollCallPart>();
    }
}
