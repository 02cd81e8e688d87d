using System.Diagnostics.Metrics;

namespace CommandCenter.Web.Wall;

/// <summary>Reads the wall files again soon after one changed, without a restart.</summary>
/// <remarks>The system's notice makes it quick; the poll makes it sure, because notices get lost on network shares and when a folder is replaced.</remarks>
internal sealed partial class WallFolderWatch : BackgroundService
{
    /// <summary>Editors write a file in several steps: it is read when nothing has happened for so long.</summary>
    public static readonly TimeSpan Debounce = TimeSpan.FromMilliseconds(250);

    public static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(3);

    private readonly WallCatalog _catalog;
    private readonly TimeProvider _time;
    private readonly ILogger<WallFolderWatch> _logger;
    private TaskCompletionSource _noticed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public WallFolderWatch(WallCatalog catalog, TimeProvider time, ILogger<WallFolderWatch> logger, IMeterFactory meters)
    {
        var meter = meters.Create("CommandCenter.Wall");
        _catalog = catalog;
        _time = time;
        _logger = logger;
        _ = meter.CreateObservableGauge("wall.config_faults", () => catalog.Faults.Count, "{file}", "Wall files that cannot be used; the last good ones are shown");
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var watcher = Watch();
        while (!stoppingToken.IsCancellationRequested)
        {
            var noticed = _noticed.Task;
            using (var waiting = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken))
            {
                if (await Task.WhenAny(noticed, Task.Delay(PollInterval, _time, waiting.Token)) == noticed)
                {
                    await Task.Delay(Debounce, _time, stoppingToken);
                    _noticed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                }

                await waiting.CancelAsync(); // Otherwise every notice would leave a timer behind.
            }

            Look();
        }
    }

    private FileSystemWatcher? Watch()
    {
        try
        {
            var watcher = new FileSystemWatcher(_catalog.Folder, "*.json");
            FileSystemEventHandler notice = (_, _) => Volatile.Read(ref _noticed).TrySetResult();
            watcher.Changed += notice;
            watcher.Created += notice;
            watcher.Deleted += notice;
            watcher.Renamed += (_, _) => Volatile.Read(ref _noticed).TrySetResult();
            watcher.EnableRaisingEvents = true;
            return watcher;
        }
        catch (Exception exception) when (exception is IOException or ArgumentException or UnauthorizedAccessException)
        {
            Log.NoNotices(_logger, exception, _catalog.Folder, PollInterval.TotalSeconds);
            return null;
        }
    }

    private void Look()
    {
        try
        {
            if (_catalog.Reload(_time.GetUtcNow()) is not { } reload)
            {
                return;
            }

            foreach (var wall in reload.Changed)
            {
                Log.Changed(_logger, wall);
            }

            foreach (var wall in reload.Removed)
            {
                Log.Removed(_logger, wall);
            }

            foreach (var fault in reload.Faults)
            {
                Log.Faulty(_logger, fault.Message);
            }
        }
        catch (Exception exception)
        {
            // The walls keep what they have. Ending the loop would keep it for ever.
            Log.LookFailed(_logger, exception);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "Wall {Wall} has a new layout")]
        public static partial void Changed(ILogger logger, string wall);

        [LoggerMessage(LogLevel.Warning, "Wall {Wall} is gone; its file was removed")]
        public static partial void Removed(ILogger logger, string wall);

        [LoggerMessage(LogLevel.Error, "A wall file cannot be used; the last good one is shown. {Fault}")]
        public static partial void Faulty(ILogger logger, string fault);

        [LoggerMessage(LogLevel.Warning, "The system tells nothing about changes in {Folder}; it is read every {Seconds} s")]
        public static partial void NoNotices(ILogger logger, Exception exception, string folder, double seconds);

        [LoggerMessage(LogLevel.Error, "The wall files could not be read again")]
        public static partial void LookFailed(ILogger logger, Exception exception);
    }
}
