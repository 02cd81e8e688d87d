using System.Globalization;
using System.Text;
using CommandCenter.Web.Replay;
using CommandCenter.Web.Wall.Directing;
using Microsoft.AspNetCore.Components;

namespace CommandCenter.Web.Wall;

/// <summary>The wall as at a moment of the past: <c>?at=2026-11-22T09:00:00%2B08:00</c>. The same panels, first drawn with the figures of then.</summary>
public sealed partial class WallPage
{
    private ReplayView? _replay;
    private bool _isLookingBack;

    /// <summary>A moment of the past; without it the wall is live.</summary>
    [SupplyParameterFromQuery]
    public string? At { get; set; }

    [Inject]
    private IServiceProvider Services { get; set; } = null!;

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        if (_wall is null || At is null)
        {
            return;
        }

        if (!HistoryReading.TryInstant(At, out var at))
        {
            RefuseMoment("history.bad-time", StatusCodes.Status400BadRequest);
            return;
        }

        _isLookingBack = true;
        try
        {
            var moment = await Services.GetRequiredService<TimeMachine>().LookAsync(at, Http.RequestAborted);
            var feed = Services.GetRequiredService<ReplayFeed>();
            _replay = new ReplayView(moment, _now);
            _now = at;
            _view = WallPresenter.Present(moment.Figures, _language);
            Show(moment.Shown?.Parts.GetValueOrDefault(ScenePart.PartName) is { } scenes ? ScenePart.ShownOf(scenes.In(_language), WallId) : null);
            _firstFrame = Encoding.UTF8.GetString(feed.FrameOf(_wall, moment, _language).Utf8Json.Span);
            _title = string.Create(
                CultureInfo.InvariantCulture, $"{ReplayTexts.Of("badge", _language)} {TimeText.InShanghai(at):yyyy-MM-dd HH:mm} · {_wall.Title.In(_language)} · {T("product")}");
        }
        catch (NoSuchMomentException exception)
        {
            RefuseMoment(exception.Code, exception.Code == NoSuchMomentException.BeforeFirst ? StatusCodes.Status404NotFound : StatusCodes.Status400BadRequest);
        }

        _isLookingBack = false;
    }

    // A live picture under an address of the past would be taken for the past.
    private void RefuseMoment(string code, int status) => Refuse(ReplayTexts.Of("js." + code, _language), status);

    /// <summary>What the page knows of the past that it shows.</summary>
    /// <param name="Moment">The moment.</param>
    /// <param name="Present">The server's clock when the page was drawn.</param>
    private sealed record ReplayView(PastMoment Moment, DateTimeOffset Present);
}
