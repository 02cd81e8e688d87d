using CommandCenter.Web.Replay;
using CommandCenter.Web.Wall.Heads;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.SignalR;

namespace CommandCenter.Web.Wall;

/// <summary>The lean way to the wall: one stream of frames a page, the server's clock, and the page's own word once a second.</summary>
internal sealed class WallHub(WallFeed feed, WallCatalog catalog, WallHeads heads, TimeProvider time) : Hub
{
    public const string Path = "/hubs/wall";

    /// <summary>Server time in milliseconds since 1970. A page times the round trip and knows its clock's offset.</summary>
    public long Clock() => time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Frames of a wall, the latest one first. See <see cref="WallFeed"/> for what happens to a slow reader, and
    /// <see cref="HeadGroup"/> for how several outputs of one wall show the same frame at the same instant.</summary>
    /// <param name="wallId">Which wall.</param>
    /// <param name="lang">In whose words.</param>
    /// <param name="head">Which output, from 1; 0 is a page of its own.</param>
    /// <param name="cancellationToken">Ends with the connection.</param>
    /// <exception cref="HubException"><c>wall.unknown</c>: no file describes this wall. <c>wall.head-unknown</c>: it has no such output.</exception>
    public IAsyncEnumerable<WallFrame> Follow(string wallId, string lang, int head, CancellationToken cancellationToken)
    {
        var wall = catalog.Find(wallId) ?? throw new HubException("wall.unknown");
        if (head < 0 || head > wall.Heads.Count)
        {
            throw new HubException("wall.head-unknown");
        }

        var language = WallTexts.Parse(lang);
        var page = heads.Join(Context.ConnectionId, wallId, head, language);
        return head == 0 ? feed.FollowAsync(wallId, language, cancellationToken) : page.ReadAsync(catalog, cancellationToken);
    }

    /// <summary>Frames of the past from a moment on, at most four a second; a single one at speed 0. See <see cref="ReplayFeed"/>.</summary>
    /// <exception cref="HubException"><c>wall.unknown</c>, or a code of <see cref="ReplayFeed.PlayAsync"/>.</exception>
    public IAsyncEnumerable<WallFrame> Replay(
        string wallId, string lang, long fromMs, int speed, [FromServices] ReplayFeed replay, CancellationToken cancellationToken) =>
        catalog.Find(wallId) is not { } wall ? throw new HubException("wall.unknown")
        : fromMs is < 0 or > 253_402_300_799_999 ? throw new HubException("history.bad-time")
        : replay.PlayAsync(wall, WallTexts.Parse(lang), DateTimeOffset.FromUnixTimeMilliseconds(fromMs), speed, cancellationToken);

    /// <summary>An output has everything of a frame and waits for the word to show it.</summary>
    public void Ready(long number) => heads.SetReady(Context.ConnectionId, number);

    /// <summary>What a page shows, once a second.</summary>
    public void Report(HeadReport report) => heads.Take(Context.ConnectionId, report);

    /// <inheritdoc />
    public override Task OnDisconnectedAsync(Exception? exception)
    {
        heads.Leave(Context.ConnectionId);
        return base.OnDisconnectedAsync(exception);
    }
}
