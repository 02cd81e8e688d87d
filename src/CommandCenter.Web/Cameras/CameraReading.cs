using CommandCenter.Domain.Courts;
using CommandCenter.Web.Access;
using CommandCenter.Web.DrillDown;
using CommandCenter.Web.Grains;
using CommandCenter.Web.Places;
using CommandCenter.Web.Reading;
using CommandCenter.Web.Wall;

namespace CommandCenter.Web.Cameras;

/// <summary>Which cameras somebody may see, and in which order.</summary>
internal sealed class CameraReading(CameraBoard board, ICameraFeeds feeds, IOfficerSource officers, GrainHost grains, TimeProvider time)
{
    /// <summary>The cameras of a court in scope, or of all of them.</summary>
    public (CamerasAnswer? Answer, QueryFault? Fault) Read(Viewer viewer, string? court, WallLanguage language)
    {
        var (asked, fault) = ViewScope.Of(viewer, grains.Courts).Find(string.IsNullOrEmpty(court) ? null : court);
        if (asked is null)
        {
            return (null, fault);
        }

        var marks = asked.Scope.ToDictionary(static one => one.Mark, StringComparer.Ordinal);
        var shown = officers.Read().Officers;
        var now = time.GetUtcNow();
        var known = shown.ToDictionary(static officer => (officer.CourtMark, officer.Id));
        var cameras = board.Read().Where(camera => marks.ContainsKey(camera.Device.CourtMark))
            .Select(camera => (Camera: camera, Officer: known.GetValueOrDefault((camera.Device.CourtMark, camera.Device.OfficerId))))
            .OrderBy(static one => one.Officer?.CallingSinceMs ?? long.MaxValue)
            .ThenByDescending(one => HasJustArrived(one.Officer, now))
            .ThenBy(static one => one.Officer is null ? 2 : one.Officer.Condition == OfficerCondition.Off ? 1 : 0)
            .ThenByDescending(static one => Minute(one.Officer))
            .ThenBy(static one => one.Camera.Device.OfficerId, StringComparer.Ordinal)
            .ThenBy(static one => one.Camera.Device.Id, StringComparer.Ordinal)
            .Select((one, rank) => Show(one.Camera, one.Officer, marks[one.Camera.Device.CourtMark], language, rank));
        var calls = shown.Where(officer => officer.CallingSinceMs is not null && marks.ContainsKey(officer.CourtMark))
            .Select(officer => new OfficerCall(officer.Id, officer.CourtMark, DeskNames.Of(marks[officer.CourtMark], language), CallOf(officer)!.Value));
        return (new CamerasAnswer(feeds.OffReason is null ? "on" : "off", feeds.OffReason ?? "", now, [.. calls], [.. cameras]), null);
    }

    private static bool HasJustArrived(ShownOfficer? officer, DateTimeOffset now) =>
        officer?.Errand?.ArrivedAtMs is { } arrived && now.ToUnixTimeMilliseconds() - arrived <= OfficerBoard.ArrivalMax.TotalMilliseconds;

    // By the minute: officers report every few seconds, and tiles that change places with each report could not be watched.
    private static long Minute(ShownOfficer? officer) => (officer?.ReportedAtMs ?? 0) / 60_000;

    private static CameraView Show(KnownCamera camera, ShownOfficer? officer, Court court, WallLanguage language, int rank) => new(
        camera.Device.Id, camera.Device.Name, camera.Device.OfficerId, court.Mark, DeskNames.Of(court, language), camera.State.Word, camera.State.Reason, camera.Since,
        camera.Main, camera.Sub, officer is null ? "unknown" : OfficersPart.NameOf(officer.Condition),
        officer?.ReportedAtMs is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null, CallOf(officer), ErrandOf(officer), rank);

    private static OfficerErrand? ErrandOf(ShownOfficer? officer) => officer?.Errand is { } errand
        ? new OfficerErrand(
            DateTimeOffset.FromUnixTimeMilliseconds(errand.SentAtMs), errand.ArrivedAtMs is { } arrived ? DateTimeOffset.FromUnixTimeMilliseconds(arrived) : null, errand.Case?.ToString())
        : null;

    private static DateTimeOffset? CallOf(ShownOfficer? officer) => officer?.CallingSinceMs is { } since ? DateTimeOffset.FromUnixTimeMilliseconds(since) : null;
}
