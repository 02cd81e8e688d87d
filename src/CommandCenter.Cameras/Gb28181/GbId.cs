namespace CommandCenter.Cameras.Gb28181;

/// <summary>The numbers of devices, channels and servers: 20 decimal digits, GB/T 28181-2016, annex D.</summary>
public static class GbId
{
    /// <summary>Digits of a number.</summary>
    public const int Length = 20;

    /// <summary>Whether a text is such a number.</summary>
    public static bool IsId(string? text) => text is { Length: Length } && text.All(char.IsAsciiDigit);
}
