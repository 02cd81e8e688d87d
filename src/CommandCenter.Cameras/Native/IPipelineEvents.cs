namespace CommandCenter.Cameras.Native;

/// <summary>Hears a pipeline. Called by its threads, which must not wait; not called again once the pipeline is disposed.</summary>
internal interface IPipelineEvents
{
    /// <summary>A picture came.</summary>
    /// <returns>Whether more are wanted.</returns>
    bool OnPicture(in GstPicture picture);

    /// <summary>There is a stream of these caps.</summary>
    /// <returns>Whether it is wanted.</returns>
    bool OnStream(string caps);

    /// <summary>It ended for good.</summary>
    /// <param name="code">Stable code.</param>
    /// <param name="text">What GStreamer said, for the log.</param>
    void OnEnd(string code, string text);
}
