namespace CommandCenter.Cameras.Native;

/// <summary>A pipeline of GStreamer. Made, started and disposed on a thread that may wait: stopping one takes up to some tenths of a second.</summary>
internal sealed class Pipeline : IDisposable
{
    private readonly GstElementHandle _handle;
    private readonly nint _id;

    private Pipeline(GstElementHandle handle, nint id)
    {
        _handle = handle;
        _id = id;
    }

    /// <summary>Makes a pipeline that does not run yet.</summary>
    /// <param name="description">As for gst-launch. Constants only: what comes from outside is set by <see cref="SetText"/>.</param>
    /// <param name="events">Hears it.</param>
    /// <exception cref="GstException">The description is wrong, or names a plug-in that is not installed.</exception>
    public static Pipeline Launch(string description, IPipelineEvents events)
    {
        var made = Gst.ParseLaunch(description, out var error);
        var handle = new GstElementHandle(made == 0 ? 0 : Gst.RefSink(made), isPipeline: true);
        if (error != 0 || handle.IsInvalid)
        {
            // GStreamer may return an error and half a pipeline. Half a camera is no camera.
            handle.Dispose();
            throw new GstException("video.plugin", GLib.TakeError(error).Text);
        }

        var pipeline = new Pipeline(handle, Callbacks.Add(events));
        Callbacks.ListenToBus(made, pipeline._id);
        return pipeline;
    }

    /// <summary>Sets a text property of an element to exactly this text.</summary>
    /// <exception cref="GstException">There is no such element.</exception>
    public void SetText(string element, string property, string text) => With(element, found => GLib.SetText(found, property, text));

    /// <summary>Lets the pictures of an appsink come.</summary>
    /// <exception cref="GstException">There is no such element.</exception>
    public void ListenToSink(string element) => With(element, found => Callbacks.ListenToSink(found, _id));

    /// <summary>Lets the listener choose among the streams of an rtspsrc.</summary>
    /// <exception cref="GstException">There is no such element.</exception>
    public void ListenToStreams(string element) => With(element, found => Callbacks.ListenToStreams(found, _id));

    /// <summary>Lets the listener hear of the streams of a demultiplexer.</summary>
    /// <exception cref="GstException">There is no such element.</exception>
    public void ListenToPads(string element) => With(element, found => Callbacks.ListenToPads(found, _id));

    /// <summary>An appsrc of it. Whoever asked disposes it, before or after the pipeline.</summary>
    /// <exception cref="GstException">There is no such element.</exception>
    public AppSource Source(string element)
    {
        var found = Gst.ByName(_handle.DangerousGetHandle(), element);
        return found == 0 ? throw new GstException("video.failed", $"The pipeline has no {element}.") : new AppSource(found);
    }

    /// <summary>Starts it. Whether the device answers is heard later.</summary>
    /// <exception cref="GstException">It cannot begin, such as on a port that is taken.</exception>
    public void Start()
    {
        if (Gst.SetState(_handle.DangerousGetHandle(), Gst.StatePlaying) == Gst.StateChangeFailure)
        {
            throw new GstException("video.unreachable", "The pipeline does not start.");
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Callbacks.Remove(_id); // First: what the stop itself causes is no news.
        _handle.Dispose();
    }

    private void With(string name, Action<nint> act)
    {
        var element = Gst.ByName(_handle.DangerousGetHandle(), name);
        if (element == 0)
        {
            throw new GstException("video.failed", $"The pipeline has no {name}.");
        }

        using var handle = new GstElementHandle(element, isPipeline: false);
        act(element);
    }
}
