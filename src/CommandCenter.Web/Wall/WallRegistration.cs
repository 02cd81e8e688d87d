using CommandCenter.Web.Access;
using CommandCenter.Web.Components;
using CommandCenter.Web.Hosting;
using CommandCenter.Web.Wall.Heads;
using CommandCenter.Web.Wall.Directing;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace CommandCenter.Web.Wall;

/// <summary>What the host calls to have walls. The host itself registers an <see cref="IFigureSource"/>.</summary>
internal static class WallRegistration
{
    /// <summary>The feed, its hub, the wall files and the page shell.</summary>
    public static IServiceCollection AddWall(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<IValidateOptions<WallOptions>, WallOptionsValidator>();
        services.AddOptions<WallOptions>().BindConfiguration(WallOptions.Section).ValidateOnStart();
        services.AddSingleton(provider => WallCatalog.Load(Path.GetFullPath(
            provider.GetRequiredService<IOptions<WallOptions>>().Value.Directory,
            provider.GetRequiredService<IHostEnvironment>().ContentRootPath)));
        services.AddHostedService<WallFolderWatch>();
        services.AddSingleton<WallInstance>();
        services.AddWallPart<BarPart>();
        services.AddWallPart<CityPart>();
        services.AddWallPart<TrendPart>();
        services.AddWallPart<FundsPart>();
        services.AddWallPart<FundsNowPart>();
        services.AddWallPart<ScenePart>();
        services.AddWallPart<PinnedPart>();
        services.AddSingleton<WallFeed>();
        services.AddSingleton<WallHeads>();
        services.AddSingleton<HeadMetrics>();
        services.AddHostedService(provider => provider.GetRequiredService<WallFeed>());
        services.TryAddSingleton<AssetUrls>();
        services.AddSignalR();
        services.AddRazorComponents().AddInteractiveServerComponents();
        services.AddCascadingAuthenticationState();
        services.AddDirecting();
        return services;
    }

    /// <summary>Another part of what walls show; its panels name it in <see cref="Panels.PanelKinds"/>.</summary>
    public static IServiceCollection AddWallPart<TPart>(this IServiceCollection services) where TPart : class, IWallPartSource =>
        services.AddSingleton<IWallPartSource, TPart>();

    /// <summary>The hub and all pages. Returns the pages' builder, for render modes that other features add.</summary>
    public static RazorComponentsEndpointConventionBuilder MapWall(this IEndpointRouteBuilder endpoints)
    {
        // A broken wall file must stop the start, not the first page.
        _ = endpoints.ServiceProvider.GetRequiredService<WallCatalog>();
        _ = endpoints.ServiceProvider.GetRequiredService<HeadMetrics>(); // Listened to from the start.
        endpoints.MapWallHeads();
        endpoints.MapHub<WallHub>(WallHub.Path, options =>
            // Frames go one way; a page only ever says "follow", "ready", "what time is it" and what it shows.
            options.ApplicationMaxBufferSize = 4 * 1024).Needs(Right.Walls);
        return endpoints.MapRazorComponents<App>().AddInteractiveServerRenderMode();
    }
}
