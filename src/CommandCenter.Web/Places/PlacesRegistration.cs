using CommandCenter.Domain.Courts;
using CommandCenter.Web.Hosting;
using CommandCenter.Web.Wall;

namespace CommandCenter.Web.Places;

/// <summary>What the host calls to have a map and officers on its walls.</summary>
internal static class PlacesRegistration
{
    /// <summary>Folder of the map in <c>wallboard-config</c>.</summary>
    public const string Folder = "map";

    /// <summary>Reads the map now, so that a broken one stops the start, and adds the parts. An <see cref="IOfficerSource"/> is registered apart.</summary>
    /// <exception cref="ConfigurationException">A file of the map is missing or wrong.</exception>
    public static IServiceCollection AddPlaces(this IServiceCollection services, string configDirectory, CourtTree courts)
    {
        services.AddSingleton(PlaceMap.Load(Path.Combine(configDirectory, Folder), courts));
        services.AddWallPart<DistrictsPart>();
        services.AddWallPart<OfficersPart>();
        return services;
    }

    /// <summary>Officers from the partitions.</summary>
    public static IServiceCollection AddOfficerWatch(this IServiceCollection services)
    {
        services.AddSingleton<OfficerWatch>();
        services.AddSingleton<IOfficerSource>(provider => provider.GetRequiredService<OfficerWatch>());
        services.AddHostedService(provider => provider.GetRequiredService<OfficerWatch>());
        return services;
    }
}
