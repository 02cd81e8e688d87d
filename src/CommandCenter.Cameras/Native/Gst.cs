using System.Runtime.InteropServices;

namespace CommandCenter.Cameras.Native;

/// <summary>The functions of GStreamer 1.22 that are called, each with its one signature. What must be done around them stands in the types that call them.</summary>
internal static partial class Gst
{
    public const string Library = "libgstreamer-1.0.so.0";
    public const string AppLibrary = "libgstapp-1.0.so.0";

    public const int StateNull = 1;
    public const int StatePlaying = 4;
    public const int StateChangeFailure = 0;

    public const int FlowOk = 0;
    public const int FlowEnd = -3;
    public const int FlowError = -5;

    public const uint MessageEnd = 1;
    public const uint MessageError = 2;

    // The public layout of 1.x on 64 bits, which GStreamer's ABI promise keeps.
    public const int MessageTypeOffset = 64;
    public const int BufferFlagsOffset = 16;
    public const int BufferPtsOffset = 72;
    public const int ReferenceTimestampOffset = 24;
    public const uint BufferIsBroken = 1 << 6; // GST_BUFFER_FLAG_DISCONT
    public const ulong NoTime = ulong.MaxValue;

    [LibraryImport(Library, EntryPoint = "gst_init_check")]
    public static partial int Init(nint argc, nint argv, out nint error);

    [LibraryImport(Library, EntryPoint = "gst_version")]
    public static partial void Version(out uint major, out uint minor, out uint micro, out uint nano);

    [LibraryImport(Library, EntryPoint = "gst_element_factory_find", StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint FindFactory(string name);

    [LibraryImport(Library, EntryPoint = "gst_parse_launch", StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint ParseLaunch(string description, out nint error);

    [LibraryImport(Library, EntryPoint = "gst_object_ref_sink")]
    public static partial nint RefSink(nint instance);

    [LibraryImport(Library, EntryPoint = "gst_object_unref")]
    public static partial void Unref(nint instance);

    [LibraryImport(Library, EntryPoint = "gst_mini_object_unref")]
    public static partial void UnrefMini(nint instance);

    [LibraryImport(Library, EntryPoint = "gst_element_set_state")]
    public static partial int SetState(nint element, int state);

    [LibraryImport(Library, EntryPoint = "gst_element_get_bus")]
    public static partial nint BusOf(nint element);

    [LibraryImport(Library, EntryPoint = "gst_bus_set_sync_handler")]
    public static partial void SetHandler(nint bus, nint handler, nint data, nint destroy);

    [LibraryImport(Library, EntryPoint = "gst_message_parse_error")]
    public static partial void ParseError(nint message, out nint error, nint debug);

    [LibraryImport(Library, EntryPoint = "gst_bin_get_by_name", StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint ByName(nint bin, string name);

    [LibraryImport(Library, EntryPoint = "gst_pad_get_current_caps")]
    public static partial nint CapsOf(nint pad);

    [LibraryImport(Library, EntryPoint = "gst_caps_to_string")]
    public static partial nint CapsText(nint caps);

    [LibraryImport(Library, EntryPoint = "gst_caps_from_string", StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint NewCaps(string text);

    [LibraryImport(Library, EntryPoint = "gst_structure_from_string", StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint NewStructure(string text, nint end);

    [LibraryImport(Library, EntryPoint = "gst_structure_free")]
    public static partial void FreeStructure(nint structure);

    [LibraryImport(AppLibrary, EntryPoint = "gst_app_sink_set_callbacks")]
    public static partial void SetCallbacks(nint sink, in SinkCallbacks callbacks, nint data, nint destroy);

    [LibraryImport(AppLibrary, EntryPoint = "gst_app_sink_pull_sample")]
    public static partial nint PullSample(nint sink);

    [LibraryImport(Library, EntryPoint = "gst_sample_get_buffer")]
    public static partial nint BufferOf(nint sample);

    [LibraryImport(Library, EntryPoint = "gst_buffer_get_size")]
    public static partial nuint SizeOf(nint buffer);

    [LibraryImport(Library, EntryPoint = "gst_buffer_extract")]
    public static partial nuint Extract(nint buffer, nuint offset, Span<byte> to, nuint size);

    [LibraryImport(Library, EntryPoint = "gst_buffer_get_reference_timestamp_meta")]
    public static partial nint ReferenceTimestampOf(nint buffer, nint caps);

    [LibraryImport(Library, EntryPoint = "gst_buffer_new_allocate")]
    public static partial nint NewBuffer(nint allocator, nuint size, nint parameters);

    [LibraryImport(Library, EntryPoint = "gst_buffer_fill")]
    public static partial nuint Fill(nint buffer, nuint offset, ReadOnlySpan<byte> from, nuint size);

    [LibraryImport(AppLibrary, EntryPoint = "gst_app_src_push_buffer")]
    public static partial int Push(nint source, nint buffer);

    /// <summary>GstAppSinkCallbacks: four that exist in 1.22, and room for those that newer ones look for.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct SinkCallbacks
    {
        public nint End;
        public nint NewPreroll;
        public nint NewSample;
        public nint NewEvent;
        private readonly nint _reserved0;
        private readonly nint _reserved1;
        private readonly nint _reserved2;
        private readonly nint _reserved3;
    }
}
