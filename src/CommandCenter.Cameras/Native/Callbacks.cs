using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace CommandCenter.Cameras.Native;

/// <summary>
/// Where GStreamer's threads enter. They bring a number, not a pointer: one that comes late, after its pipeline was disposed, finds nobody and
/// is turned away, where a freed pointer would end the process.
/// </summary>
internal static unsafe class Callbacks
{
    private const string TextOfFault = "A listener of the pipeline failed: ";

    private static readonly ConcurrentDictionary<nint, IPipelineEvents> s_listeners = new();
    private static readonly DateTimeOffset s_ntpEpoch = new(1900, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly Lazy<nint> s_ntp = new(static () => Gst.NewCaps("timestamp/x-ntp"));
    private static long s_last;

    /// <summary>How many listen now.</summary>
    public static int Count => s_listeners.Count;

    public static nint Add(IPipelineEvents listener)
    {
        var id = (nint)Interlocked.Increment(ref s_last);
        s_listeners[id] = listener;
        return id;
    }

    public static void Remove(nint id) => _ = s_listeners.TryRemove(id, out _);

    /// <summary>Lets the pictures of an appsink come to a listener.</summary>
    public static void ListenToSink(nint sink, nint id)
    {
        // Without an end callback: the bus says it for the whole pipeline.
        var callbacks = new Gst.SinkCallbacks { NewSample = (nint)(delegate* unmanaged[Cdecl]<nint, nint, int>)&OnSample };
        Gst.SetCallbacks(sink, callbacks, id, 0);
    }

    /// <summary>Lets errors and the end of a pipeline come to a listener, and all other messages go to nobody, so that none piles up.</summary>
    public static void ListenToBus(nint pipeline, nint id)
    {
        var bus = Gst.BusOf(pipeline);
        Gst.SetHandler(bus, (nint)(delegate* unmanaged[Cdecl]<nint, nint, nint, int>)&OnMessage, id, 0);
        Gst.Unref(bus);
    }

    /// <summary>Lets a listener choose among the streams of an rtspsrc.</summary>
    public static void ListenToStreams(nint source, nint id) =>
        _ = GLib.Connect(source, "select-stream", (nint)(delegate* unmanaged[Cdecl]<nint, uint, nint, nint, int>)&OnSelectStream, id, 0, 0);

    /// <summary>Lets a listener hear of the streams that a demultiplexer finds.</summary>
    public static void ListenToPads(nint demultiplexer, nint id) =>
        _ = GLib.Connect(demultiplexer, "pad-added", (nint)(delegate* unmanaged[Cdecl]<nint, nint, nint, void>)&OnPad, id, 0, 0);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int OnSample(nint sink, nint id)
    {
        var sample = Gst.PullSample(sink);
        if (sample == 0)
        {
            return Gst.FlowEnd;
        }

        try
        {
            return s_listeners.TryGetValue(id, out var listener) && Give(listener, Gst.BufferOf(sample)) ? Gst.FlowOk : Gst.FlowError;
        }
        finally
        {
            Gst.UnrefMini(sample);
        }
    }

    private static bool Give(IPipelineEvents listener, nint buffer)
    {
        try
        {
            if (buffer == 0)
            {
                return true;
            }

            var data = GC.AllocateUninitializedArray<byte>((int)Gst.SizeOf(buffer));
            _ = Gst.Extract(buffer, 0, data, (nuint)data.Length);
            var pts = *(ulong*)(buffer + Gst.BufferPtsOffset);
            var isBroken = (*(uint*)(buffer + Gst.BufferFlagsOffset) & Gst.BufferIsBroken) != 0;
            return listener.OnPicture(new GstPicture(data, pts == Gst.NoTime ? null : (long)pts, isBroken, CapturedAt(buffer)));
        }
        catch (Exception exception)
        {
            // The top of a foreign thread: an exception that left it would end the process.
            return Fail(listener, exception);
        }
    }

    private static DateTimeOffset? CapturedAt(nint buffer)
    {
        var meta = Gst.ReferenceTimestampOf(buffer, s_ntp.Value);
        if (meta == 0)
        {
            return null;
        }

        // Nanoseconds since 1900: 63 bits of them reach the year 2192.
        var nanoseconds = *(ulong*)(meta + Gst.ReferenceTimestampOffset);
        return nanoseconds > long.MaxValue ? null : s_ntpEpoch.AddTicks((long)(nanoseconds / TimeSpan.NanosecondsPerTick));
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int OnMessage(nint bus, nint message, nint id)
    {
        var type = *(uint*)(message + Gst.MessageTypeOffset);
        if (type is Gst.MessageEnd or Gst.MessageError && s_listeners.TryGetValue(id, out var listener))
        {
            var (code, text) = ("video.ended", "The stream ended.");
            if (type == Gst.MessageError)
            {
                Gst.ParseError(message, out var error, 0);
                var taken = GLib.TakeError(error);
                (code, text) = (CodeOf(taken.Domain, taken.Code), taken.Text);
            }

            End(listener, code, text);
        }

        Gst.UnrefMini(message); // GST_BUS_DROP: whoever drops a message frees it.
        return 0;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int OnSelectStream(nint source, uint number, nint caps, nint id) => Hear(id, caps) ? 1 : 0;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnPad(nint element, nint pad, nint id)
    {
        var caps = Gst.CapsOf(pad);
        if (caps != 0)
        {
            _ = Hear(id, caps);
            Gst.UnrefMini(caps);
        }
    }

    private static bool Hear(nint id, nint caps)
    {
        if (!s_listeners.TryGetValue(id, out var listener))
        {
            return false;
        }

        try
        {
            return listener.OnStream(GLib.TakeText(Gst.CapsText(caps)) ?? "");
        }
        catch (Exception exception)
        {
            return Fail(listener, exception);
        }
    }

    private static bool Fail(IPipelineEvents listener, Exception exception)
    {
        End(listener, "video.failed", TextOfFault + exception.Message);
        return false;
    }

    private static void End(IPipelineEvents listener, string code, string text)
    {
        try
        {
            listener.OnEnd(code, text);
        }
        catch (Exception exception)
        {
            // Nobody is left to tell.
            System.Diagnostics.Trace.WriteLine(TextOfFault + exception.Message);
        }
    }

    // GstResourceError and GstCoreError, by number: their names are not exported.
    private static string CodeOf(string domain, int code) => (domain, code) switch
    {
        ("gst-resource-error-quark", 15) => "video.password",
        ("gst-resource-error-quark", 3) => "video.not-found",
        ("gst-resource-error-quark", _) => "video.unreachable",
        ("gst-core-error-quark", 12) => "video.plugin",
        _ => "video.stream",
    };
}
