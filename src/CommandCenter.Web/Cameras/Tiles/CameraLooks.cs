using System.Globalization;
using CommandCenter.Audit;
using CommandCenter.Web.Access;
using CommandCenter.Web.Trail;
using Microsoft.Extensions.Options;

namespace CommandCenter.Web.Cameras.Tiles;

/// <summary>
/// Who looks at whom, for the trace: one record when somebody begins to look at a camera and one when he ceases, however many tiles, streams and
/// lost connections lie between. A server that is killed leaves the second one out.
/// </summary>
internal sealed partial class CameraLooks(AuditTrail trail, IOptions<CameraOptions> options, TimeProvider time, ILogger<CameraLooks> logger) : BackgroundService
{
    private static readonly TimeSpan s_pace = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<(string Actor, string? Session, string? From, string Camera), Look> _looks = [];

    /// <summary>Somebody begins. When this returns it is in the trace; when it throws he must not see anything.</summary>
    /// <exception cref="AuditException">It could not be recorded.</exception>
    public async Task<IDisposable> BeginAsync(Viewer viewer, string? from, CameraDevice device)
    {
        var key = (viewer.Id, viewer.Session, from, device.Id);
        Look look;
        lock (_lock)
        {
            // A camera that was given to somebody else is another look.
            if (!_looks.TryGetValue(key, out look!) || look.Device.OfficerId != device.OfficerId || look.Device.CourtMark != device.CourtMark)
            {
                var before = look;
                _looks[key] = look = new Look(viewer, from, device, time.GetUtcNow());
                look.Recorded = RecordAsync(look, before);
            }

            look.Count++;
        }

        try
        {
            await look.Recorded;
        }
        catch
        {
            lock (_lock)
            {
                if (_looks.GetValueOrDefault(key) == look)
                {
                    _ = _looks.Remove(key);
                }
            }

            throw;
        }

        return new Seat(this, look);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await SweepAsync(isLast: true);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(s_pace, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await SweepAsync(isLast: false);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host is going down.
        }
    }

    private async Task SweepAsync(bool isLast)
    {
        var now = time.GetUtcNow();
        List<Look> over;
        lock (_lock)
        {
            over = [.. _looks.Values.Where(look => isLast || (look.Count == 0 && now - look.EndedAt >= options.Value.LookGrace))];
            foreach (var look in over)
            {
                _ = _looks.Remove((look.Viewer.Id, look.Viewer.Session, look.From, look.Device.Id));
            }
        }

        foreach (var look in over)
        {
            await EndAsync(look, look.Count == 0 ? look.EndedAt : now);
        }
    }

    private async Task RecordAsync(Look look, Look? before)
    {
        if (before is not null)
        {
            await EndAsync(before, look.BeganAt);
        }

        await trail.RecordFromAsync(look.Viewer, look.From, TrailActions.CameraLook, look.Device.Id, detail: DetailOf(look));
    }

    private async Task EndAsync(Look look, DateTimeOffset at)
    {
        try
        {
            var detail = DetailOf(look);
            detail["seconds"] = ((long)(at - look.BeganAt).TotalSeconds).ToString(CultureInfo.InvariantCulture);
            await trail.RecordFromAsync(look.Viewer, look.From, TrailActions.CameraLookEnd, look.Device.Id, detail: detail);
        }
        catch (AuditException exception)
        {
            // Nobody sees anything by it: the look is over, and its beginning is in the trace.
            Log.EndNotRecorded(logger, look.Device.Id, exception.Message);
        }
    }

    private static Dictionary<string, string> DetailOf(Look look) => new(StringComparer.Ordinal) { ["officer"] = look.Device.OfficerId, ["court"] = look.Device.CourtMark };

    private void Leave(Look look)
    {
        lock (_lock)
        {
            look.Count--;
            look.EndedAt = time.GetUtcNow();
        }
    }

    private sealed class Look(Viewer viewer, string? from, CameraDevice device, DateTimeOffset beganAt)
    {
        public Viewer Viewer { get; } = viewer;

        public string? From { get; } = from;

        public CameraDevice Device { get; } = device;

        public DateTimeOffset BeganAt { get; } = beganAt;

        public DateTimeOffset EndedAt { get; set; } = beganAt;

        public int Count { get; set; }

        public Task Recorded { get; set; } = Task.CompletedTask;
    }

    private sealed class Seat(CameraLooks looks, Look look) : IDisposable
    {
        private bool _isLeft;

        public void Dispose()
        {
            if (!Interlocked.Exchange(ref _isLeft, true))
            {
                looks.Leave(look);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "The end of a look at camera {Camera} could not be recorded: {Reason}")]
        public static partial void EndNotRecorded(ILogger logger, string camera, string reason);
    }
}
