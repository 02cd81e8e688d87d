namespace CommandCenter.Cameras.Native;

/// <summary>An appsrc: where bytes go into a pipeline.</summary>
internal sealed class AppSource : IDisposable
{
    private readonly GstElementHandle _handle;

    /// <param name="element">A reference that is its own from here on.</param>
    public AppSource(nint element) => _handle = new GstElementHandle(element, isPipeline: false);

    /// <summary>Pushes bytes.</summary>
    /// <returns>Whether they were taken; not once the pipeline ended.</returns>
    public bool Push(ReadOnlySpan<byte> data)
    {
        var buffer = Gst.NewBuffer(0, (nuint)data.Length, 0);
        _ = Gst.Fill(buffer, 0, data, (nuint)data.Length);
        return Gst.Push(_handle.DangerousGetHandle(), buffer) == Gst.FlowOk; // It owns the buffer, also when it refuses it.
    }

    /// <inheritdoc/>
    public void Dispose() => _handle.Dispose();
}
