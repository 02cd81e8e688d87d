namespace CommandCenter.Cameras.Gb28181;

/// <summary>An alarm of a device: GB/T 28181-2016, 9.4 and annex A.2.5.</summary>
/// <param name="DeviceId">20 digits: the device, its channel or its alarm input.</param>
/// <param name="Priority">1, the most urgent, to 4; 0 when not said.</param>
/// <param name="Method">1 telephone, 2 device, 3 message, 4 GPS, 5 video, 6 device fault, 7 other; 0 when not said.</param>
/// <param name="At">When, by the device's clock; <see langword="null"/> when not said or not readable.</param>
/// <param name="Description">The device's words, 1,024 characters at most; <see langword="null"/> when there are none.</param>
public sealed record GbAlarm(string DeviceId, int Priority, int Method, DateTimeOffset? At, string? Description);
