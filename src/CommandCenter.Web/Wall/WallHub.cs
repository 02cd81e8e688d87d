using Microsoft.AspNetCore.SignalR;

namespace CommandCenter.Web.Wall;

/// <summary>The lean way to the wall: one stream of frames a page, and the server's clock.</summary>
internal sealed class WallHub(WallFeed feed, WallCatalog catalog, TimeProvider time) : Hub
{
    public const string Path = "/hubs/wall";

    /// <summary>Server time in milliseconds since 1970. A page times the round trip and knows its clock's offset.</summary>
    public long Clock() => time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Frames of a wall, the latest one first. See <see cref="WallFeed"/> for what happens to a slow reader.</summary>
    /// <exception cref="HubException"><c>wall.unknown</c>: no file describes this wall.</exception>
    public IAsyncEnumerable<WallFrame> Follow(string wallId, string lang, CancellationToken cancellationToken) =>
        catalog.Find(wallId) is null
            ? throw new HubException("wall.unknown")
            : feed.FollowAsync(wallId, WallTexts.Parse(lang), cancellationToken);
}
