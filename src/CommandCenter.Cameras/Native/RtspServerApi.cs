using System.Runtime.InteropServices;

namespace CommandCenter.Cameras.Native;

/// <summary>The functions of GStreamer's RTSP server that are called.</summary>
internal static partial class RtspServerApi
{
    public const string Library = "libgstrtspserver-1.0.so.0";

    public const int ModePlay = 1;
    public const int ModeRecord = 2;
    public const int TransportUdp = 1; // GST_RTSP_LOWER_TRANS_UDP
    public const int TransportTcp = 4; // GST_RTSP_LOWER_TRANS_TCP
    public const int MethodDigest = 2; // GST_RTSP_AUTH_DIGEST

    [LibraryImport(Library, EntryPoint = "gst_rtsp_server_new")]
    public static partial nint NewServer();

    [LibraryImport(Library, EntryPoint = "gst_rtsp_server_set_address", StringMarshalling = StringMarshalling.Utf8)]
    public static partial void SetAddress(nint server, string address);

    [LibraryImport(Library, EntryPoint = "gst_rtsp_server_set_service", StringMarshalling = StringMarshalling.Utf8)]
    public static partial void SetPort(nint server, string port);

    [LibraryImport(Library, EntryPoint = "gst_rtsp_server_set_backlog")]
    public static partial void SetBacklog(nint server, int connections);

    [LibraryImport(Library, EntryPoint = "gst_rtsp_server_attach")]
    public static partial uint Attach(nint server, nint context);

    [LibraryImport(Library, EntryPoint = "gst_rtsp_server_get_bound_port")]
    public static partial int PortOf(nint server);

    [LibraryImport(Library, EntryPoint = "gst_rtsp_server_client_filter")]
    public static partial nint FilterClients(nint server, nint filter, nint data);

    [LibraryImport(Library, EntryPoint = "gst_rtsp_server_get_thread_pool")]
    public static partial nint ThreadsOf(nint server);

    [LibraryImport(Library, EntryPoint = "gst_rtsp_thread_pool_set_max_threads")]
    public static partial void SetThreadsMax(nint pool, int count);

    [LibraryImport(Library, EntryPoint = "gst_rtsp_server_get_mount_points")]
    public static partial nint MountsOf(nint server);

    [LibraryImport(Library, EntryPoint = "gst_rtsp_mount_points_add_factory", StringMarshalling = StringMarshalling.Utf8)]
    public static partial void AddFactory(nint mounts, string path, nint factory);

    [LibraryImport(Library, EntryPoint = "gst_rtsp_mount_points_remove_factory", StringMarshalling = StringMarshalling.Utf8)]
    public static partial void RemoveFactory(nint mounts, string path);

    [LibraryImport(Library, EntryPoint = "gst_rtsp_media_factory_new")]
    public static partial nint NewFactory();

    [LibraryImport(Library, EntryPoint = "gst_rtsp_media_factory_set_launch", StringMarshalling = StringMarshalling.Utf8)]
    public static partial void SetLaunch(nint factory, string description);

    [LibraryImport(Library, EntryPoint = "gst_rtsp_media_factory_set_transport_mode")]
    public static partial void SetMode(nint factory, int mode);

    [LibraryImport(Library, EntryPoint = "gst_rtsp_media_factory_set_protocols")]
    public static partial void SetTransports(nint factory, int transports);

    [LibraryImport(Library, EntryPoint = "gst_rtsp_media_factory_set_shared")]
    public static partial void SetShared(nint factory, int isShared);

    [LibraryImport(Library, EntryPoint = "gst_rtsp_media_factory_set_latency")]
    public static partial void SetLatency(nint factory, uint milliseconds);

    [LibraryImport(Library, EntryPoint = "gst_rtsp_media_factory_add_role_from_structure")]
    public static partial void AddRole(nint factory, nint structure);

    [LibraryImport(Library, EntryPoint = "gst_rtsp_media_get_element")]
    public static partial nint ElementOf(nint media);

    [LibraryImport(Library, EntryPoint = "gst_rtsp_auth_new")]
    public static partial nint NewAuth();

    [LibraryImport(Library, EntryPoint = "gst_rtsp_auth_set_supported_methods")]
    public static partial void SetMethods(nint auth, int methods);

    [LibraryImport(Library, EntryPoint = "gst_rtsp_auth_add_digest", StringMarshalling = StringMarshalling.Utf8)]
    public static partial void AddUser(nint auth, string user, string password, nint token);

    [LibraryImport(Library, EntryPoint = "gst_rtsp_auth_remove_digest", StringMarshalling = StringMarshalling.Utf8)]
    public static partial void RemoveUser(nint auth, string user);

    [LibraryImport(Library, EntryPoint = "gst_rtsp_server_set_auth")]
    public static partial void SetAuth(nint server, nint auth);

    [LibraryImport(Library, EntryPoint = "gst_rtsp_token_new_empty")]
    public static partial nint NewToken();

    [LibraryImport(Library, EntryPoint = "gst_rtsp_token_writable_structure")]
    public static partial nint StructureOf(nint token);
}
