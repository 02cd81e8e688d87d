using CommandCenter.Cameras.Media;
using CommandCenter.Cameras.Native;

namespace CommandCenter.Cameras.Sources;

/// <summary>Opens the pipelines of sources, and keeps the servers that devices push to. Called by several workers at once.</summary>
internal sealed class SourceOpener(GatewayOptions options) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly RtmpServer _rtmp = new(options.PushAddress, options.RtmpPushPort);
    private RtspServer? _rtsp;

    /// <summary>Says which cameras there are.</summary>
    public void Prepare(IEnumerable<CameraSource> sources) => _rtmp.Want(sources.Where(static source => source.Kind == CameraKind.Rtmp)
        .SelectMany(static source => new[] { source.Main, source.Sub }.OfType<string>().Where(CameraSource.IsPath)
            .Select(path => RtmpServer.ApplicationOf(path, source.Password!))));

    /// <summary>Makes and starts the pipeline of a run.</summary>
    /// <exception cref="GstException">It cannot begin.</exception>
    public IDisposable Open(CameraSource source, FeedKind kind, SourceRun run, VideoCodec codec, bool isTranscoded)
    {
        var address = source.AddressOf(kind) ?? throw new GstException("camera.address", $"{source.Id} has no {kind} stream.");
        if (source.Kind == CameraKind.RtspPush)
        {
            // The device says who it is by the path it pushes to: main and sub stream are two users, so that either key opens its own mount alone.
            return PushServer().AddRecord(address, PipelineText.Record, address[1..], source.Password!, run);
        }

        var pipeline = Pipeline.Launch(PipelineText.Of(source.Kind, codec, isTranscoded), run);
        try
        {
            switch (source.Kind)
            {
                case CameraKind.RtspPull:
                    pipeline.SetText(PipelineText.Source, "location", new Uri(address).AbsoluteUri);
                    pipeline.SetText(PipelineText.Source, "user-id", source.User ?? "");
                    pipeline.SetText(PipelineText.Source, "user-pw", source.Password ?? "");
                    pipeline.ListenToStreams(PipelineText.Source);
                    break;
                case CameraKind.Srt:
                    pipeline.SetText(PipelineText.Source, "uri", SrtAddress.Of(address));
                    pipeline.SetText(PipelineText.Source, "passphrase", source.Password ?? "");
                    pipeline.ListenToPads(PipelineText.Demultiplexer);
                    break;
                default:
                    pipeline.SetText(PipelineText.Source, "location", CameraSource.IsPath(address) ? OpenRtmp(address, source.Password!) : new Uri(address).AbsoluteUri);
                    pipeline.ListenToPads(PipelineText.Demultiplexer);
                    break;
            }

            pipeline.ListenToSink(PipelineText.Sink);
            pipeline.Start();
            return pipeline;
        }
        catch
        {
            pipeline.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _rtsp?.Dispose();
        _rtmp.Dispose();
    }

    private string OpenRtmp(string path, string key) => options.RtmpPushPort == 0
        ? throw new GstException("camera.kind", "No port is set that devices could push to over RTMP.")
        : _rtmp.Open(RtmpServer.ApplicationOf(path, key));

    private RtspServer PushServer()
    {
        lock (_lock)
        {
            if (options.RtspPushPort == 0)
            {
                throw new GstException("camera.kind", "No port is set that devices could push to over RTSP.");
            }

            return !RtspServer.IsInstalled
                ? throw new GstException("video.plugin", $"{RtspServerApi.Library} is missing (package libgstrtspserver-1.0-0).")
                : _rtsp ??= new RtspServer(options.PushAddress, options.RtspPushPort, needsUser: true);
        }
    }
}
