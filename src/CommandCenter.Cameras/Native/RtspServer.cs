using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace CommandCenter.Cameras.Native;

/// <summary>An RTSP server: devices record to it, or clients play from it. Over TCP alone. One thread serves it, and a few its clients.</summary>
internal sealed unsafe class RtspServer : IDisposable
{
    private const int ConnectionsWaitingMax = 256;
    private const int LastIterationsMax = 1000;

    private static readonly ConcurrentDictionary<nint, Action<nint>> s_configures = new();
    private static long s_last;

    private readonly nint _context = GLib.NewContext();
    private readonly nint _server = RtspServerApi.NewServer();
    private readonly nint _auth;
    private readonly Thread _thread;
    private volatile bool _isEnding;

    /// <param name="address">Address to listen on.</param>
    /// <param name="port">Port to listen on; 0 for a free one.</param>
    /// <param name="needsUser">Whether only those may enter who are named with a mount.</param>
    /// <param name="clientThreads">Threads that serve clients.</param>
    /// <exception cref="GstException">The library is missing, or the port is taken.</exception>
    public RtspServer(string address, int port, bool needsUser, int clientThreads = 1)
    {
        RtspServerApi.SetAddress(_server, address);
        RtspServerApi.SetPort(_server, port.ToString(CultureInfo.InvariantCulture));
        RtspServerApi.SetBacklog(_server, ConnectionsWaitingMax);
        var threads = RtspServerApi.ThreadsOf(_server);
        RtspServerApi.SetThreadsMax(threads, clientThreads);
        GLib.UnrefObject(threads);
        if (needsUser)
        {
            _auth = RtspServerApi.NewAuth();
            RtspServerApi.SetMethods(_auth, RtspServerApi.MethodDigest);
            RtspServerApi.SetAuth(_server, _auth);
        }

        if (RtspServerApi.Attach(_server, _context) == 0)
        {
            FreeAll();
            throw new GstException("video.port", $"{address}:{port} cannot be listened on.");
        }

        Port = RtspServerApi.PortOf(_server);
        _thread = new Thread(Serve) { IsBackground = true, Name = "video-rtsp" };
        _thread.Start();
    }

    /// <summary>Whether the library is there.</summary>
    public static bool IsInstalled => NativeLibrary.TryLoad(RtspServerApi.Library, out _);

    /// <summary>Port that it listens on.</summary>
    public int Port { get; }

    /// <summary>A mount that devices record to. Dispose what is returned to take it away; what goes on there ends at its next picture.</summary>
    /// <param name="path">Such as <c>/cam-7</c>.</param>
    /// <param name="description">A bin with <c>depay0</c> and an appsink <c>sink</c>.</param>
    /// <param name="user">Who may.</param>
    /// <param name="password">His password.</param>
    /// <param name="events">Hears the pictures.</param>
    public IDisposable AddRecord(string path, string description, string user, string password, IPipelineEvents events)
    {
        var id = Callbacks.Add(events);
        var mount = Add(path, description, RtspServerApi.ModeRecord, (user, password), media =>
        {
            using var bin = new GstElementHandle(RtspServerApi.ElementOf(media), isPipeline: false);
            using var sink = new GstElementHandle(Gst.ByName(bin.DangerousGetHandle(), "sink"), isPipeline: false);
            Callbacks.ListenToSink(sink.DangerousGetHandle(), id);
        });
        return new Ending(() =>
        {
            Callbacks.Remove(id);
            mount.Dispose();
        });
    }

    /// <summary>A mount that clients play from, all of them the same pictures.</summary>
    /// <param name="path">Such as <c>/main</c>.</param>
    /// <param name="description">A bin with <c>pay0</c> and an appsrc <c>src</c>.</param>
    /// <param name="user">Who may; <see langword="null"/> for everybody.</param>
    /// <param name="onSource">Gets the appsrc each time that pictures begin to be wanted, and owns it.</param>
    public IDisposable AddPlay(string path, string description, (string Name, string Password)? user, Action<AppSource> onSource) =>
        Add(path, description, RtspServerApi.ModePlay, user, media =>
        {
            using var bin = new GstElementHandle(RtspServerApi.ElementOf(media), isPipeline: false);
            onSource(new AppSource(Gst.ByName(bin.DangerousGetHandle(), "src")));
        });

