using System.Globalization;
using CommandCenter.Cameras.Recording;
using CommandCenter.Domain;
using CommandCenter.Web.Access;
using CommandCenter.Web.Components;
using CommandCenter.Web.DrillDown;
using CommandCenter.Web.Grains;
using CommandCenter.Web.Hosting;
using CommandCenter.Web.Trail;
using CommandCenter.Web.Wall;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Options;

namespace CommandCenter.Web.Recordings;

/// <summary>What was recorded of a camera on one day: where there is something and where not, a range to play, holds, and evidence. A plain document and one small script.</summary>
public sealed partial class RecordingsPage
{
    private const int ListedMax = 60;

    private static readonly string[] s_streams = ["sub", "main"];
    private static readonly int[] s_minutes = [1, 2, 5, 10, 20, 30, 60];

    private PageLook _look;
    private RecordedCamera? _camera;
    private string _title = "";
    private string _carrier = "";
    private string _nonce = "";
    private string _state = "off";
    private string _stream = "sub";
    private string? _at;
    private string? _said;
    private bool _isDone;
    private DateOnly _day;
    private DateOnly _today;
    private int _minutes = 1;
    private int[] _lengths = s_minutes;
    private (DateTimeOffset From, DateTimeOffset Until)? _chosen;
    private DateTimeOffset? _start;
    private IReadOnlyList<(string Stream, IReadOnlyList<RecordedRange> Ranges)> _ranges = [];
    private IReadOnlyList<LegalHold> _holds = [];

    /// <summary>The camera.</summary>
    [Parameter]
    public string Camera { get; set; } = "";

    [Inject]
    private RecordingReading Reading { get; set; } = null!;

    [Inject]
    private RecordingKeeper Keeper { get; set; } = null!;

    [Inject]
    private IOptions<RecordingsOptions> Options { get; set; } = null!;

    [Inject]
    private GrainHost Grains { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    [Inject]
    private AssetUrls Files { get; set; } = null!;

    [CascadingParameter]
    private HttpContext Http { get; set; } = null!;

    private string DayStartMs => ShanghaiTime.StartOf(_day).ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);

