using System.Globalization;
using System.Text;

namespace CommandCenter.Cameras.Gb28181.Manscdp;

/// <summary>The few documents that we send: GB/T 28181-2016, annex A. They hold digits and our own words alone, so nothing has to be escaped.</summary>
internal static class ManscdpWriter
{
    public const string ContentType = "Application/MANSCDP+xml";

    /// <summary>A question: Catalog, DeviceInfo, DeviceStatus.</summary>
    public static byte[] Query(string command, int number, string deviceId) => Write("Query", command, number, deviceId, string.Empty);

    /// <summary>A subscription to positions.</summary>
    /// <param name="number">SN.</param>
    /// <param name="deviceId">20 digits.</param>
    /// <param name="intervalSeconds">How often the device is to say where it is.</param>
    public static byte[] PositionQuery(int number, string deviceId, int intervalSeconds) =>
        Write("Query", "MobilePosition", number, deviceId, string.Create(CultureInfo.InvariantCulture, $"<Interval>{intervalSeconds}</Interval>\r\n"));

    /// <summary>That an alarm has come: 9.4.2.</summary>
    public static byte[] AlarmResponse(int number, string deviceId) => Write("Response", "Alarm", number, deviceId, "<Result>OK</Result>\r\n");

    private static byte[] Write(string root, string command, int number, string deviceId, string rest) => Encoding.ASCII.GetBytes(string.Create(
        CultureInfo.InvariantCulture,
        $"<?xml version=\"1.0\" encoding=\"GB2312\"?>\r\n<{root}>\r\n<CmdType>{command}</CmdType>\r\n<SN>{number}</SN>\r\n<DeviceID>{deviceId}</DeviceID>\r\n{rest}</{root}>\r\n"));
}