    /// <inheritdoc/>
    public void Dispose()
    {
        _isEnding = true;
        GLib.Wake(_context);
        _thread.Join();
        FreeAll();
    }

    private Ending Add(string path, string description, int mode, (string Name, string Password)? user, Action<nint> configure)
    {
        var factory = RtspServerApi.NewFactory();
        RtspServerApi.SetLaunch(factory, description);
        RtspServerApi.SetMode(factory, mode);
        // Who plays may choose; what is pushed to us must come whole.
        RtspServerApi.SetTransports(factory, mode == RtspServerApi.ModePlay ? RtspServerApi.TransportTcp | RtspServerApi.TransportUdp : RtspServerApi.TransportTcp);
        RtspServerApi.SetShared(factory, mode == RtspServerApi.ModePlay ? 1 : 0);
        RtspServerApi.SetLatency(factory, 0);
        if (user is { } named)
        {
            // One role for each path: whoever may enter with one key reaches no other mount.
            var role = "mount" + path.Replace('/', '-');
            var structure = Gst.NewStructure($"{role}, media.factory.access=(boolean)true, media.factory.construct=(boolean)true", 0);
            RtspServerApi.AddRole(factory, structure);
            Gst.FreeStructure(structure);
            var token = RtspServerApi.NewToken();
            GLib.SetField(RtspServerApi.StructureOf(token), "media.factory.role", role);
            RtspServerApi.AddUser(_auth, named.Name, named.Password, token);
            Gst.UnrefMini(token);
        }

        var id = (nint)Interlocked.Increment(ref s_last);
        s_configures[id] = configure;
        _ = GLib.Connect(factory, "media-configure", (nint)(delegate* unmanaged[Cdecl]<nint, nint, nint, void>)&OnConfigure, id, 0, 0);
        var mounts = RtspServerApi.MountsOf(_server);
        RtspServerApi.AddFactory(mounts, path, factory); // It owns the factory.
        GLib.UnrefObject(mounts);
        return new Ending(() =>
        {
            _ = s_configures.TryRemove(id, out _);
            var points = RtspServerApi.MountsOf(_server);
            RtspServerApi.RemoveFactory(points, path);
            GLib.UnrefObject(points);
            if (user is { } left)
            {
                RtspServerApi.RemoveUser(_auth, left.Name);
            }
        });
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnConfigure(nint factory, nint media, nint id)
    {
        try
        {
            if (s_configures.TryGetValue(id, out var configure))
            {
                configure(media);
            }
        }
        catch (Exception exception)
        {
            // The top of a foreign thread. The media has no listener then: the device is heard by nobody and comes again.
            System.Diagnostics.Trace.WriteLine(exception.Message);
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int RemoveClient(nint server, nint client, nint data) => 0; // GST_RTSP_FILTER_REMOVE

    private void Serve()
    {
        while (!_isEnding)
        {
            _ = GLib.Iterate(_context, mayBlock: 1);
        }

        _ = RtspServerApi.FilterClients(_server, (nint)(delegate* unmanaged[Cdecl]<nint, nint, nint, int>)&RemoveClient, 0);
        for (var i = 0; i < LastIterationsMax && GLib.Iterate(_context, mayBlock: 0) != 0; i++)
        {
            // The clients' farewells.
        }
    }

    private void FreeAll()
    {
        GLib.UnrefContext(_context);
        GLib.UnrefObject(_server);
        if (_auth != 0)
        {
            GLib.UnrefObject(_auth);
        }
    }

    private sealed class Ending(Action end) : IDisposable
    {
        private Action? _end = end;

        public void Dispose() => Interlocked.Exchange(ref _end, null)?.Invoke();
    }
}
