using CommandCenter.Runtime.Partitions;
using CommandCenter.Web.Access;
using CommandCenter.Web.Accounts;
using CommandCenter.Web.Accounts.Oidc;
using CommandCenter.Web.Cameras;
using CommandCenter.Web.DrillDown;
using CommandCenter.Web.Export;
using CommandCenter.Web.Grains;
using CommandCenter.Web.Hosting.Https;
using CommandCenter.Web.Hosting.Limits;
using CommandCenter.Web.Intake;
using CommandCenter.Web.Overview;
using CommandCenter.Web.PersonalData;
using CommandCenter.Web.Places;
using CommandCenter.Web.Places.Calls;
using CommandCenter.Web.Places.Tracks;
using CommandCenter.Web.Reading;
using CommandCenter.Web.Recordings;
using CommandCenter.Web.Recount;
using CommandCenter.Web.Replay;
using CommandCenter.Web.Search;
using CommandCenter.Web.Series;
using CommandCenter.Web.Tablet;
using CommandCenter.Web.Trail;
using CommandCenter.Web.Urging;
using CommandCenter.Web.Wall;
using CommandCenter.Web.Watch;
using CommandCenter.Web.Wall.Directing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace CommandCenter.Web.Hosting;

/// <summary>The whole server: the grains of a data directory and the web application over them. The verb <c>serve</c> and the tests run the same.</summary>
internal sealed partial class ProductApp : IAsyncDisposable
{
    private const int ConnectionsMax = 2_000;
    private const int RequestBytesMax = 128 * 1024;
    private const int RequestHeadBytesMax = 16 * 1024;
    private const int RequestHeadersMax = 64;
    private const double BytesPerSecondMin = 240;
    private static readonly TimeSpan s_answerGrace = TimeSpan.FromSeconds(10);

    private readonly ILoggerFactory _logs;

    private ProductApp(WebApplication web, GrainHost grains, ILoggerFactory logs)
    {
        Web = web;
        Grains = grains;
        _logs = logs;
    }

    /// <summary>The web application; not started.</summary>
    public WebApplication Web { get; }

    /// <summary>The grains behind it; open.</summary>
    public GrainHost Grains { get; }

    /// <summary>Locks and recovers the data directory and builds the application, ready to start.</summary>
    /// <exception cref="DataDirectoryException">The directory is in use, not ours, or of another format or partition count.</exception>
    /// <exception cref="ConfigurationException">An option or a file of the configuration is missing or wrong.</exception>
    public static Task<ProductApp> OpenAsync(ServeOptions options, CancellationToken cancellationToken) => OpenAsync(options, replace: null, cancellationToken);

    /// <summary>The same, with services in the place of some of ours: tests have no cameras.</summary>
    public static async Task<ProductApp> OpenAsync(ServeOptions options, Action<IServiceCollection>? replace, CancellationToken cancellationToken)
    {
        if (options.Validate() is { Count: > 0 } faults)
        {
            throw new ConfigurationException(string.Join(Environment.NewLine, faults), null);
        }

        if (options.CertificateFile is { } certificate)
        {
            _ = GivenCertificate.Read(certificate, options.CertificateKeyFile, options.CertificatePasswordFile, TimeProvider.System.GetUtcNow()); // Before anything is written.
        }

        DemonstrationMark.Check(options.DataDirectory, options.Demonstration);
        var logs = LoggerFactory.Create(logging => logging
            .AddSimpleConsole(console => console.SingleLine = true).SetMinimumLevel(options.LogLevelMin));
        GrainHost? grains = null;
        WebApplication? web = null;
        try
        {
            grains = await GrainHost.OpenAsync(
                new PartitionSetOptions
                {
                    DataDirectory = options.DataDirectory,
                    PartitionCount = options.PartitionCount,
                    QueueLengthMax = options.QueueLengthMax,
                },
                WallboardConfig.ReadCourts(options.ConfigDirectory),
                WallboardConfig.ReadNodes(options.ConfigDirectory),
                GrainLimits.Default,
                TimeProvider.System,
                new GrainLog(logs.CreateLogger<GrainLog>()),
                carries: true,
                cancellationToken);
            if (options.Demonstration)
            {
                DemonstrationMark.Make(options.DataDirectory);
            }

            try
            {
                web = BuildWeb(options, grains, replace);
            }
            catch (Exception exception) when (exception is InvalidDataException or FileNotFoundException && options.SettingsFile is not null)
            {
                throw new ConfigurationException($"--settings: {exception.Message} {exception.InnerException?.Message}", exception);
            }

            await web.Services.GetRequiredService<FigureSource>().RefreshAsync(cancellationToken);
            return new ProductApp(web, grains, logs);
        }
        catch
        {
            if (web is not null)
            {
                await web.DisposeAsync();
            }

            if (grains is not null)
            {
                await grains.DisposeAsync();
            }

            logs.Dispose();
            throw;
        }
    }

