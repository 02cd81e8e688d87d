using System.Diagnostics.Metrics;
using CommandCenter.Web.Trail;

namespace CommandCenter.Web.Hosting.Https;

/// <summary>Renews the server's own certificate before it ends, and takes up a given one that was replaced; without a restart, and with a record in the trace.</summary>
internal sealed partial class CertificateWatch : BackgroundService
{
    private static readonly TimeSpan s_interval = TimeSpan.FromMinutes(1);

    private readonly ServerCertificate _certificate;
    private readonly AuditTrail _trail;
    private readonly TimeProvider _time;
    private readonly ILogger<CertificateWatch> _logger;

    public CertificateWatch(ServerCertificate certificate, AuditTrail trail, TimeProvider time, ILogger<CertificateWatch> logger, IMeterFactory meters)
    {
        var meter = meters.Create("CommandCenter.Https");
        (_certificate, _trail, _time, _logger) = (certificate, trail, time, logger);
        _ = meter.CreateObservableGauge("https.certificate_days_left", () => (certificate.EndsAt - time.GetUtcNow()).TotalDays, "d", "Days until the certificate of https ends");
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(s_interval, _time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                if (_certificate.Refresh(_time.GetUtcNow()) is { } before)
                {
                    Log.Changed(_logger, _certificate.File, _certificate.Fingerprint);
                    await _trail.RecordAsync(null, null, TrailActions.ConfigChanged, _certificate.File, detail: new Dictionary<string, string> { ["before"] = before, ["after"] = _certificate.Fingerprint });
                }
            }
            catch (Exception exception) when (exception is ConfigurationException or IOException or UnauthorizedAccessException or Audit.AuditException)
            {
                // The one before is shown on; somebody has to look before it ends.
                Log.Unusable(_logger, exception.Message);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "https shows another certificate from now on: {File}, SHA-256 {Fingerprint}")]
        public static partial void Changed(ILogger logger, string file, string fingerprint);

        [LoggerMessage(LogLevel.Error, "The certificate of https cannot be renewed, the one before is shown on: {Reason}")]
        public static partial void Unusable(ILogger logger, string reason);
    }
}
