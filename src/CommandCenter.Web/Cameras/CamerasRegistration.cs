using CommandCenter.Cameras.Sources;
using CommandCenter.Web.Access;
using CommandCenter.Web.Cameras.Gb;
using CommandCenter.Web.Cameras.Tiles;
using CommandCenter.Web.Components;
using CommandCenter.Web.Hosting;
using Microsoft.Extensions.Options;

namespace CommandCenter.Web.Cameras;

/// <summary>What the host calls so that officers can be seen live.</summary>
internal static class CamerasRegistration
{
    /// <summary>Where tiles get their pictures.</summary>
    public const string FeedPath = "/cameras/feed";

    public static void AddCameras(this IServiceCollection services)
    {
        services.AddSingleton<IValidateOptions<CameraOptions>, CameraOptionsValidator>();
        services.AddOptions<CameraOptions>().BindConfiguration(CameraOptions.Section).ValidateOnStart();
        services.AddSingleton<CameraRegistry>();
        services.AddSingleton<CameraDesk>();
        services.AddSingleton<CameraMetrics>();
        services.AddSingleton<IValidateOptions<GatewayOptions>, GatewayOptionsValidator>();
        services.AddOptions<GatewayOptions>().BindConfiguration(CameraOptions.GatewaySection).ValidateOnStart();
        services.AddSingleton<IValidateOptions<GbOptions>, GbOptionsValidator>();
        services.AddOptions<GbOptions>().BindConfiguration(GbOptions.Section).ValidateOnStart();
        services.AddSingleton<GbRegister>();
        services.AddSingleton<GbFeeds>();
        services.AddSingleton<GbReports>();
        services.AddSingleton<GbHost>();
        services.AddHostedService(static provider => provider.GetRequiredService<GbHost>());
        services.AddSingleton<ICameraFeeds>(static provider => provider.GetRequiredService<IOptions<CameraOptions>>().Value.Enabled
            ? new SplitFeeds(
                ActivatorUtilities.CreateInstance<GatewayFeeds>(provider), provider.GetRequiredService<GbFeeds>(), provider.GetRequiredService<IOptions<GbOptions>>().Value.IsOn)
            : new NoCameraFeeds());
        services.AddSingleton<CameraBoard>();
        services.AddHostedService(static provider => provider.GetRequiredService<CameraBoard>());
        services.AddSingleton<CameraReading>();
        services.AddSingleton<CameraLooks>();
        services.AddHostedService(static provider => provider.GetRequiredService<CameraLooks>());
        services.AddSingleton<TileDoor>();
    }

    public static void MapCameras(this IEndpointRouteBuilder routes)
    {
        _ = routes.ServiceProvider.GetRequiredService<CameraRegistry>(); // Opened with the server: a file of another version stops the start.
        routes.ServiceProvider.GetRequiredService<CameraMetrics>().Watch(routes.ServiceProvider.GetRequiredService<CameraBoard>());
        MapApi(routes);
        var feed = routes.CreateApplicationBuilder().UseWebSockets();
        feed.Run(static http => http.RequestServices.GetRequiredService<TileDoor>().EnterAsync(http));

        // Any method: over HTTP/2 a WebSocket is no GET.
        _ = routes.Map(FeedPath, feed.Build()).Needs(Right.Cameras).ExcludeFromDescription();
    }

    private static void MapApi(IEndpointRouteBuilder routes)
    {
        _ = routes.MapGet("/api/v1/cameras", (string? court, Viewer viewer, HttpContext http, CameraReading reading) =>
            {
                var (answer, fault) = reading.Read(viewer, court, PageLook.Of(http.Request).Language);
                return fault?.ToResult() ?? Results.Ok(answer);
            })
            .Needs(Right.Cameras).Produces<CamerasAnswer>().ProducesProblem(403).ProducesProblem(404)
            .WithSummary("The cameras of officers in scope, by rank of their tiles: state, since when, and what was measured. No picture.");
        _ = routes.MapPut("/api/v1/cameras/devices/{camera}", async (string camera, CameraDraft draft, HttpContext http, CameraDesk desk, CameraRegistry registry, CancellationToken cancellationToken) =>
                await desk.SaveAsync(http, camera, draft, cancellationToken) is { } refusal ? Refuse(refusal) : Results.Ok(new CameraReceipt(camera, registry.Find(camera)?.Revision ?? 0)))
            .Needs(Right.CameraDevices).Produces<CameraReceipt>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409)
            .WithSummary("Registers a camera of an officer, or changes the revision that the body names. The secret is never given back.");
        _ = routes.MapDelete("/api/v1/cameras/devices/{camera}", async (string camera, long revision, HttpContext http, CameraDesk desk, CancellationToken cancellationToken) =>
                await desk.RemoveAsync(http, camera, revision, cancellationToken) is { } refusal ? Refuse(refusal) : Results.NoContent())
            .Needs(Right.CameraDevices).Produces(204).ProducesProblem(404).ProducesProblem(409)
            .WithSummary("Removes a camera of a revision.");
    }

    private static IResult Refuse(string code) => Problems.Of(
        code switch
        {
            "camera.unknown" => StatusCodes.Status404NotFound,
            "camera.id-taken" or "camera.changed-meanwhile" or "camera.too-many" => StatusCodes.Status409Conflict,
            _ => StatusCodes.Status400BadRequest,
        },
        code,
        CameraTexts.Refusal(code, Wall.WallLanguage.En));
}
