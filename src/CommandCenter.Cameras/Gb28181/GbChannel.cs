namespace CommandCenter.Cameras.Gb28181;

/// <summary>A line of a device's catalog: a camera, a folder or the device itself. GB/T 28181-2016, annex A.2.1.</summary>
/// <param name="Id">Its number: 20 digits for what can be played, fewer for an administrative division.</param>
/// <param name="Name">What it is called; may be empty.</param>
/// <param name="Manufacturer">Who made it; <see langword="null"/> when not said.</param>
/// <param name="Model">Its type; <see langword="null"/> when not said.</param>
/// <param name="ParentId">What it belongs to; <see langword="null"/> when not said.</param>
/// <param name="IsOn">Whether the device says that it works.</param>
/// <param name="Longitude">Degrees east; <see langword="null"/> when not said or out of range.</param>
/// <param name="Latitude">Degrees north; <see langword="null"/> when not said or out of range.</param>
public sealed record GbChannel(
    string Id, string Name, string? Manufacturer, string? Model, string? ParentId, bool IsOn, double? Longitude, double? Latitude);
