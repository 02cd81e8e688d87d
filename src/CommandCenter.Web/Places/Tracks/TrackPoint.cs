using System.Runtime.InteropServices;

namespace CommandCenter.Web.Places.Tracks;

/// <summary>One position of an officer as it is kept: 48 bytes.</summary>
/// <param name="AtMs">When he was there, milliseconds since 1970, by the device's clock.</param>
/// <param name="RecordedAtMs">When we heard of it.</param>
/// <param name="Latitude">Degrees north, WGS-84.</param>
/// <param name="Longitude">Degrees east, WGS-84.</param>
/// <param name="AccuracyM">Radius in metres; not a number when unknown.</param>
/// <param name="HeadingDeg">Degrees clockwise from north; not a number when unknown.</param>
/// <param name="SpeedMps">Metres a second; not a number when unknown.</param>
/// <param name="IsGcj02">Whether the device gave it in GCJ-02.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct TrackPoint(
    long AtMs, long RecordedAtMs, double Latitude, double Longitude, float AccuracyM, float HeadingDeg, float SpeedMps, bool IsGcj02);
