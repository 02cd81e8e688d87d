using System.Globalization;
using CommandCenter.Cameras.Native;

namespace CommandCenter.Cameras.Tests.Sources;

/// <summary>The child process: an RTSP server that plays test pictures at their pace on any number of mounts, until its input ends.</summary>
internal sealed class FakeCameraServer
{
    private readonly Lock _lock = new();
    private readonly List<Mount> _mounts = [];

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
        return 0;
    }

    private void Add(RtspServer server, string path, TestPictures pictures, (string, string)? user)
    {
        var mount = new Mount(pictures, _mounts.Count);
        _mounts.Add(mount);
        var number = pictures.IsH265 ? "265" : "264";
        // What no client reads is thrown away: a frozen gateway must not fill the memory.
        _ = server.AddPlay(
            path,
            $"( appsrc name=src is-live=true format=time do-timestamp=true max-bytes=1000000 leaky-type=downstream caps=\"{pictures.Caps}\" ! h{number}parse ! rtph{number}pay name=pay0 pt=96 config-interval=1 )",
            user,
            source =>
            {
                lock (_lock)
                {
                    mount.Source?.Dispose();
                    mount.Source = source;
                }
            });
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
