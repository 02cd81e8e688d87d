using CommandCenter.Domain.Cases;
using CommandCenter.Domain.Officers;

namespace CommandCenter.Web.Grains;

/// <summary>What a fact's source said about it, as recorded.</summary>
internal sealed record Envelope(string Source, string Id, ulong ContentHash, string CourtMark, string? By);

/// <summary>Which message of which partition a record has dealt with.</summary>
internal readonly record struct Delivery(int From, long Position);

/// <summary>One record of the journal. A closed family.</summary>
/// <param name="RecordedAt">When it was received, in UTC.</param>
internal abstract record GrainRecord(DateTimeOffset RecordedAt)
{
    /// <summary>Something happened to a case.</summary>
    /// <param name="Envelope">The source's words, unless it follows from another record.</param>
    /// <param name="Delivery">The message that brought it, where one did.</param>
    /// <param name="Number">The case.</param>
    /// <param name="Previous">The case's record before.</param>
    /// <param name="Event">What happened.</param>
    /// <param name="RecordedAt">When it was received.</param>
    internal sealed record OfCase(
        DateTimeOffset RecordedAt, Envelope? Envelope, Delivery? Delivery, CaseNumber Number, ChainLink Previous, CaseEvent Event)
        : GrainRecord(RecordedAt);

    /// <summary>Something happened to an officer.</summary>
    internal sealed record OfOfficer(DateTimeOffset RecordedAt, Envelope Envelope, string OfficerId, OfficerEvent Event) : GrainRecord(RecordedAt);

    /// <summary>A message was dealt with that changed no case here; it may go on to where the case lies now.</summary>
    internal sealed record OfDelivery(DateTimeOffset RecordedAt, Delivery Delivery, CaseNumber Number, CaseCommand? Forwarded, int ForwardedTo)
        : GrainRecord(RecordedAt);
}
