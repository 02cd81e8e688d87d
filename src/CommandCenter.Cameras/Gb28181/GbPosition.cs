namespace CommandCenter.Cameras.Gb28181;

/// <summary>Where a device is: MobilePosition, GB/T 28181-2016, 9.11 and annex A.2.5. Every number is finite and within its range.</summary>
/// <param name="DeviceId">20 digits: the device, or the channel of it that moves.</param>
/// <param name="At">When it was there, by the device's clock.</param>
/// <param name="Longitude">Degrees east, −180 to 180, WGS 84.</param>
/// <param name="Latitude">Degrees north, −90 to 90, WGS 84.</param>
/// <param name="SpeedKmh">Kilometres an hour, 0 to 2,000; <see langword="null"/> when not said.</param>
/// <param name="DirectionDegrees">Degrees from north, clockwise, 0 to 360; <see langword="null"/> when not said.</param>
/// <param name="AltitudeMetres">Metres above the sea, −1,000 to 20,000; <see langword="null"/> when not said.</param>
public sealed record GbPosition(
    string DeviceId, DateTimeOffset At, double Longitude, double Latitude, double? SpeedKmh, double? DirectionDegrees, double? AltitudeMetres)
{
    /// <summary>The registered device whose message it is. Only it is known for sure: the message may name any device or channel.</summary>
    public string SenderId { get; init; } = DeviceId;
}
