using CommandCenter.Cameras.Gb28181;

namespace CommandCenter.Web.Cameras.Gb;

/// <summary>A registered camera of GB/T 28181: its addresses are the numbers of its channels, its user is the device that registers and has them.</summary>
internal static class GbCamera
{
    private const int PasswordLengthMax = 256;

    /// <summary>The device, 20 digits. A camera without a user is a device itself.</summary>
    public static string DeviceOf(CameraDevice camera) => camera.User ?? camera.MainAddress;

    /// <summary>The channel of a stream; <see langword="null"/> where the camera has none.</summary>
    /// <remarks>Both may be one channel: then its sub-stream is asked for. Some devices give the small picture a channel of its own.</remarks>
    public static string? ChannelOf(CameraDevice camera, StreamKind kind) => kind == StreamKind.Main ? camera.MainAddress : camera.SubAddress;

    /// <summary>The code of what is wrong with it; <see langword="null"/> when nothing is. Of several channels of one device one has the password.</summary>
    public static string? FaultOf(CameraDevice camera, string? password) =>
        !GbId.IsId(camera.MainAddress) || (camera.SubAddress is { } sub && !GbId.IsId(sub)) ? "camera.address"
        : camera.User is { } user && !GbId.IsId(user) ? "camera.user"
        : password is { Length: > PasswordLengthMax } || password?.Any(char.IsControl) == true ? "camera.password"
        : null;
}
