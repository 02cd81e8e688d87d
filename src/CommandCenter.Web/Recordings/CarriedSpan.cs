namespace CommandCenter.Web.Recordings;

/// <summary>A time in which a camera was carried by one officer of one court.</summary>
/// <param name="From">From here…</param>
/// <param name="Until">…to here; <see langword="null"/> while it still is.</param>
/// <param name="CourtMark">His court: whoever has it in scope may see this time, whoever carries the camera now.</param>
/// <param name="OfficerId">The officer.</param>
internal sealed record CarriedSpan(DateTimeOffset From, DateTimeOffset? Until, string CourtMark, string OfficerId)
{
    /// <summary>What both ranges have in common; <see langword="null"/> when that is nothing.</summary>
    public (DateTimeOffset From, DateTimeOffset Until)? Cut(DateTimeOffset from, DateTimeOffset until)
    {
        var (begin, end) = (from > From ? from : From, Until is { } own && own < until ? own : until);
        return begin < end ? (begin, end) : null;
    }
}
