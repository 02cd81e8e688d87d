namespace CommandCenter.Cameras.Gb28181;

/// <summary>An alarm of a device: GB/T 28181-2016, 9.4 and annex A.2.5.</summary>
/// <param name="DeviceId">20 digits: the device, its channel or its alarm input.</param>
/// <param name="Priority">1, the most urgent, to 4; 0 when not said.</param>
/// <param name="Method">1 telephone, 2 device, 3 message, 4 GPS, 5 video, 6 device fault, 7 other; 0 when not said.</param>
/// <param name="At">When, by the device's clock; <see langword="null"/> when not said or not readable.</param>
/// <param name="Type">What the device names within its method, from 1; 0 when not said. Of method 2: 1 no picture, 2 tampered with, 3 disk full, 4 hot, 5 cold; of method 5: 1 raised by a person.</param>
/// <param name="Description">The device's words, 1,024 characters at most; <see langword="null"/> when there are none.</param>
public sealed record GbAlarm(string DeviceId, int Priority, int Method, int Type, DateTimeOffset? At, string? Description)
{
    /// <summary>The device that sent it.</summary>
    public string SenderId { get; init; } = DeviceId;

    /// <summary>
    /// Whether a person may be calling. Makers map the button of a body camera to several methods, so all count but what a device says of itself
    /// or sees by its own analysis: better a call that was none.
    /// </summary>
    public bool MayBeCall => Method switch
    {
        2 => Type is 0 or > 5,
        5 => Type is 0 or 1,
        6 => false,
        _ => true,
    };
}
