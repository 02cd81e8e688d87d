using CommandCenter.Testing;
using CommandCenter.Web.Hosting;
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

    public static async Task<WallStage> StartAsync(IFigureSource source, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            ContentRootPath = RepositoryRoot.Path,
            WebRootPath = RepositoryRoot.Combine("src", "CommandCenter.Web", "wwwroot"),
        });
        builder.Logging.ClearProviders();
        _ = builder.WebHost.UseUrls("http://127.0.0.1:0");
        _ = builder.Services.AddSingleton(source);
        _ = builder.Services.AddWall();
        var app = builder.Build();
        _ = app.UseStaticFiles();
        _ = app.UseAntiforgery();
        _ = app.MapWall();
        _ = app.MapBlazorScript();
        await app.StartAsync(cancellationToken);
        return new WallStage(app);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
