using System.Runtime.InteropServices;

namespace CommandCenter.Cameras.Native;

/// <summary>A reference to an element that is ours. Of a pipeline the last one: it is stopped first.</summary>
internal sealed class GstElementHandle : SafeHandle
{
    private readonly bool _isPipeline;

    public GstElementHandle(nint element, bool isPipeline)
        : base(0, ownsHandle: true)
    {
        _isPipeline = isPipeline;
        SetHandle(element);
    }

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        if (_isPipeline)
        {
            // GStreamer demands NULL before the last unref; a running pipeline would outlive its owner.
            _ = Gst.SetState(handle, Gst.StateNull);
        }

        Gst.Unref(handle);
        return true;
    }
}
