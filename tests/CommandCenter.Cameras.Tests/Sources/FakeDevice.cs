using CommandCenter.Cameras.Native;

namespace CommandCenter.Cameras.Tests.Sources;

/// <summary>A device that comes to us: it pushes test pictures at their pace, and comes again whenever it was turned away.</summary>
internal sealed class FakeDevice : IPipelineEvents, IDisposable
{
    private static readonly TimeSpan s_again = TimeSpan.FromSeconds(0.3);
    private static readonly Lazy<TestPictures> s_pictures = new(static () => TestPictures.Make(TestPictures.Small));

    private readonly string _end;
    private readonly (string Property, string Value)[] _settings;
    private readonly ManualResetEventSlim _ending = new();
    private readonly Thread _thread;
    private volatile string? _fault;
    private int _turnedAway;

    /// <param name="end">What comes behind <c>h264parse</c>, with an element <c>out</c>.</param>
    /// <param name="settings">Properties of that element.</param>
    public FakeDevice(string end, params (string Property, string Value)[] settings)
    {
        _end = end;
        _settings = settings;
        _ = s_pictures.Value;
        _thread = new Thread(Run);
        _thread.Start();
    }

    /// <summary>How often it was turned away, or not let in.</summary>
    public int TurnedAway => Volatile.Read(ref _turnedAway);

    public bool OnPicture(in GstPicture picture) => true;

    public bool OnStream(string caps) => true;

    public void OnEnd(string code, string text) => _fault = code;

    public void Dispose()
    {
        _ending.Set();
        _thread.Join();
        _ending.Dispose();
    }

    private void Run()
    {
        do
        {
            try
            {
                Play();
            }
            catch (GstException)
            {
                // Not let in: it comes again.
            }

            _ = Interlocked.Increment(ref _turnedAway);
        }
        while (!_ending.Wait(s_again));
    }

    private void Play()
    {
        _fault = null;
        using var pipeline = Pipeline.Launch($"appsrc name=src is-live=true format=time do-timestamp=true max-bytes=1000000 leaky-type=downstream caps=\"{s_pictures.Value.Caps}\" ! h264parse ! {_end}", this);
        foreach (var (property, value) in _settings)
        {
            pipeline.SetText("out", property, value);
        }

        using var source = pipeline.Source("src");
        pipeline.Start();
        for (var next = 0; _fault is null && source.Push(s_pictures.Value.Units[next]); next = (next + 1) % s_pictures.Value.Units.Count)
        {
            if (_ending.Wait(TimeSpan.FromSeconds(1 / s_pictures.Value.Rate)))
            {
                return;
            }
        }
    }
}
