using CommandCenter.Cameras.Native;

namespace CommandCenter.Cameras.Tests.Sources;

/// <summary>One coder that works live on pictures with a clock, 360p at 15 pictures a second, and gives each picture to all who play it.</summary>
internal sealed class ClockCamera : IPipelineEvents, IDisposable
{
    /// <summary>What its names begin with; each other name is another coder.</summary>
    public const string Name = "clock";

    private const int Rate = 15;
    private const string Description =
        "appsrc name=src is-live=true format=time do-timestamp=true max-bytes=1000000 leaky-type=downstream caps=\"video/x-raw,format=I420,width=640,height=360,framerate=15/1\""
        + " ! x264enc tune=zerolatency speed-preset=ultrafast key-int-max=15 bitrate=400 threads=1 ! video/x-h264,profile=baseline ! h264parse ! " + TestPictures.Bytes264 + " ! appsink name=sink sync=false";

    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(1) / Rate;

    private readonly Lock _lock = new();
    private readonly List<AppSource?> _places = [];
    private readonly ManualResetEventSlim _ending = new();
    private readonly Pipeline _pipeline;
    private readonly Thread _thread;
    private readonly TimeSpan _phase;

    /// <param name="number">Its phase: officers do not take their pictures in step.</param>
    public ClockCamera(int number)
    {
        _phase = (s_interval * (number * 0.29 % 1)) + (s_interval * (number * 4 % Rate));
        _pipeline = Pipeline.Launch(Description, this);
        _pipeline.ListenToSink("sink");
        _thread = new Thread(Run) { Name = Name };
        _thread.Start();
    }

    /// <summary>A place for somebody who will play it.</summary>
    public int AddPlace()
    {
        lock (_lock)
        {
            _places.Add(null);
            return _places.Count - 1;
        }
    }

    /// <summary>From now on this is played at a place.</summary>
    public void Play(int place, AppSource source)
    {
        lock (_lock)
        {
            _places[place]?.Dispose();
            _places[place] = source;
        }
    }

    public bool OnPicture(in GstPicture picture)
    {
        lock (_lock)
        {
            for (var i = 0; i < _places.Count; i++)
            {
                if (_places[i] is { } source && !source.Push(picture.Data))
                {
                    source.Dispose();
                    _places[i] = null;
                }
            }
        }

        return true;
    }

    public bool OnStream(string caps) => true;

    // Said where whoever started us can read it; the tiles stand still then, and the bench fails by it.
    public void OnEnd(string code, string text) => Console.Error.WriteLine($"The clock's coder ended: {code} {text}");

    public void Dispose()
    {
        _ending.Set();
        _thread.Join();
        _pipeline.Dispose();
        _ending.Dispose();
    }

    private void Run()
    {
        var picture = new ClockPicture();
        using var source = _pipeline.Source("src");
        _pipeline.Start();
        var began = TimeProvider.System.GetTimestamp();
        for (var next = _phase; ; next += s_interval)
        {
            var wait = next - TimeProvider.System.GetElapsedTime(began);
            if (_ending.Wait(wait > TimeSpan.Zero ? wait : TimeSpan.Zero))
            {
                return;
            }

            _ = source.Push(picture.Draw(TimeProvider.System.GetUtcNow()));
        }
    }
}
