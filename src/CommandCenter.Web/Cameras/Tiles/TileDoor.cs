using System.Collections.Concurrent;
using CommandCenter.Web.Access;
using CommandCenter.Web.Accounts;
using CommandCenter.Web.Grains;
using CommandCenter.Web.Hosting;
using Microsoft.Extensions.Options;

namespace CommandCenter.Web.Cameras.Tiles;

/// <summary>Lets pages with tiles in, so many and no more.</summary>
internal sealed class TileDoor(
    CameraRegistry registry, ICameraFeeds feeds, CameraLooks looks, GrainHost grains, IOptions<CameraOptions> options, CameraMetrics metrics, SessionBook sessions, MachineKeys keys,
    IHostApplicationLifetime life, TimeProvider time)
{
    private static readonly TimeSpan s_ping = TimeSpan.FromSeconds(15);

    private readonly ConcurrentDictionary<string, int> _bySession = new(StringComparer.Ordinal);
    private int _viewers;

    /// <summary>Serves one page. Somebody with the right stands at the door: routing has asked.</summary>
    public async Task EnterAsync(HttpContext http)
    {
        if (!http.WebSockets.IsWebSocketRequest)
        {
            await Problems.Of(StatusCodes.Status400BadRequest, "camera.no-websocket", "Tiles come over a WebSocket.").ExecuteAsync(http);
            return;
        }

        var viewer = Viewer.Of(http.User)!;
        var guest = viewer.Session ?? viewer.Id;
        try
        {
            var own = _bySession.AddOrUpdate(guest, 1, static (_, count) => count + 1);
            if (Interlocked.Increment(ref _viewers) > options.Value.ViewersMax || own > options.Value.ViewersPerSessionMax)
            {
                await Problems.Of(StatusCodes.Status503ServiceUnavailable, "camera.too-many-viewers", "So many pages with tiles are open that there is no room for one more.").ExecuteAsync(http);
                return;
            }

            using var socket = await http.WebSockets.AcceptWebSocketAsync(new WebSocketAcceptContext { KeepAliveInterval = s_ping, KeepAliveTimeout = s_ping });
            metrics.Viewers(1);
            try
            {
                using var ending = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, life.ApplicationStopping);
                using var page = new TileConnection(
                    socket, viewer, http.Connection.RemoteIpAddress?.ToString(), () => IsStillIn(viewer), registry, feeds, looks, grains, options.Value, metrics, time);
                await page.RunAsync(ending.Token);
            }
            finally
            {
                metrics.Viewers(-1);
            }
        }
        finally
        {
            _ = Interlocked.Decrement(ref _viewers);
            if (_bySession.AddOrUpdate(guest, 0, static (_, count) => count - 1) <= 0)
            {
                _ = _bySession.TryRemove(new KeyValuePair<string, int>(guest, 0));
            }
        }
    }

    // A session that ends cuts its connections by itself; this holds also where that was missed, and for machines whose key was changed.
    private bool IsStillIn(Viewer viewer) => viewer.Has(Right.Cameras) && (viewer.Session is { } session ? sessions.Touch(session) is not null : keys.IsKnown(viewer.Id));
}
