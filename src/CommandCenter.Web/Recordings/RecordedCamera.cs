using CommandCenter.Web.Cameras;

namespace CommandCenter.Web.Recordings;

/// <summary>A camera as far as somebody may see what was recorded of it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Device">As it is registered now, where that is in scope; <see langword="null"/> when it is somebody else's, or registered no more.</param>
/// <param name="Spans">When it was carried by officers in scope, oldest first.</param>
internal sealed record RecordedCamera(string Id, CameraDevice? Device, IReadOnlyList<CarriedSpan> Spans)
{
    /// <summary>The first piece of a range that may be seen, and who carried the camera then.</summary>
    public (DateTimeOffset From, DateTimeOffset Until, CarriedSpan Span)? Cut(DateTimeOffset from, DateTimeOffset until) => Spans
        .Select(span => span.Cut(from, until) is { } piece ? (piece.From, piece.Until, span) : ((DateTimeOffset, DateTimeOffset, CarriedSpan)?)null)
        .FirstOrDefault(static piece => piece is not null);
}
