using System.Globalization;
using CommandCenter.TimeSeries.Embedded;
using CommandCenter.TimeSeries.Influx;
using CommandCenter.Web.Access;
using CommandCenter.Web.Components;
using CommandCenter.Web.Hosting;
using CommandCenter.Web.Hosting.Https;
using CommandCenter.Web.Replay;
using CommandCenter.Web.Trail;
using CommandCenter.Web.Wall;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Options;

namespace CommandCenter.Web.Series;

/// <summary>What keeps the time series and the recording of the walls, how far the copy in InfluxDB is, and what it refused. A plain document: reload it to see it anew.</summary>
public sealed partial class OperationsPage
{
    private const int LettersMax = 20;
    private static readonly TimeSpan s_soon = TimeSpan.FromDays(14);

    private PageLook _look;
    private WallLanguage _language;
    private IReadOnlyList<WallFileFault> _wallFaults = [];
    private AuditTrail _trail = null!;
    private ServerCertificate? _certificate;
    private bool _endsSoon;
    private SeriesStatistics _store = null!;
    private SeriesOptions _retention = null!;
    private FeederState _feeder = null!;
    private HistoryState _shown = null!;
    private int _shownDays;
    private ShipperState? _influx;
    private IReadOnlyList<DeadLetter> _letters = [];
    private bool _mayOperate;
    private long? _replayed;

    /// <summary><c>en</c> for English; anything else is Chinese.</summary>
    [SupplyParameterFromQuery]
    public string? Lang { get; set; }

    /// <summary><c>light</c>, <c>dark</c> or <c>auto</c>.</summary>
    [SupplyParameterFromQuery]
    public string? Theme { get; set; }

    [Inject]
    private SeriesStore Store { get; set; } = null!;

    [Inject]
    private IServiceProvider Services { get; set; } = null!;

    [Inject]
    private AssetUrls Files { get; set; } = null!;

    [CascadingParameter]
    private HttpContext Http { get; set; } = null!;

    private string ShownText => _shown.Fault is { } fault ? F("shown.fault", Time(_shown.FaultSince), fault) : T("shown.live");

    private string FeederText => _feeder.LastFault is { } fault ? F("feeder.fault", fault) : T(_feeder.IsCatchingUp ? "feeder.catchingUp" : "feeder.live");

    private string InfluxText => _influx is { FailingSince: { } since } state
        ? F("influx.failing", SeriesReading.Text(since), state.LastStatus?.ToString(CultureInfo.InvariantCulture) ?? "", state.LastError ?? "", Time(state.NextTryAt))
        : T(_influx!.LagPoints > 0 ? "influx.behind" : "influx.live");

    /// <inheritdoc />
    protected override void OnInitialized()
    {
        _look = PageLook.Of(Lang, Theme);
        _language = _look.Language;
        _mayOperate = Viewer.Of(Http.User)!.Has(Right.Operate);
        Look();
    }

    private void Look()
    {
        _wallFaults = Services.GetRequiredService<WallCatalog>().Faults;
        _trail = Services.GetRequiredService<AuditTrail>();
        _certificate = Services.GetService<ServerCertificate>();
        _endsSoon = _certificate is not null && _certificate.EndsAt - Services.GetRequiredService<TimeProvider>().GetUtcNow() < s_soon;
        _store = Store.ReadStatistics();
        _retention = Services.GetRequiredService<IOptions<SeriesOptions>>().Value;
        _feeder = Services.GetRequiredService<SeriesFeeder>().State;
        _shown = Services.GetRequiredService<ShownHistory>().State;
        _shownDays = Services.GetRequiredService<IOptions<ReplayOptions>>().Value.DaysMax;
        _influx = Services.GetRequiredService<InfluxTarget>().Shipper?.ReadState();
        _letters = _influx is { DeadLetters: > 0 } ? Store.ReadDeadLetters(LettersMax) : [];
    }

    // The page's button; the same as the route of the API.
    private async Task ReplayLettersAsync()
    {
        if (_mayOperate)
        {
            await Services.GetRequiredService<AuditTrail>().RecordAsync(Http, TrailActions.SeriesReplay, subject: null);
            _replayed = Store.ReplayDeadLetters();
            Look();
        }
    }

    private string T(string key) => OperationsTexts.Of(key, _language);

    private string F(string key, params object[] values) => string.Format(CultureInfo.InvariantCulture, T(key), values);

    private string Time(DateTimeOffset? at) => at is { } instant ? SeriesReading.Text(instant) : T("never");

    private static string Mebibytes(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1048576.0:N1} MiB");

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
