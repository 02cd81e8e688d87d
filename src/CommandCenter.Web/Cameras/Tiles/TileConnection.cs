using System.Buffers;
using System.Net.WebSockets;
using CommandCenter.Audit;
using CommandCenter.Web.Access;
using CommandCenter.Web.Grains;

namespace CommandCenter.Web.Cameras.Tiles;

/// <summary>All tiles of one page over one WebSocket. Whether the page may look is asked at every request, and again while it looks.</summary>
internal sealed class TileConnection(
    WebSocket socket, Viewer viewer, string? from, Func<bool> isStillIn, CameraRegistry registry, ICameraFeeds feeds, CameraLooks looks, GrainHost grains, CameraOptions options,
    CameraMetrics metrics, TimeProvider time) : IDisposable
{
    /// <summary>Requests that a page may send in <see cref="s_paceSpan"/>: every tile begun and ended, and the clock.</summary>
    private const int RequestsMax = 600;
    private static readonly TimeSpan s_paceSpan = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_lookPace = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan s_askPace = TimeSpan.FromSeconds(5);

    private readonly TileOutbox _outbox = new(options.BufferBytesMax, options.TileBytesMax);
    private readonly ShownTile?[] _tiles = new ShownTile?[TileMessages.TilesMax];
    private readonly SemaphoreSlim _turn = new(1); // The reader and the watch change tiles, one at a time.
    private readonly ViewScope _scope = ViewScope.Of(viewer, grains.Courts);
    private string? _toldVideo;
    private bool _isTold;

    /// <summary>Serves the page until it goes, is shut out, or the server ends.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var sending = EndsAllAsync(SendAsync(ending.Token), ending);
        var watching = EndsAllAsync(WatchAsync(ending.Token), ending);
        try
        {
            var refusal = await ReadAsync(ending.Token);
            await ending.CancelAsync();
            refusal = await watching ?? refusal;
            _ = await sending;
            await CloseAsync(refusal);
        }
        finally
        {
            // Whatever happened, nobody holds a seat in a feed for a page that is gone; and only when nobody can begin another tile.
            await ending.CancelAsync();
            await Task.WhenAll((Task)sending, watching).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            foreach (var tile in _tiles)
            {
                tile?.Dispose();
                metrics.Shown(tile is null ? 0 : -1);
            }
        }
    }

    public void Dispose() => _turn.Dispose();

    // What ends, whyever, ends the others: nobody waits for one that is gone.
    private static async Task<string?> EndsAllAsync(Task<string?> task, CancellationTokenSource ending)
    {
        try
        {
            return await task;
        }
        catch (Exception exception) when (exception is OperationCanceledException or WebSocketException)
        {
            return null;
        }
        finally
        {
            await ending.CancelAsync();
        }
    }

    /// <returns>The code of what the page did wrong.</returns>
    private async Task<string?> ReadAsync(CancellationToken cancellationToken)
    {
        var buffer = new byte[TileRequest.BytesMax];
        var (since, count) = (time.GetTimestamp(), 0);
        try
        {
            for (; ; )
            {
                var length = 0;
                ValueWebSocketReceiveResult part;
                do
                {
                    if (length == buffer.Length)
                    {
                        return "camera.message-too-large";
                    }

                    part = await socket.ReceiveAsync(buffer.AsMemory(length), cancellationToken);
                    length += part.Count;
                }
                while (!part.EndOfMessage);

                if (part.MessageType == WebSocketMessageType.Close)
                {
                    return null;
                }

                if (time.GetElapsedTime(since) > s_paceSpan)
                {
                    (since, count) = (time.GetTimestamp(), 0);
                }

                if (++count > RequestsMax)
                {
                    return "camera.too-many-messages";
                }

                if (part.MessageType != WebSocketMessageType.Text || TileRequest.Parse(buffer.AsSpan(0, length)) is not { } request)
                {
                    return "camera.bad-message";
                }

                if (!await TakeAsync(request, cancellationToken))
                {
                    return "camera.too-many-messages";
                }
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or WebSocketException)
        {
            return null;
        }
    }

    private async Task<bool> TakeAsync(TileRequest request, CancellationToken cancellationToken)
    {
        if (request.Clock is { } clock)
        {
            return _outbox.TryAdd(TileMessages.Clock(clock, time.GetUtcNow()));
        }

        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (request.Unsubscribe is { } left)
            {
                End(left);
                return true;
            }

            return await ShowAsync(request.Tile!.Value, request.Subscribe!, request.StreamKind, request.KeysOnly);
        }
        finally
        {
            _ = _turn.Release();
        }
    }

    private async Task<bool> ShowAsync(int tile, string id, StreamKind kind, bool keysOnly)
    {
        // A camera of others and none at all are answered alike.
        if (registry.Find(id) is not { } device || !_scope.Has(device.CourtMark))
        {
            End(tile);
            return _outbox.TryAdd(TileMessages.Refused(tile, "camera.unknown"));
        }

        IDisposable look;
        try
        {
            look = await looks.BeginAsync(viewer, from, device);
        }
        catch (AuditException)
        {
            End(tile);
            return _outbox.TryAdd(TileMessages.Refused(tile, "trail.unavailable"));
        }

        End(tile); // After the look began: changing from one stream of a camera to the other is no new look.
        var shown = _tiles[tile] = new ShownTile(tile, device, kind, keysOnly, look, _outbox, feeds, metrics);
        metrics.Shown(1);
        return _outbox.TryAdd(TileMessages.Begin(tile, id, kind, keysOnly)) && Tell(shown, registry.Find(id));
    }

    private void End(int tile)
    {
        if (_tiles[tile] is { } shown)
        {
            shown.Dispose();
            _tiles[tile] = null;
            metrics.Shown(-1);
        }
    }

    private bool Tell(ShownTile shown, CameraDevice? known)
    {
        var state = shown.Look(known);
        if (state == shown.Told)
        {
            return true;
        }

        shown.Told = state;
        return _outbox.TryAdd(TileMessages.State(shown.Tile, state, time.GetUtcNow()));
    }

    /// <returns>Why the page must go.</returns>
    private async Task<string?> WatchAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(s_lookPace, time);
        var asked = time.GetTimestamp();
        do
        {
            if (time.GetElapsedTime(asked) >= s_askPace)
            {
                asked = time.GetTimestamp();
                if (!isStillIn())
                {
                    return "access.denied";
                }
            }

            await _turn.WaitAsync(cancellationToken);
            try
            {
                if (!LookAround())
                {
                    return "camera.too-many-messages";
                }
            }
            finally
            {
                _ = _turn.Release();
            }
        }
        while (await timer.WaitForNextTickAsync(cancellationToken));
        return null;
    }

    private bool LookAround()
    {
        var off = feeds.OffReason;
        if (!_isTold || off != _toldVideo)
        {
            (_isTold, _toldVideo) = (true, off);
            if (!_outbox.TryAdd(TileMessages.Video(off)))
            {
                return false;
            }
        }

        foreach (var shown in _tiles)
        {
            if (shown is null)
            {
                continue;
            }

            var known = registry.Find(shown.Device.Id);
            if (known is not null && (known.OfficerId != shown.Device.OfficerId || known.CourtMark != shown.Device.CourtMark))
            {
                // It is carried by somebody else now: another look, for which the page must ask.
                End(shown.Tile);
                if (!_outbox.TryAdd(TileMessages.Refused(shown.Tile, "camera.reassigned")))
                {
                    return false;
                }
            }
            else if (!Tell(shown, known))
            {
                return false;
            }
        }

        return true;
    }

    private async Task<string?> SendAsync(CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(64 << 10);
        try
        {
            for (; ; )
            {
                _ = await _outbox.WaitAsync(cancellationToken);
                while (_outbox.TryTake(out var entry))
                {
                    if (entry.Words is { } words)
                    {
                        await SendAsync(words, WebSocketMessageType.Text, cancellationToken);
                        continue;
                    }

                    var needed = TileMessages.HeadBytes + entry.Unit!.Data.Length;
                    if (buffer.Length < needed)
                    {
                        ArrayPool<byte>.Shared.Return(buffer);
                        buffer = ArrayPool<byte>.Shared.Rent(needed);
                    }

                    var length = TileMessages.WritePicture(buffer, entry.Sink!.Tile, entry.Unit);
                    await SendAsync(buffer.AsMemory(0, length), WebSocketMessageType.Binary, cancellationToken);
                    _outbox.Sent(entry);
                    metrics.Sent(length);
                }
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private async Task SendAsync(ReadOnlyMemory<byte> message, WebSocketMessageType type, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(options.SendTimeout);
        await socket.SendAsync(message, type, endOfMessage: true, patience.Token);
    }

    private async Task CloseAsync(string? refusal)
    {
        if (socket.State is not (WebSocketState.Open or WebSocketState.CloseReceived))
        {
            return;
        }

        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(2), time);
        try
        {
            await socket.CloseOutputAsync(
                refusal is not null ? WebSocketCloseStatus.PolicyViolation
                    : socket.State == WebSocketState.CloseReceived ? WebSocketCloseStatus.NormalClosure : WebSocketCloseStatus.EndpointUnavailable,
                refusal,
                patience.Token);
        }
        catch (Exception exception) when (exception is OperationCanceledException or WebSocketException)
        {
            // It is gone already.
        }
    }
}
