using System.Runtime.InteropServices;

namespace CommandCenter.Cameras.Native;

/// <summary>Whether this machine has GStreamer, and what of it.</summary>
public static class GStreamer
{
    private const uint MinorMin = 22;

    // What every pipeline needs. What only one kind of source needs is asked for when there is such a source.
    private static readonly (string Element, string Package)[] s_needed =
    [
        ("appsink", "gstreamer1.0-plugins-base"), ("rtspsrc", "gstreamer1.0-plugins-good"), ("rtph264depay", "gstreamer1.0-plugins-good"),
        ("rtpjitterbuffer", "gstreamer1.0-plugins-good"), ("h264parse", "gstreamer1.0-plugins-bad"),
    ];

    private static readonly Lazy<string?> s_fault = new(Start);

    /// <summary>Starts it, once for the process. Never throws: without it the product runs and has no pictures.</summary>
    /// <param name="reason">Empty when it started; otherwise <c>video.off</c>, and which library or plug-in of which package is missing.</param>
    /// <returns>Whether pictures can be fetched.</returns>
    public static bool TryStart(out string reason)
    {
        reason = s_fault.Value ?? "";
        return s_fault.Value is null;
    }

    /// <summary>Whether a plug-in is installed. Only after <see cref="TryStart"/> said yes.</summary>
    /// <param name="element">Name of its element, such as <c>srtsrc</c>.</param>
    public static bool Has(string element)
    {
        var factory = Gst.FindFactory(element);
        if (factory != 0)
        {
            Gst.Unref(factory);
        }

        return factory != 0;
    }

    private static string? Start()
    {
        foreach (var library in new[] { GLib.Library, GLib.ObjectLibrary, Gst.Library, Gst.AppLibrary })
        {
            // Kept loaded for ever: GStreamer cannot be unloaded, and the imports find it by the same name.
            if (!NativeLibrary.TryLoad(library, out _))
            {
                return $"video.off: {library} cannot be loaded (packages libgstreamer1.0-0, libgstreamer-plugins-base1.0-0).";
            }
        }

        if (Gst.Init(0, 0, out var error) == 0)
        {
            return $"video.off: GStreamer does not start: {GLib.TakeError(error).Text}";
        }

        Gst.Version(out var major, out var minor, out var micro, out _);
        if (major != 1 || minor < MinorMin)
        {
            return $"video.off: GStreamer 1.{MinorMin} is needed, {major}.{minor}.{micro} is installed.";
        }

        var missing = s_needed.Where(static needed => !Has(needed.Element)).ToArray();
        return missing.Length == 0
            ? null
            : $"video.off: {string.Join(", ", missing.Select(static needed => needed.Element))} of GStreamer missing (packages {string.Join(", ", missing.Select(static needed => needed.Package).Distinct())}).";
    }
}
