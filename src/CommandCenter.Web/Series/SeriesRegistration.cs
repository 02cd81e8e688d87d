using System.Net.Http.Headers;
using CommandCenter.TimeSeries.Embedded;
using CommandCenter.TimeSeries.Influx;
using CommandCenter.Web.Hosting;
using CommandCenter.Web.Intake;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;

namespace CommandCenter.Web.Series;

/// <summary>What the host calls to have time series.</summary>
internal static class SeriesRegistration
{
    private const int FormBytesMax = 4 * 1024;

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
        _ = api.MapGet("/series", (string? scope, string? from, string? to, string? step, SeriesReading series) => series.Get(scope, from, to, step))
            .Produces<SeriesAnswer>().ProducesProblem(400).ProducesProblem(404).WithSummary("The stored series of a court, an area or the city, with levels and samples.");
        _ = api.MapPost("/operations/series/replay", (HttpContext context, ApiKeys keys, SeriesStore store) =>
                Guarded(context.Request.Headers.Authorization, keys, () => Results.Ok(new ReplayAnswer(store.ReplayDeadLetters()))))
            .Produces<ReplayAnswer>().ProducesProblem(401).ProducesProblem(403).WithSummary("Sends the points that InfluxDB refused once more.");

        // The page's button. The key in the form is what a forged request does not have, so no antiforgery token is needed.
        _ = app.MapPost("/operations/replay", PostFormAsync).DisableAntiforgery().ExcludeFromDescription();
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

    private static async Task<IResult> PostFormAsync(HttpContext context, ApiKeys keys, SeriesStore store, CancellationToken cancellationToken)
    {
        if (!context.Request.HasFormContentType || context.Request.ContentLength is not <= FormBytesMax)
        {
            return Problems.Of(StatusCodes.Status400BadRequest, "http.400", "The form of /operations is expected.");
        }

        var form = await context.Request.ReadFormAsync(cancellationToken);
        var query = form["lang"] == "en" ? "?lang=en&" : "?";
        return Guarded("Bearer " + form["key"], keys, () => Results.LocalRedirect(FormattableString.Invariant(
            $"/operations{query}replayed={store.ReplayDeadLetters()}"), permanent: false, preserveMethod: false));
    }

    private static IResult Guarded(string? authorization, ApiKeys keys, Func<IResult> act) =>
        keys.SourceOf(authorization) is not null ? act()
        : string.IsNullOrEmpty(authorization) ? Problems.Of(StatusCodes.Status401Unauthorized, "request.key-missing", "Send the key as Authorization: Bearer <key>.")
        : Problems.Of(StatusCodes.Status403Forbidden, "request.key-wrong", "The key is not known.");
}

/// <summary>How many dead letters went back among what is delivered.</summary>
internal sealed record ReplayAnswer(long Replayed);
