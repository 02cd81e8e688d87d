namespace CommandCenter.Cameras.Gb28181;

/// <summary>The devices that the host knows. Asked at each registration, on a receiving thread: answers from memory and does not throw.</summary>
public interface IGbDeviceDirectory
{
    /// <summary>What is known of a device; <see langword="null"/> when there is none of that number.</summary>
    /// <param name="deviceId">20 digits.</param>
    GbDeviceEntry? Find(string deviceId);
}

/// <summary>A device that the host knows.</summary>
/// <param name="Password">What it registers with.</param>
/// <param name="IsAllowed">Whether it may register now. One that may not is answered like one that is not known.</param>
public sealed record GbDeviceEntry(string Password, bool IsAllowed);
