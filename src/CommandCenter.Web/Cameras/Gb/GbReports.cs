using System.Buffers;
using System.Globalization;
using System.Text.Json;
using CommandCenter.Cameras.Gb28181;
using CommandCenter.Runtime.Partitions;
using CommandCenter.Web.Grains;
using CommandCenter.Web.Intake;
using Microsoft.Extensions.Options;

namespace CommandCenter.Web.Cameras.Gb;

/// <summary>
/// Makes the positions and calls for help of devices events of their officers, through the same door as every other event: checked, converted to WGS-84
/// once, on the disk, and counted once however often they come.
/// </summary>
/// <remarks><see cref="Take(GbPosition)"/> may be called by any thread; <see cref="FlushAsync"/> by one at a time.</remarks>
internal sealed partial class GbReports(
    IOptions<GbOptions> options, GbRegister register, GrainHost grains, IntakeMetrics intake, TimeProvider time, ILogger<GbReports> logger)
{
    /// <summary>The source of these events; ids are unique in it.</summary>
    public const string Source = "gb28181";

    /// <summary>Reports that wait for the disk; beyond it the earliest are dropped, and counted.</summary>
    public const int WaitingMax = 20_000;

    /// <summary>One position of a device is kept in each span of its own time.</summary>
    public static readonly TimeSpan Span = TimeSpan.FromSeconds(5);

    private const int LinesPerFlush = 5_000;
    private const double KmhPerMps = 3.6;
    private static readonly TimeSpan s_aheadMin = TimeSpan.FromSeconds(5);

    // A device repeats its alarm until it is heard, some for as long as the button is held.
    private static readonly TimeSpan s_callSpan = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, (PositionThrottle Throttle, CameraDevice Camera)> _throttles = new(StringComparer.Ordinal);
    private readonly Queue<(byte[] Line, string Camera)> _waiting = new();
    private readonly Dictionary<string, long> _calledAt = new(StringComparer.Ordinal); // By camera, so it cannot grow.
    private readonly HashSet<string> _ahead = new(StringComparer.Ordinal);
    private readonly EventParser _parser = new(grains.Courts, grains.Nodes);
    private long _taken;
    private long _thinned;
    private long _strange;
    private long _dropped;
    private long _refused;

    /// <summary>What was counted: handed to the intake; left out because another of its span counts; of nobody's device; dropped because too many wait; refused.</summary>
    public (long Taken, long Thinned, long Strange, long Dropped, long Refused) Counts =>
        (Interlocked.Read(ref _taken), Interlocked.Read(ref _thinned), Interlocked.Read(ref _strange), Interlocked.Read(ref _dropped), Interlocked.Read(ref _refused));

    /// <summary>Takes a position of a device.</summary>
    public void Take(GbPosition position)
    {
        if (register.CameraOf(position) is not { } camera)
        {
            _ = Interlocked.Increment(ref _strange);
            return;
        }

        var now = time.GetUtcNow();
        lock (_lock)
        {
            if (position.At > now)
            {
                // Nobody was anywhere in the future: its clock is ahead. One that is behind cannot be told from a queue that comes late, so it is believed.
                if (position.At > now + s_aheadMin && _ahead.Add(camera.Id))
                {
                    Log.Ahead(logger, camera.Id, (position.At - now).TotalSeconds);
                }

                position = position with { At = now };
            }

            if (!_throttles.TryGetValue(camera.Id, out var known))
            {
                known.Throttle = new PositionThrottle(Span, options.Value.PositionAgeMax);
            }

            _throttles[camera.Id] = (known.Throttle, camera);
            if (known.Throttle.Offer(position, now))
            {
                Wait(camera, position);
            }
            else
            {
                _ = Interlocked.Increment(ref _thinned);
            }
        }
    }

    /// <summary>Takes an alarm of a device: a call for help of its officer, unless the device speaks of itself.</summary>
    /// <remarks>It counts as of now, whatever the device's clock says: a call that seemed older than the end of the last one would not be seen.</remarks>
    public void Take(GbAlarm alarm)
    {
        if (!alarm.MayBeCall)
        {
            return;
        }

        var now = time.GetUtcNow();
        lock (_lock)
        {
            foreach (var camera in register.CamerasOf(alarm))
            {
                if (!_calledAt.TryGetValue(camera.Id, out var before) || time.GetElapsedTime(before) >= s_callSpan)
                {
                    _calledAt[camera.Id] = time.GetTimestamp();
                    Enqueue((LineOf(camera, IdOf($"{alarm.SenderId}-{camera.Id}-sos", now), now, "officer.sos", static json => json.WriteString("state", "on")), camera.Id));
                    Log.Called(logger, camera.Id, camera.OfficerId);
                }
            }
        }
    }

    /// <summary>Hands over what waits. What cannot be written now is tried again: the same id counts once.</summary>
    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        var lines = Due();
        if (lines.Count == 0)
        {
            return;
        }

        var batch = new IntakeBatch(grains, _parser, Source, time.GetUtcNow());
        for (var i = 0; i < lines.Count; i++)
        {
            batch.Add(lines[i].Line, i + 1, isTooLong: false);
        }

        try
        {
            var answer = await batch.SubmitAsync().WaitAsync(cancellationToken);
            intake.Answered(answer);
            _ = Interlocked.Add(ref _taken, answer.Accepted);
            Done(lines, answer);
        }
        catch (Exception exception) when (exception is IntakeFullException or PartitionUnavailableException)
        {
            Log.Later(logger, lines.Count, exception.Message); // They are still in the queue.
        }
    }

    private List<(byte[] Line, string Camera)> Due()
    {
        var now = time.GetUtcNow();
        lock (_lock)
        {
            foreach (var (throttle, camera) in _throttles.Values)
            {
                if (throttle.Due(now) is { } held)
                {
                    _ = Interlocked.Decrement(ref _thinned);
                    Wait(camera, held);
                }
            }

            return [.. _waiting.Take(LinesPerFlush)];
        }
    }

    private void Done(List<(byte[] Line, string Camera)> lines, IntakeAnswer answer)
    {
        var refused = answer.Rejected.ToDictionary(static line => line.Line - 1);
        lock (_lock)
        {
            for (var i = 0; i < lines.Count; i++)
            {
                // Others may have been dropped from the front meanwhile.
                if (_waiting.TryPeek(out var first) && ReferenceEquals(first.Line, lines[i].Line))
                {
                    _ = _waiting.Dequeue();
                }

                if (!refused.TryGetValue(i, out var line))
                {
                    continue;
                }

                if (line.Code.StartsWith("partition.", StringComparison.Ordinal))
                {
                    Enqueue(lines[i]); // Its court is out; the others went on.
                }
                else
                {
                    _ = Interlocked.Increment(ref _refused);
                    Log.Refused(logger, lines[i].Camera, line.Code);
                }
            }
        }
    }

    private void Wait(CameraDevice camera, GbPosition position) => Enqueue((LineOf(camera, IdOf(position.DeviceId, position.At), position.At, "officer.position", json => WritePosition(json, camera, position)), camera.Id));

    private void Enqueue((byte[] Line, string Camera) line)
    {
        if (_waiting.Count >= WaitingMax)
        {
            _ = _waiting.Dequeue();
            _ = Interlocked.Increment(ref _dropped);
        }

        _waiting.Enqueue(line);
    }

    // {"id":"34020000001320000001-1763791283000","type":"officer.position","at":"2025-11-22T06:01:23Z","court":"沪0115","by":"officer-1",
    //  "data":{"lat":31.23,"lon":121.47,"datum":"WGS84","headingDeg":90,"speedMps":10.1}}
    private static byte[] LineOf(CameraDevice camera, string id, DateTimeOffset at, string type, Action<Utf8JsonWriter> writeData)
    {
        var buffer = new ArrayBufferWriter<byte>(320);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("id", id);
            json.WriteString("type", type);
            json.WriteString("at", at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
            json.WriteString("court", camera.CourtMark);
            json.WriteString("by", camera.OfficerId);
            json.WriteStartObject("data");
            writeData(json);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static string IdOf(string of, DateTimeOffset at) => string.Create(CultureInfo.InvariantCulture, $"{of}-{at.ToUnixTimeMilliseconds()}");

    private static void WritePosition(Utf8JsonWriter json, CameraDevice camera, GbPosition position)
    {
        json.WriteNumber("lat", position.Latitude);
        json.WriteNumber("lon", position.Longitude);
        json.WriteString("datum", CameraDrafts.NameOf(camera.Datum));
        if (position.DirectionDegrees is { } heading)
        {
            json.WriteNumber("headingDeg", heading);
        }

        if (position.SpeedKmh is { } speed)
        {
            json.WriteNumber("speedMps", Math.Round(speed / KmhPerMps, 2));
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "The clock of camera {Camera} is {AheadSeconds:0} s ahead; its positions count as of now")]
        public static partial void Ahead(ILogger logger, string camera, double aheadSeconds);

        [LoggerMessage(LogLevel.Warning, "Officer {Officer} calls for help with camera {Camera}")]
        public static partial void Called(ILogger logger, string camera, string officer);

        [LoggerMessage(LogLevel.Warning, "{Count} reports wait for the disk: {Reason}")]
        public static partial void Later(ILogger logger, int count, string reason);

        [LoggerMessage(LogLevel.Debug, "A report of camera {Camera} was refused: {Code}")]
        public static partial void Refused(ILogger logger, string camera, string code);
    }
}
