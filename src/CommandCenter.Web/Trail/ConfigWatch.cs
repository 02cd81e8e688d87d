using System.Security.Cryptography;
using System.Text.Json;
using CommandCenter.Audit;
using CommandCenter.Web.Hosting;
using Microsoft.Extensions.Options;

namespace CommandCenter.Web.Trail;

/// <summary>
/// Records every change of a file of the configuration, also of one that was changed while the server stood still. Who did it the server
/// cannot know: it sees the file, what it was and what it is.
/// </summary>
internal sealed partial class ConfigWatch(AuditTrail trail, IOptions<ServeOptions> serve, TimeProvider time, ILogger<ConfigWatch> logger) : BackgroundService
{
    /// <summary>What the files were when they were last looked at, in the data directory.</summary>
    public const string FileName = "config-seen.json";

    private const int FilesMax = 2_000;
    private const int FileBytesMax = 16 * 1024 * 1024;
    private const string None = "none";
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(3);
    private static readonly string[] s_endings = [".json", ".geojson"];

    private readonly Dictionary<string, (DateTime At, long Length)> _stamps = new(StringComparer.Ordinal);

    private string SeenFile => Path.Combine(serve.Value.DataDirectory, FileName);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        using var timer = new PeriodicTimer(s_interval, time);
        var seen = ReadSeen();
        do
        {
            try
            {
                seen = await LookAsync(seen, stoppingToken);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or AuditException)
            {
                // Looked at again in a moment, against the same past: nothing is missed.
                Log.NotSeen(logger, exception.Message);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    /// <summary>Records what differs from the past, and returns the present.</summary>
    private async Task<Dictionary<string, string>> LookAsync(Dictionary<string, string>? seen, CancellationToken cancellationToken)
    {
        var now = await HashAsync(seen ?? [], cancellationToken);
        if (seen is null)
        {
            Keep(now); // The very first look: what the next change is a change of.
            return now;
        }

        var changed = now.Keys.Union(seen.Keys).Where(file => now.GetValueOrDefault(file) != seen.GetValueOrDefault(file)).Order(StringComparer.Ordinal).ToArray();
        foreach (var file in changed)
        {
            await trail.RecordAsync(null, null, TrailActions.ConfigChanged, file, detail: new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["before"] = seen.GetValueOrDefault(file, None),
                ["after"] = now.GetValueOrDefault(file, None),
            });
        }

        if (changed.Length > 0)
        {
            Keep(now); // After the records: a crash between the two records a change twice, never not at all.
        }

        return now;
    }

    private async Task<Dictionary<string, string>> HashAsync(Dictionary<string, string> before, CancellationToken cancellationToken)
    {
        Dictionary<string, string> now = new(StringComparer.Ordinal);
        var files = Directory.EnumerateFiles(serve.Value.ConfigDirectory, "*", SearchOption.AllDirectories)
            .Where(static file => s_endings.Contains(Path.GetExtension(file), StringComparer.Ordinal))
            .Concat(serve.Value.SettingsFile is { } settings && File.Exists(settings) ? [settings] : []);
        foreach (var file in files.Take(FilesMax))
        {
            var info = new FileInfo(file);
            var name = Path.GetRelativePath(serve.Value.ConfigDirectory, file);
            var stamp = (info.LastWriteTimeUtc, info.Length);
            if (!_stamps.TryGetValue(file, out var last) || last != stamp || !before.TryGetValue(name, out var hash))
            {
                hash = info.Length > FileBytesMax ? "too-large" : Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(file, cancellationToken)));
                _stamps[file] = stamp;
            }

            now[name] = hash;
        }

        return now;
    }

    private Dictionary<string, string>? ReadSeen()
    {
        try
        {
            return File.Exists(SeenFile) ? JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllBytes(SeenFile)) : null;
        }
        catch (Exception exception) when (exception is IOException or JsonException or UnauthorizedAccessException)
        {
            return null; // As at the first start.
        }
    }

    private void Keep(Dictionary<string, string> now)
    {
        var temporary = SeenFile + ".new";
        File.WriteAllBytes(temporary, JsonSerializer.SerializeToUtf8Bytes(now));
        File.Move(temporary, SeenFile, overwrite: true);
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "The files of the configuration cannot be looked at: {Reason}")]
        public static partial void NotSeen(ILogger logger, string reason);
    }
}