    /// <summary>Serves until it is told to stop, then drains.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        Log.KeyAt(Web.Logger, Web.Services.GetRequiredService<MachineKeys>().Directory);
        if (Web.Services.GetService<ServerCertificate>() is { IsOwn: true } own)
        {
            // On the terminal: whoever sees it there can compare it with what his browser shows.
            Console.Out.WriteLine($"The server's own certificate until {own.EndsAt:yyyy-MM-dd}: {own.PublicFile}");
            Console.Out.WriteLine($"  SHA-256 {own.Fingerprint}");
        }

        await Web.RunAsync(cancellationToken);
        await DrainAsync();
    }

    /// <summary>Ends the requests, then drains.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await Web.StopAsync(cancellationToken);
        await DrainAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Web.DisposeAsync();
        await Grains.DisposeAsync();
        _logs.Dispose();
    }

    // Requests are over; what they were promised is on disk. A snapshot makes the next start short.
    private Task DrainAsync() => Grains.DrainAsync(CancellationToken.None);

    private static WebApplication BuildWeb(ServeOptions options, GrainHost grains, Action<IServiceCollection>? replace)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions
        {
            ContentRootPath = AppContext.BaseDirectory,
            WebRootPath = Path.Combine(AppContext.BaseDirectory, "wwwroot"),
            ApplicationName = typeof(ProductApp).Assembly.GetName().Name,
        });
        if (options.SettingsFile is { } settings)
        {
            _ = builder.Configuration.AddJsonFile(settings, optional: false, reloadOnChange: false);
        }

        builder.AddListening(options);
        _ = builder.WebHost.UseStaticWebAssets();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = RequestBytesMax; // Forms and orders; a route that takes more says so itself (RequestSizeLimit).
            kestrel.Limits.MaxRequestHeadersTotalSize = RequestHeadBytesMax;
            kestrel.Limits.MaxRequestHeaderCount = RequestHeadersMax;
            kestrel.Limits.MaxConcurrentConnections = kestrel.Limits.MaxConcurrentUpgradedConnections = ConnectionsMax;
            kestrel.Limits.RequestHeadersTimeout = options.RequestHeadTimeout;
            kestrel.Limits.MinRequestBodyDataRate = new MinDataRate(BytesPerSecondMin, options.RequestBodyGrace);
            kestrel.Limits.MinResponseDataRate = new MinDataRate(BytesPerSecondMin, s_answerGrace); // Who reads slower holds an answer for nothing.
        });
        _ = builder.Logging.SetMinimumLevel(options.LogLevelMin).AddFilter("Microsoft.AspNetCore", LogLevel.Warning).AddFilter("Microsoft.EntityFrameworkCore", LogLevel.Warning)
            .AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error); // The keys stand beside the others, in a folder of their owner.
        AddServices(builder.Services, options, grains);
        replace?.Invoke(builder.Services);
        var app = builder.Build();
        Map(app);
        return app;
    }

    private static void AddServices(IServiceCollection services, ServeOptions options, GrainHost grains)
    {
        services.AddSingleton(Options.Create(options));
        services.AddSingleton(grains);
        services.AddSingleton(TimeProvider.System);
        services.AddAccounts(options);
        services.AddLimits();
        services.AddTrail();
        services.AddPersonalData();
        services.AddExport();
        services.AddSingleton<MetricsText>();
        services.AddSingleton<IntakeMetrics>();
        services.AddSingleton<IntakeEndpoint>();
        services.AddSingleton<Totals>();
        services.AddSingleton<Rollups>();
        services.AddSingleton<CaseList>();
        services.AddSingleton<CaseDetail>();
        services.AddSingleton<RelatedCases>();
        services.AddSingleton<FundsList>();
        services.AddSingleton<ListMarks>();
        services.AddSingleton(provider => new FundsBook(grains, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<IJournalKeeper>(provider => provider.GetRequiredService<FundsBook>());
        services.AddSingleton<DeskEvents>();
        services.AddSingleton<JournalFollower>();
        services.AddHostedService(provider => provider.GetRequiredService<JournalFollower>());
        services.AddSingleton<FigureSource>();
        services.AddSingleton<IFigureSource>(provider => provider.GetRequiredService<FigureSource>());
        services.AddHostedService(provider => provider.GetRequiredService<FigureSource>());
        services.AddHostedService<GrainHousekeeping>();
        services.AddRecount();
        services.AddWatch(options.ConfigDirectory);
        services.AddSeries();
        services.AddReplay();
        services.AddSearch();
        services.AddOverview();
        services.AddUrging();
        services.AddTablet();
        services.AddCameras();
        services.AddRecordings();
        services.AddTracks();
        services.AddCalls();
        services.Configure<WallOptions>(wall =>
        {
            wall.Directory = Path.Combine(options.ConfigDirectory, "walls");
            wall.DrawnFrom.Add(options.ConfigDirectory);
        });
        services.Configure<DirectorOptions>(director => director.Directory = Path.Combine(options.DataDirectory, DirectorStore.FolderName));
        services.AddSingleton<IPinDirectory, GrainPins>();
        services.AddWall();
        services.AddPlaces(options.ConfigDirectory, grains.Courts).AddOfficerWatch();
        services.AddProblemDetails(problems => problems.CustomizeProblemDetails = Problems.AddCode);
        services.AddExceptionHandler<UnavailableHandler>();
        services.AddOpenApi();
        services.ConfigureHttpJsonOptions(json => json.SerializerOptions.Encoder = System.Text.Encodings.Web.JavaScriptEncoder.Create(System.Text.Unicode.UnicodeRanges.All));
    }

    private static void Map(WebApplication app)
    {
        _ = app.Services.GetRequiredService<MetricsText>(); // Listens from the start.
        _ = app.UseSecurityHeaders();
        _ = app.UseSecureTransport();
        _ = app.UseExceptionHandler();
        _ = app.UseStatusCodePages();
        _ = app.UseStaticFiles();
        _ = app.UseOriginCheck();
        _ = app.UseAuthentication();
        _ = app.UseRateLimiter();
        _ = app.UseAuthorization();
        _ = app.UseSessionConnections();
        _ = app.UseCircuitDoor();
        _ = app.UseTrail();
        _ = app.UseAntiforgery();
        app.MapDevice();
        app.MapOidc();
        app.MapTrail();
        app.MapApi();
        app.MapRecount();
        app.MapSeries();
        app.MapReplay();
        app.MapSearch();
        app.MapAsk();
        app.MapExport();
        app.MapDirector();
        app.MapDrill();
        app.MapOverview();
        app.MapUrging();
        app.MapTablet();
        app.MapCameras();
        app.MapRecordings();
        app.MapTracks();
        app.MapCalls();
        _ = app.MapOpenApi().Needs(Right.OwnAccount);
        _ = app.MapBlazorScript().AllowAnonymous();
        _ = app.MapWall();
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "The keys of machines (intake, wall, operate, metrics) are in {KeyFolder}")]
        public static partial void KeyAt(ILogger logger, string keyFolder);
    }
}
