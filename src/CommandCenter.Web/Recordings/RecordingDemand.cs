using CommandCenter.Web.Access;

namespace CommandCenter.Web.Recordings;

/// <summary>Somebody wants the main stream of a camera recorded for a while.</summary>
/// <param name="Camera">Which.</param>
/// <param name="By">Who.</param>
/// <param name="From">The address that he came from.</param>
/// <param name="Court">The court whose officer carried the camera.</param>
/// <param name="Officer">That officer: when another gets the camera, it is over.</param>
/// <param name="EndsAt">When it ends by itself.</param>
internal sealed record RecordingDemand(string Camera, Viewer By, string? From, string Court, string Officer, DateTimeOffset EndsAt);
