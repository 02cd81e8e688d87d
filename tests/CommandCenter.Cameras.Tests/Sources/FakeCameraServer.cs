using System.Globalization;
using CommandCenter.Cameras.Native;

namespace CommandCenter.Cameras.Tests.Sources;

/// <summary>The child process: an RTSP server that plays test pictures at their pace on any number of mounts, until its input ends.</summary>
internal sealed class FakeCameraServer
{
    private readonly Lock _lock = new();
    private readonly List<Mount> _mounts = [];
    private readonly Dictionary<string, ClockCamera> _clocks = new(StringComparer.Ordinal);

    /// <summary>What of GStreamer is not installed; <see langword="null"/> when all is there.</summary>
    public static string? Missing() => TestPictures.MissingOf("x264enc", "rtph264pay") ?? (RtspServer.IsInstalled ? null : "libgstrtspserver-1.0 is missing.");

    /// <summary>Arguments: port, user, password (both may be empty), then <c>/mount=pictures</c> each.</summary>
    public static int Run(string[] arguments)
    {
        if (!GStreamer.TryStart(out var reason))
        {
            Console.WriteLine(reason);
            return 3;
        }

        var user = arguments[1].Length == 0 ? null : ((string, string)?)(arguments[1], arguments[2]);
        // One thread for each camera: the server describes a stream only after its next key picture, and one that waits for it must not hold up others.
        using var server = new RtspServer("127.0.0.1", int.Parse(arguments[0], CultureInfo.InvariantCulture), user is not null, clientThreads: arguments.Length);
        var cameras = new FakeCameraServer();
        var pictures = new Dictionary<string, TestPictures>();
        foreach (var argument in arguments[3..])
        {
            var (path, name) = (argument[..argument.IndexOf('=', StringComparison.Ordinal)], argument[(argument.IndexOf('=', StringComparison.Ordinal) + 1)..]);
            if (name.StartsWith(ClockCamera.Name, StringComparison.Ordinal))
            {
                cameras.AddClock(server, path, name, user);
                continue;
            }

            if (!pictures.TryGetValue(name, out var made))
            {
                pictures.Add(name, made = TestPictures.Make(name));
            }

            cameras.Add(server, path, made, user);
        }

        using var ending = new ManualResetEventSlim();
        var pushing = new Thread(() => cameras.Push(ending));
        pushing.Start();
        Console.WriteLine($"port {server.Port}");
        while (Console.In.ReadLine() is not null)
        {
            // Until whoever started us lets go of it, be it by dying.
        }

        ending.Set();
        pushing.Join();
        foreach (var clock in cameras._clocks.Values)
        {
            clock.Dispose();
        }

        return 0;
    }

    private void Add(RtspServer server, string path, TestPictures pictures, (string, string)? user)
    {
        var mount = new Mount(pictures, _mounts.Count);
        _mounts.Add(mount);
        _ = server.AddPlay(path, Played(pictures.Caps, pictures.IsH265), user, source =>
        {
            lock (_lock)
            {
                mount.Source?.Dispose();
                mount.Source = source;
            }
        });
    }

    // Each has the same pictures on as many mounts as there are: coding live costs too much of two cores to do it for each.
    private void AddClock(RtspServer server, string path, string name, (string, string)? user)
    {
        if (!_clocks.TryGetValue(name, out var clock))
        {
            _clocks.Add(name, clock = new ClockCamera(_clocks.Count));
        }

        var place = clock.AddPlace();
        _ = server.AddPlay(path, Played(TestPictures.Bytes264, isH265: false), user, source => clock.Play(place, source));
    }

    // What no client reads is thrown away: a frozen gateway must not fill the memory.
    private static string Played(string caps, bool isH265)
    {
        var number = isH265 ? "265" : "264";
        return $"( appsrc name=src is-live=true format=time do-timestamp=true max-bytes=1000000 leaky-type=downstream caps=\"{caps}\" ! h{number}parse ! rtph{number}pay name=pay0 pt=96 config-interval=1 )";
    }

    private void Push(ManualResetEventSlim ending)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!ending.Wait(TimeSpan.FromMilliseconds(5)))
        {
            var now = TimeProvider.System.GetElapsedTime(began).TotalSeconds;
            lock (_lock)
            {
                foreach (var mount in _mounts)
                {
                    mount.PushDue(now);
                }
            }
        }
    }

    // The phases differ, so that not all pictures, and not all key pictures, come at one moment.
    private sealed class Mount(TestPictures pictures, int number)
    {
        private double _nextAt = number * 0.037 % 1;
        private int _next = number * 7 % pictures.Units.Count;

        public AppSource? Source { get; set; }

        public void PushDue(double now)
        {
            if (now < _nextAt)
            {
                return;
            }

            // After it was frozen a camera goes on with what it sees now, it does not make up for what it missed.
            _nextAt = Math.Max(_nextAt + (1 / pictures.Rate), now);
            var unit = pictures.Units[_next];
            _next = (_next + 1) % pictures.Units.Count;
            if (Source is { } source && !source.Push(unit))
            {
                source.Dispose();
                Source = null;
            }
        }
    }
}
