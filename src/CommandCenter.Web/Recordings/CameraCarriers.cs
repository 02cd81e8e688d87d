using System.Text;
using System.Text.Json;
using CommandCenter.Web.Cameras;

namespace CommandCenter.Web.Recordings;

/// <summary>
/// Who carried which camera when, also of cameras that are registered no more: without it a recording would follow the camera to its next court.
/// One line for each change, in the folder of the recordings; it only grows.
/// </summary>
/// <remarks>Written by one thread, read by any.</remarks>
internal sealed class CameraCarriers
{
    /// <summary>Its file.</summary>
    public const string FileName = "carriers.ndjson";

    private readonly Lock _gate = new();
    private readonly string _path;
    private readonly Dictionary<string, List<CarriedSpan>> _spans = new(StringComparer.Ordinal);
    private IReadOnlyList<CameraDevice>? _seen;

    /// <exception cref="IOException">The file cannot be read.</exception>
    public CameraCarriers(string root)
    {
        _path = Path.Combine(root, FileName);
        foreach (var text in File.Exists(_path) ? File.ReadLines(_path) : [])
        {
            if (Decode(text) is { } line)
            {
                Apply(line);
            }
        }
    }

    /// <summary>All cameras that anybody ever carried.</summary>
    public IReadOnlyList<string> Cameras
    {
        get
        {
            lock (_gate)
            {
                return [.. _spans.Keys.Order(StringComparer.Ordinal)];
            }
        }
    }

    /// <summary>Who carried a camera, oldest first.</summary>
    public IReadOnlyList<CarriedSpan> Of(string camera)
    {
        lock (_gate)
        {
            return _spans.TryGetValue(camera, out var spans) ? [.. spans] : [];
        }
    }

    /// <summary>Notes what changed in the register. On the disk when this returns.</summary>
    /// <exception cref="IOException">It cannot be written; nothing may be recorded under a new name then.</exception>
    public void Note(IReadOnlyList<CameraDevice> devices, DateTimeOffset now)
    {
        if (ReferenceEquals(devices, _seen))
        {
            return;
        }

        var lines = devices.Where(device => Current(device.Id) is not { } current || current.CourtMark != device.CourtMark || current.OfficerId != device.OfficerId)
            .Select(device => new Line(device.Id, now, device.CourtMark, device.OfficerId)).ToList();
        var known = devices.Select(static device => device.Id).ToHashSet(StringComparer.Ordinal);
        lines.AddRange(Cameras.Where(camera => !known.Contains(camera) && Current(camera) is not null).Select(camera => new Line(camera, now, null, null)));
        if (lines.Count > 0)
        {
            using var file = new FileStream(_path, FileMode.Append, FileAccess.Write);
            // A line feed first: what a crash tore off is a line of its own then, and is passed over.
            file.Write(Encoding.UTF8.GetBytes((file.Length > 0 ? "\n" : "") + string.Join('\n', lines.Select(static line => JsonSerializer.Serialize(line, JsonSerializerOptions.Web)))));
            file.Flush(flushToDisk: true);
            lines.ForEach(Apply);
        }

        _seen = devices;
    }

    private CarriedSpan? Current(string camera)
    {
        lock (_gate)
        {
            return _spans.GetValueOrDefault(camera)?[^1] is { Until: null } span ? span : null;
        }
    }

    private void Apply(Line line)
    {
        lock (_gate)
        {
            if (!_spans.TryGetValue(line.Camera, out var spans))
            {
                _spans.Add(line.Camera, spans = []);
            }

            if (spans.Count > 0 && spans[^1].Until is null)
            {
                spans[^1] = spans[^1] with { Until = line.At };
            }

            if (line is { Court: { } court, Officer: { } officer })
            {
                spans.Add(new CarriedSpan(line.At, null, court, officer));
            }
            else if (spans.Count == 0)
            {
                _ = _spans.Remove(line.Camera);
            }
        }
    }

    private static Line? Decode(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<Line>(text, JsonSerializerOptions.Web) is { Camera: not null } line ? line : null;
        }
        catch (JsonException)
        {
            return null; // Torn by a crash: that change was noted again afterwards.
        }
    }

    /// <summary>A change: <c>{"camera":"cam-1","at":"2026-11-23T08:00:00+00:00","court":"沪0115","officer":"officer-1"}</c>; without a court, the camera was removed.</summary>
    private sealed record Line(string Camera, DateTimeOffset At, string? Court, string? Officer);
}
