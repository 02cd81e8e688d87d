using CommandCenter.Testing;
using CommandCenter.Web.Hosting;
using CommandCenter.Web.Places;
using CommandCenter.Web.Tests.Access;
using CommandCenter.Web.Wall;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CommandCenter.EndToEnd.Tests.Wall;

/// <summary>The pages and hub of the wall on a loopback port, fed by a figure source of the test's choice.</summary>
internal sealed class WallStage : IAsyncDisposable
{
    private readonly WebApplication _app;

    private WallStage(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.Single() + "/");

    /// <param name="source">What the wall shows.</param>
    /// <param name="now">What every clock of the server and of its pages says, as long as it runs.</param>
    /// <param name="cancellationToken">Gives up the start.</param>
    /// <param name="inPlaceOf">A part in the place of one that stands still.</param>
    public static async Task<WallStage> StartAsync(IFigureSource source, DateTimeOffset now, CancellationToken cancellationToken, Func<IWallPartSource, IWallPartSource>? inPlaceOf = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            ContentRootPath = RepositoryRoot.Path,
            WebRootPath = RepositoryRoot.Combine("src", "CommandCenter.Web", "wwwroot"),
        });
        builder.Logging.ClearProviders();
        _ = builder.WebHost.UseUrls("http://127.0.0.1:0");
        _ = builder.Services.AddSingleton(source);
        _ = builder.Services.AddSingleton<TimeProvider>(new StandingTime(now));
        _ = builder.Services.AddSingleton(PlaceMap.Load(RepositoryRoot.Combine("wallboard-config", PlacesRegistration.Folder), ShippedConfig.Courts));
        EverybodyIsCommandStaff.Add(builder.Services);
        _ = builder.Services.AddWall();
        foreach (var part in StandingPart.All(builder.Services))
        {
            _ = builder.Services.AddSingleton(inPlaceOf?.Invoke(part) ?? part);
        }

        var app = builder.Build();
        _ = app.UseStaticFiles();
        _ = app.UseAuthentication();
        _ = app.UseAuthorization();
        _ = app.UseAntiforgery();
        _ = app.MapWall();
        _ = app.MapBlazorScript();
        await app.StartAsync(cancellationToken);
        return new WallStage(app);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    /// <summary>The time stands still; what waits still ends.</summary>
    private sealed class StandingTime(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
