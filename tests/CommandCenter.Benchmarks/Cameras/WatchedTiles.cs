using System.Diagnostics;
using System.Text.Json;
using CommandCenter.Benchmarks.Product;
using CommandCenter.Benchmarks.Reporting;
using Microsoft.Playwright;

namespace CommandCenter.Benchmarks.Cameras;

/// <summary>The page of cameras in the distribution's Chromium, large enough for all tiles, which reads the clocks in the pictures that it shows.</summary>
internal sealed class WatchedTiles : IAsyncDisposable
{
    private const int WidthPixels = 2_560;
    private const int HeightPixels = 1_440;
    private const float PatienceMs = 60_000;

    /// <summary>
    /// Each picture that is shown is counted, and of each third one the clock is read: a pixel from the middle of each of its squares (ClockPicture).
    /// The time of showing is the later one of the browser's own estimate and of the moment at which the picture could be read.
    /// </summary>
    private const string Watch = """
        () => {
          const across = 16, down = 2, edge = 40, range = 2 ** 24;
          const context = new OffscreenCanvas(across, down).getContext('2d', { willReadFrequently: true });
          context.imageSmoothingEnabled = false;
          const read = (video) => {
            context.drawImage(video, 0, 0, across * edge, down * edge, 0, 0, across, down);
            const { data } = context.getImageData(0, 0, across, down);
            let time = 0, check = 0;
            for (let bit = 0; bit < across * down; bit++) {
              const isWhite = data[bit * 4] > 128 ? 1 : 0;
              if (bit < 24) { time = time * 2 + isWhite; } else { check = check * 2 + isWhite; }
            }
            return ((time >> 16) ^ (time >> 8) ^ time ^ 0x5a) % 256 === check ? time : null;
          };
          const watch = window.glass = [...document.querySelectorAll('#tiles video')].map((video, place) => {
            const tile = { latencies: [], wrong: 0, seen: 0, shown: 0, last: 0 };
            const step = (now, facts) => {
              // The element counts what the callbacks of a busy page miss; a new source of Media Source lets it count anew.
              tile.shown += facts.presentedFrames - (facts.presentedFrames < tile.last ? 0 : tile.last);
              tile.last = facts.presentedFrames;
              if ((tile.seen++ + place) % 3 === 0) {
                const clock = read(video);
                if (clock === null) {
                  tile.wrong++;
                } else {
                  const shownAt = Date.now() + Math.max(0, facts.expectedDisplayTime - performance.now());
                  const since = (((shownAt - clock) % range) + range) % range;
                  tile.latencies.push(since > range / 2 ? since - range : since);
                }
              }
              video.requestVideoFrameCallback(step);
            };
            video.requestVideoFrameCallback(step);
            return tile;
          });
          return watch.length;
        }
        """;

    private const string Take = """
        () => {
          const list = document.getElementById('tiles');
          const said = [...list.children].map((tile) => Number(tile.dataset.latency || 0)).sort((a, b) => a - b);
          const taken = {
            tiles: window.glass.map((tile) => ({ latencies: tile.latencies, wrong: tile.wrong, shown: tile.shown })),
            full: Math.min(window.glass.length, Number(list.dataset.full || 0)),
            said: said[said.length >> 1],
          };
          for (const tile of window.glass) { Object.assign(tile, { latencies: [], wrong: 0, shown: 0 }); }
          return JSON.stringify(taken);
        }
        """;

    /// <summary>A page of Janus' streaming plugin: a connection for each stream, as its own demonstration makes them, and no picture kept back to smooth its arrival.</summary>
    private const string JanusPage = """
        <style> body { margin: 0 } #tiles { display: grid; grid-template-columns: repeat(8, 1fr); margin: 0; padding: 0 } video { width: 100% } </style>
        <ul id="tiles"></ul>
        """;

    private const string JanusWatch = """
        async ({ address, count }) => {
          const socket = new WebSocket(address, 'janus-protocol');
          await new Promise((resolve, reject) => { socket.onopen = resolve; socket.onerror = () => reject(new Error('Janus does not answer.')); });
          const waiting = new Map();
          let sent = 0;
          const ask = (message) => new Promise((resolve, reject) => {
            const transaction = String(++sent);
            waiting.set(transaction, (answer) => (answer.error || answer.plugindata?.data?.error ? reject(new Error(JSON.stringify(answer))) : resolve(answer)));
            socket.send(JSON.stringify({ ...message, transaction }));
          });
          socket.onmessage = ({ data }) => {
            const answer = JSON.parse(data);
            if (answer.janus !== 'ack') {
              waiting.get(answer.transaction)?.(answer);
              waiting.delete(answer.transaction);
            }
          };
          const session_id = (await ask({ janus: 'create' })).data.id;
          setInterval(() => socket.send(JSON.stringify({ janus: 'keepalive', session_id, transaction: 'keepalive' })), 20_000);
          const list = document.getElementById('tiles');
          list.dataset.full = count;
          window.peers = [];
          for (let id = 1; id <= count; id++) {
            const video = document.createElement('video');
            Object.assign(video, { muted: true, autoplay: true, playsInline: true });
            list.append(video);
            const handle_id = (await ask({ janus: 'attach', session_id, plugin: 'janus.plugin.streaming' })).data.id;
            const { jsep } = await ask({ janus: 'message', session_id, handle_id, body: { request: 'watch', id } });
            const peer = new RTCPeerConnection();
            window.peers.push(peer);
            peer.ontrack = ({ receiver, track }) => {
              receiver.jitterBufferTarget = 0;
              video.srcObject = new MediaStream([track]);
            };
            peer.onicecandidate = ({ candidate }) =>
              socket.send(JSON.stringify({ janus: 'trickle', session_id, handle_id, candidate: candidate ?? { completed: true }, transaction: 'trickle' }));
            await peer.setRemoteDescription(jsep);
            await peer.setLocalDescription(await peer.createAnswer());
            await ask({ janus: 'message', session_id, handle_id, body: { request: 'start' }, jsep: peer.localDescription });
          }
        }
        """;

