using CommandCenter.Cameras.Native;

namespace CommandCenter.Cameras.Tests.Sources;

/// <summary>Coded pictures to play: of a file, or made by an encoder.</summary>
/// <param name="Units">Access units in the order of decoding; the first is a key picture.</param>
/// <param name="Rate">Pictures a second.</param>
/// <param name="IsH265">Whether they are H.265.</param>
internal sealed record TestPictures(IReadOnlyList<byte[]> Units, double Rate, bool IsH265)
{
    /// <summary>360p at 15 pictures a second, a key picture each second, as a sub stream.</summary>
    public const string Small = "small";

    /// <summary>720p at 25 pictures a second, a key picture each second, as a main stream.</summary>
    public const string Large = "large";

    /// <summary>With B-frames.</summary>
    public const string BFrames = "b-frames";

    /// <summary>H.265.</summary>
    public const string H265 = "h265";

    /// <summary>Caps of H.264 as it is pushed.</summary>
    public const string Bytes264 = "video/x-h264,stream-format=byte-stream,alignment=au";

    private const string Bytes265 = "video/x-h265,stream-format=byte-stream,alignment=au";

    /// <summary>Caps of an appsrc that pushes them.</summary>
    public string Caps => IsH265 ? Bytes265 : Bytes264;

    /// <summary>Elements that some of the tests cannot do without.</summary>
    public static string? MissingOf(params string[] elements)
    {
        if (!GStreamer.TryStart(out var reason))
        {
            return reason;
        }

        var missing = elements.Where(static element => !GStreamer.Has(element)).ToArray();
        return missing.Length == 0 ? null : $"GStreamer has no {string.Join(", ", missing)}.";
    }

    /// <summary>Makes them, or reads them of a file.</summary>
    /// <param name="name">One of the names above, or a file of H.264 as a byte stream, of 12.5 pictures a second.</param>
    public static TestPictures Make(string name)
    {
        const string Ball = "videotestsrc pattern=ball ";
        return name switch
        {
            Small => new(Run(Ball + "num-buffers=30 ! video/x-raw,width=640,height=360,framerate=15/1 ! x264enc tune=zerolatency speed-preset=ultrafast key-int-max=15 bitrate=400 ! video/x-h264,profile=baseline ! h264parse ! " + Bytes264), 15, false),
            Large => new(Run(Ball + "num-buffers=50 ! video/x-raw,width=1280,height=720,framerate=25/1 ! x264enc tune=zerolatency speed-preset=ultrafast key-int-max=25 bitrate=1500 ! video/x-h264,profile=baseline ! h264parse ! " + Bytes264), 25, false),
            BFrames => new(Run(Ball + "num-buffers=60 ! video/x-raw,width=320,height=240,framerate=15/1 ! x264enc bframes=2 b-adapt=false key-int-max=15 bitrate=300 ! video/x-h264,profile=main ! h264parse ! " + Bytes264), 15, false),
            H265 => new(Run(Ball + "num-buffers=30 ! video/x-raw,width=320,height=240,framerate=15/1 ! x265enc key-int-max=15 speed-preset=ultrafast tune=zerolatency bitrate=300 ! h265parse ! " + Bytes265), 15, true),
            _ => new(Run("filesrc name=src ! h264parse ! " + Bytes264, name), 12.5, false),
        };
    }

    private static List<byte[]> Run(string description, string? file = null)
    {
        using var collector = new Collector();
        using var pipeline = Pipeline.Launch(description + " ! appsink name=sink sync=false", collector);
        if (file is not null)
        {
            pipeline.SetText("src", "location", file);
        }

        pipeline.ListenToSink("sink");
        pipeline.Start();
        return collector.Wait();
    }

    private sealed class Collector : IPipelineEvents, IDisposable
    {
        private readonly List<byte[]> _units = [];
        private readonly ManualResetEventSlim _ended = new();
        private string _code = "";

        public List<byte[]> Wait()
        {
            if (!_ended.Wait(TimeSpan.FromSeconds(60)) || _code != "video.ended")
            {
                throw new InvalidOperationException($"The test pictures could not be made: {_code}");
            }

            return _units;
        }

        public bool OnPicture(in GstPicture picture)
        {
            _units.Add(picture.Data);
            return true;
        }

        public bool OnStream(string caps) => true;

        public void OnEnd(string code, string text)
        {
            _code = code == "video.ended" ? code : $"{code}: {text}";
            _ended.Set();
        }

        public void Dispose() => _ended.Dispose();
    }
}
