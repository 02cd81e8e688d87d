namespace CommandCenter.Cameras.Gb28181;

/// <summary>What a device says it is: DeviceInfo, GB/T 28181-2016, annex A.2.6. Any of it may be missing.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Manufacturer">Who made it.</param>
/// <param name="Model">Its type.</param>
/// <param name="Firmware">Its version.</param>
/// <param name="ChannelCount">Its video inputs.</param>
public sealed record GbDeviceInfo(string? Name, string? Manufacturer, string? Model, string? Firmware, int? ChannelCount);

/// <summary>How a device says it does: DeviceStatus, GB/T 28181-2016, annex A.2.6.</summary>
/// <param name="IsOnline">Whether it calls itself online.</param>
/// <param name="IsWorking">Whether it calls its state OK.</param>
/// <param name="IsRecording">Whether it records; <see langword="null"/> when not said.</param>
/// <param name="Reason">Why it does not work, 256 characters at most.</param>
public sealed record GbDeviceStatus(bool IsOnline, bool IsWorking, bool? IsRecording, string? Reason);