    private const string AllPlay = "() => [...document.querySelectorAll('#tiles video')].every((video) => video.videoWidth > 0 && video.currentTime > 0)";

    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web);
    private static readonly TimeSpan s_settling = TimeSpan.FromSeconds(8);

    private readonly IBrowserContext _context;
    private readonly IPage _page;
    private readonly ICDPSession _whole;
    private readonly int _gateway;

    private WatchedTiles(IBrowserContext context, IPage page, ICDPSession whole, int gateway)
    {
        _context = context;
        _page = page;
        _whole = whole;
        _gateway = gateway;
    }

    /// <summary>Opens the product's page.</summary>
    /// <param name="browser">The browser.</param>
    /// <param name="server">The server.</param>
    /// <param name="query">Empty, or which way of decoding is taken.</param>
    /// <param name="count">How many tiles there are; all must be live.</param>
    public static async Task<WatchedTiles> OpenAsync(IBrowser browser, ServerProcess server, string query, int count)
    {
        var context = await NewContextAsync(browser);
        var accounts = await server.AccountsAsync();
        await context.AddCookiesAsync(accounts.Command.GetCookies(server.Address).Select(cookie => new Microsoft.Playwright.Cookie { Name = cookie.Name, Value = cookie.Value, Url = server.Address.ToString() }));
        var page = await context.NewPageAsync();
        _ = await page.GotoAsync(new Uri(server.Address, "cameras" + query).ToString());
        await Assertions.Expect(page.Locator("#tiles > li[data-state=live]")).ToHaveCountAsync(count, new LocatorAssertionsToHaveCountOptions { Timeout = PatienceMs });
        return await WatchAsync(browser, context, page, server.Id, count);
    }

    /// <summary>Opens a page of Janus' streams.</summary>
    public static async Task<WatchedTiles> OpenAsync(IBrowser browser, JanusProcess janus, int count)
    {
        var context = await NewContextAsync(browser);
        var page = await context.NewPageAsync();
        await page.SetContentAsync(JanusPage);
        _ = await page.EvaluateAsync(JanusWatch, new { address = janus.Address, count });
        _ = await page.WaitForFunctionAsync(AllPlay, options: new PageWaitForFunctionOptions { Timeout = PatienceMs });
        return await WatchAsync(browser, context, page, janus.Id, count);
    }

    /// <summary>Watches for so long, after the beginning has passed.</summary>
    public async Task<GlassLook> LookAsync(TimeSpan duration)
    {
        await Task.Delay(s_settling);
        var (before, gatewayBefore, started) = (await ProcessorTimesAsync(), ServerProcess.ProcessorTimeOf(_gateway), Stopwatch.GetTimestamp());
        _ = await TakeAsync();
        await Task.Delay(duration);
        var taken = await TakeAsync();
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        var gateway = ServerProcess.ProcessorTimeOf(_gateway) - gatewayBefore;
        var busy = (await ProcessorTimesAsync()).Sum(process => (process.Value - before.GetValueOrDefault(process.Key)).TotalSeconds);
        return new GlassLook(
            [.. taken.Tiles.Select(static tile => tile.Latencies)],
            taken.Tiles.Sum(static tile => tile.Wrong),
            new Quantiles(taken.Tiles.Select(tile => tile.Shown / seconds)),
            taken.Full,
            taken.Said,
            busy / seconds * 100,
            gateway.TotalSeconds / seconds * 100,
            Machine.Load);
    }

    public ValueTask DisposeAsync() => _context.DisposeAsync();

    private static Task<IBrowserContext> NewContextAsync(IBrowser browser) =>
        browser.NewContextAsync(new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = WidthPixels, Height = HeightPixels } });

    private static async Task<WatchedTiles> WatchAsync(IBrowser browser, IBrowserContext context, IPage page, int gateway, int count)
    {
        var watched = await page.EvaluateAsync<int>(Watch);
        return watched == count
            ? new WatchedTiles(context, page, await browser.NewBrowserCDPSessionAsync(), gateway)
            : throw new InvalidOperationException($"{watched} tiles of {count} are watched.");
    }

    // Of all processes of the browser: the page, whoever decodes and whoever paints.
    private async Task<Dictionary<int, TimeSpan>> ProcessorTimesAsync() => (await _whole.SendAsync("SystemInfo.getProcessInfo"))!.Value.GetProperty("processInfo")
        .EnumerateArray().Select(static process => process.GetProperty("id").GetInt32()).ToDictionary(static id => id, ServerProcess.ProcessorTimeOf);

    private async Task<Taken> TakeAsync() => JsonSerializer.Deserialize<Taken>(await _page.EvaluateAsync<string>(Take), s_json)!;

    private sealed record Taken(TakenTile[] Tiles, int Full, double Said);

    private sealed record TakenTile(double[] Latencies, int Wrong, double Shown);
}
