using System.Globalization;

namespace CommandCenter.Cameras.Gb28181.Manscdp;

/// <summary>What stands in MANSCDP documents, checked. <see langword="null"/> is unknown; a value out of range is no value.</summary>
internal static class ManscdpValues
{
    private const double LongitudeMax = 180;
    private const double LatitudeMax = 90;

    private static readonly string[] s_timeFormats =
    [
        "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF", "yyyy-MM-dd HH:mm:ss", "yyyyMMdd'T'HHmmss",
    ];

    /// <summary>A position; <see langword="null"/> when it cannot be believed.</summary>
    /// <param name="notify">The document.</param>
    /// <param name="senderId">Whose message it is, where the document does not say who moves.</param>
    /// <param name="options">Offset of the devices' clocks, and how old and how new a position may be.</param>
    /// <param name="now">Our clock.</param>
    public static GbPosition? Position(ManscdpElement notify, string senderId, GbServerOptions options, DateTimeOffset now)
    {
        var deviceId = notify.TextOf("DeviceID") ?? senderId;
        if (!GbId.IsId(deviceId)
            || Number(notify, "Longitude", -LongitudeMax, LongitudeMax) is not { } longitude
            || Number(notify, "Latitude", -LatitudeMax, LatitudeMax) is not { } latitude
            || (longitude == 0 && latitude == 0) // A receiver without a fix says so; there is no court in the Gulf of Guinea.
            || Time(notify.TextOf("Time"), options.DeviceUtcOffset) is not { } at
            || at < now - options.PositionAgeMax
            || at > now + options.PositionAheadMax)
        {
            return null;
        }

        return new GbPosition(
            deviceId, at, longitude, latitude,
            Number(notify, "Speed", 0, 2_000), Number(notify, "Direction", 0, 360), Number(notify, "Altitude", -1_000, 20_000))
        {
            SenderId = senderId,
        };
    }

    public static GbAlarm? Alarm(ManscdpElement notify, string senderId, GbServerOptions options) =>
        (notify.TextOf("DeviceID") ?? senderId) is var deviceId && GbId.IsId(deviceId)
            ? new GbAlarm(
                deviceId,
                Digit(notify, "AlarmPriority", 4),
                Digit(notify, "AlarmMethod", 7),
                Digit(notify, "AlarmType", 99) is > 0 and var type ? type : notify.Child("Info") is { } info ? Digit(info, "AlarmType", 99) : 0,
                Time(notify.TextOf("AlarmTime"), options.DeviceUtcOffset),
                notify.TextOf("AlarmDescription", 1_024))
            {
                SenderId = senderId,
            }
            : null;

    public static GbChannel? Channel(ManscdpElement item) =>
        item.TextOf("DeviceID") is { Length: <= GbId.Length } id && id.All(char.IsAsciiDigit)
            ? new GbChannel(
                id,
                item.TextOf("Name") ?? string.Empty,
                item.TextOf("Manufacturer"),
                item.TextOf("Model"),
                item.TextOf("ParentID"),
                item.TextOf("Status")?.ToUpperInvariant() is "ON" or "OK" or "ONLINE",
                Number(item, "Longitude", -LongitudeMax, LongitudeMax),
                Number(item, "Latitude", -LatitudeMax, LatitudeMax))
            : null;

    public static GbDeviceInfo Info(ManscdpElement response) => new(
        response.TextOf("DeviceName"), response.TextOf("Manufacturer"), response.TextOf("Model"), response.TextOf("Firmware"),
        (int?)Number(response, "Channel", 0, 100_000));

    public static GbDeviceStatus Status(ManscdpElement response) => new(
        response.TextOf("Online")?.ToUpperInvariant() == "ONLINE",
        response.TextOf("Status")?.ToUpperInvariant() == "OK",
        response.TextOf("Record")?.ToUpperInvariant() switch { "ON" => true, "OFF" => false, _ => null },
        response.TextOf("Reason"));

    /// <summary>SN: 1 to 2³¹ − 1; <see langword="null"/> when it is none.</summary>
    public static int? SerialNumber(ManscdpElement document) =>
        int.TryParse(document.TextOf("SN"), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>A count of the document, 0 to <paramref name="max"/>.</summary>
    public static int? Count(ManscdpElement document, string name, int max) =>
        int.TryParse(document.TextOf(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= max ? number : null;

    private static double? Number(ManscdpElement element, string name, double min, double max) =>
        double.TryParse(element.TextOf(name), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
        && number >= min && number <= max // False for NaN, too.
            ? number
            : null;

    private static int Digit(ManscdpElement element, string name, int max) => Count(element, name, max) ?? 0;

    // 2019-06-10T14:18:51: the device's own time, without its offset; some say the offset all the same.
    private static DateTimeOffset? Time(string? text, TimeSpan offset)
    {
        if (text is null)
        {
            return null;
        }

        if (DateTime.TryParseExact(text, s_timeFormats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local))
        {
            return local.Ticks < offset.Ticks || local.Year is < 1970 or > 9_000 ? null : new DateTimeOffset(local, offset).ToUniversalTime();
        }

        return DateTimeOffset.TryParseExact(
            text, ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var whole)
            && whole.Year is >= 1970 and <= 9_000
                ? whole.ToUniversalTime()
                : null;
    }
}
