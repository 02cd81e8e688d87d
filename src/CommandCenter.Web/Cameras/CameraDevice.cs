using CommandCenter.Domain.Officers;

namespace CommandCenter.Web.Cameras;

/// <summary>执法记录仪、胸针摄像头: a camera that an officer carries, as it was registered. It holds no secret, so that whatever shows or logs it shows none.</summary>
/// <param name="Id">Its id; letters, digits and dashes.</param>
/// <param name="CourtMark">The court of its officer.</param>
/// <param name="OfficerId">Its officer, as events of officers name him.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Kind">How its pictures come.</param>
/// <param name="MainAddress">Where its main stream is.</param>
/// <param name="SubAddress">Where its small stream is; <see langword="null"/> when it has none, and the main one stands in.</param>
/// <param name="User">As whom we fetch, or it sends.</param>
/// <param name="HasSecret">Whether it has a secret. What it is, <see cref="CameraRegistry.SecretOf"/> alone says.</param>
/// <param name="IsEnabled">Whether anybody may look at it.</param>
/// <param name="Revision">1, and one more with each change.</param>
internal sealed record CameraDevice(
    string Id, string CourtMark, string OfficerId, string Name, CameraSourceKind Kind, string MainAddress, string? SubAddress, string? User, bool HasSecret,
    bool IsEnabled, long Revision)
{
    /// <summary>The frame in which it says where it is, where it says so (GB/T 28181).</summary>
    public Datum Datum { get; init; }
}