    private string StartMs => _start!.Value.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);

    private string StreamUrl => $"/cameras/{_camera!.Id}/recordings/stream?stream={_stream}&from={RecordingTimes.Url(_chosen!.Value.From)}&until={RecordingTimes.Url(_chosen.Value.Until)}";

    // What the forms below begin with: the chosen range, or all of the day that is recorded.
    private (DateTimeOffset From, DateTimeOffset Until)? ActRange => _chosen
        ?? (_ranges.SelectMany(static row => row.Ranges).ToArray() is { Length: > 0 } all ? (all.Min(static range => range.From), all.Max(static range => range.Until).AddSeconds(1)) : null); // Fields know whole seconds.

    private IReadOnlyList<(string Stream, RecordedRange Range, TimeSpan? Gap)> Listed =>
        [.. _ranges.SelectMany(static row => row.Ranges.Select((range, index) => (row.Stream, range, index == 0 ? (TimeSpan?)null : range.From - row.Ranges[index - 1].Until)))];

    /// <inheritdoc />
    protected override void OnInitialized()
    {
        _look = PageLook.Of(Http.Request);
        _nonce = ContentPolicy.Apply(Http);
        var query = Http.Request.Query;
        _today = ShanghaiTime.DayOf(Time.GetUtcNow());
        _day = RecordingTimes.Day(query["day"]) is { } day && day <= _today ? day : _today;
        _camera = Reading.Find(Viewer.Of(Http.User)!, Camera);
        if (_camera is null)
        {
            _title = T("title");
            DeskFault.Answer(Http, RecordingReading.Unknown);
            return;
        }

        _stream = query["stream"] == "main" ? "main" : "sub";
        _title = F("title.camera", _camera.Device?.Name ?? _camera.Id);
        _carrier = CarrierOf(_camera);
        _state = _camera.Device is null ? "off" : Reading.StateOf(_camera.Id);
        var (from, until) = (ShanghaiTime.StartOf(_day), ShanghaiTime.StartOf(_day.AddDays(1)));
        var main = Reading.Ranges(_camera, "main", from, until);
        _ranges = main.Count > 0 || _stream == "main" ? [("sub", Reading.Ranges(_camera, "sub", from, until)), ("main", main)] : [("sub", Reading.Ranges(_camera, "sub", from, until))];
        _holds = Reading.Holds(_camera);
        Choose(query["at"], query["minutes"]);
        _said = query[RecordingEndpoints.OutcomeField].FirstOrDefault() is { } outcome ? RecordingTexts.Outcome(outcome, _look.Language) : null;
        _isDone = query[RecordingEndpoints.OutcomeField].FirstOrDefault()?.StartsWith("done-", StringComparison.Ordinal) == true;
        TrailNotes.Add(Http, "day", Iso(_day));
    }

    private void Choose(string? at, string? minutes)
    {
        var most = (int)Options.Value.PlayMax.TotalMinutes;
        _lengths = [.. s_minutes.Where(length => length <= most)];
        _minutes = int.TryParse(minutes, NumberStyles.None, CultureInfo.InvariantCulture, out var asked) && _lengths.Contains(asked) ? asked : 1;
        if (RecordingTimes.On(_day, at) is not { } begin)
        {
            return;
        }

        _at = at;
        var end = begin.AddMinutes(_minutes);
        _chosen = (begin, end);
        TrailNotes.Add(Http, "from", RecordingTimes.Url(begin));
        TrailNotes.Add(Http, "until", RecordingTimes.Url(end));
        _start = _camera!.Cut(begin, end) is { } piece ? Reading.FirstPicture(RecordingReading.NameOf(_camera.Id, _stream), piece.From, piece.Until, Http.RequestAborted) : null;
    }

    private string CarrierOf(RecordedCamera camera)
    {
        var (officer, court) = camera.Device is { } device ? (device.OfficerId, device.CourtMark) : (camera.Spans[^1].OfficerId, camera.Spans[^1].CourtMark);
        var name = Grains.Courts.TryFind(court, out var known) ? DeskNames.Of(known, _look.Language) : court;
        return $"{officer} · {name}" + (camera.Device is null ? " · " + T("removed") : "");
    }

    // On the line of 86,400 seconds; what begins before the day or ends after it is cut by the picture's own edge.
    private string X(DateTimeOffset at) => Math.Clamp((at - ShanghaiTime.StartOf(_day)).TotalSeconds, 0, 86_400).ToString("0", CultureInfo.InvariantCulture);

    // At least a pixel or so: a short recording is seen, too.
    private string Width(DateTimeOffset from, DateTimeOffset until)
    {
        var start = ShanghaiTime.StartOf(_day);
        var seconds = Math.Clamp((until - start).TotalSeconds, 0, 86_400) - Math.Clamp((from - start).TotalSeconds, 0, 86_400);
        return (seconds > 0 ? Math.Max(90, seconds) : 0).ToString("0", CultureInfo.InvariantCulture);
    }

    private string Age(TimeSpan span) => TimeText.Age(span, _look.Language);

    private static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private string UrlOf(PageLook look) => look.Url($"/cameras/{Uri.EscapeDataString(Camera)}/recordings?day={Iso(_day)}" + (_at is null ? "" : $"&at={Uri.EscapeDataString(_at)}&minutes={_minutes}&stream={_stream}"));

    private string UrlOf(DateOnly day) => _look.Url($"/cameras/{_camera!.Id}/recordings?day={Iso(day)}");

    private string UrlAt(DateTimeOffset at, string? stream = null) =>
        _look.Url($"/cameras/{_camera!.Id}/recordings?day={Iso(ShanghaiTime.DayOf(at))}&at={Uri.EscapeDataString(RecordingTimes.Clock(at))}&minutes={_minutes}&stream={stream ?? _stream}");

    private string T(string key) => RecordingTexts.Of(key, _look.Language);

    private string F(string key, params object[] values) => RecordingTexts.Format(key, _look.Language, values);
}
