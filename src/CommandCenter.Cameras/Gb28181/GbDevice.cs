using System.Net;

namespace CommandCenter.Cameras.Gb28181;

/// <summary>A device that registered since the server began, as it stands.</summary>
/// <param name="Id">20 digits.</param>
/// <param name="Address">Where its registration came from; requests to it go there.</param>
/// <param name="Transport">UDP or TCP.</param>
/// <param name="UserAgent">What it calls itself; <see langword="null"/> when it says nothing.</param>
/// <param name="IsOnline">Whether it is registered and was heard lately.</param>
/// <param name="RegisteredAt">When it last registered.</param>
/// <param name="ExpiresAt">Until when, unless it renews.</param>
/// <param name="LastSeenAt">When it was last heard.</param>
public sealed record GbDevice(
    string Id, IPEndPoint Address, string Transport, string? UserAgent, bool IsOnline,
    DateTimeOffset RegisteredAt, DateTimeOffset ExpiresAt, DateTimeOffset LastSeenAt);
