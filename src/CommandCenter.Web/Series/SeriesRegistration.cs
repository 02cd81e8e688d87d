using System.Net.Http.Headers;
using CommandCenter.TimeSeries.Embedded;
using CommandCenter.TimeSeries.Influx;
using CommandCenter.Web.Access;
using CommandCenter.Web.Hosting;
using CommandCenter.Web.Trail;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;

namespace CommandCenter.Web.Series;

/// <summary>What the host calls to have time series.</summary>
internal static class SeriesRegistration
{
    public static void AddSeries(this IServiceCollection services)
    {
        services.AddSingleton<IValidateOptions<SeriesOptions>, SeriesOptionsValidator>();
        services.AddOptions<SeriesOptions>().BindConfiguration(SeriesOptions.Section).ValidateOnStart();
        services.AddSingleton(OpenStore);
        services.AddSingleton(Target);
        services.AddSingleton<SeriesFeeder>();
        services.AddSingleton<SeriesReading>();
        services.AddSingleton<SeriesMetrics>();
        services.AddHostedService(provider => provider.GetRequiredService<SeriesFeeder>());
        services.AddHostedService<InfluxDelivery>();
    }

    public static void MapSeries(this WebApplication app)
    {
        _ = app.Services.GetRequiredService<SeriesMetrics>();
        var api = app.MapGroup("/api/v1");
        _ = api.MapGet("/series", (string? scope, string? from, string? to, string? step, Viewer viewer, SeriesReading series) => series.Get(viewer, scope, from, to, step))
            .Needs(Right.Figures).Produces<SeriesAnswer>().ProducesProblem(400).ProducesProblem(404).WithSummary("The stored series of a court, an area or the city, with levels and samples.");
        _ = api.MapPost("/operations/series/replay", (SeriesStore store) => Results.Ok(new ReplayAnswer(store.ReplayDeadLetters())))
            .Needs(Right.Operate).LeavesTrace(TrailActions.SeriesReplay).Produces<ReplayAnswer>().ProducesProblem(401).ProducesProblem(403).WithSummary("Sends the points that InfluxDB refused once more.");
    }

    /// <exception cref="IOException">The file cannot be opened or made.</exception>
    private static SeriesStore OpenStore(IServiceProvider provider)
    {
        var options = provider.GetRequiredService<IOptions<SeriesOptions>>().Value.StoreIn(provider.GetRequiredService<IOptions<ServeOptions>>().Value.DataDirectory);
        try
        {
            return SeriesStore.Open(options, provider.GetRequiredService<TimeProvider>());
        }
        catch (SqliteException exception)
        {
            throw new IOException($"{options.Directory}: {exception.Message}", exception);
        }
    }

    private static InfluxTarget Target(IServiceProvider provider)
    {
        var options = provider.GetRequiredService<IOptions<ServeOptions>>().Value;
        if (options.InfluxUrl is null)
        {
            return new InfluxTarget(null);
        }

        var influx = new InfluxOptions
        {
            Address = new Uri(options.InfluxUrl),
            Database = options.InfluxDatabase!,
            User = options.InfluxUser,
            Password = options.InfluxPassword,
        };
        var store = provider.GetRequiredService<SeriesStore>();
        var time = provider.GetRequiredService<TimeProvider>();

        // One client for the life of the process: connections are kept, and names are looked up again every five minutes.
        var http = new HttpClient(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(5), AllowAutoRedirect = false });
        http.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("CommandCenter", null));
        return new InfluxTarget(new InfluxShipper(store, new InfluxClient(http, influx, store.Schema, time), influx, time, Random.Shared));
    }
}

/// <summary>How many dead letters went back among what is delivered.</summary>
internal sealed record ReplayAnswer(long Replayed);
