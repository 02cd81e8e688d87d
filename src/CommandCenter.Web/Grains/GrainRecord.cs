using CommandCenter.Domain.Cases;
using CommandCenter.Domain.Officers;

namespace CommandCenter.Web.Grains;

/// <summary>What a fact's source said about it.</summary>
/// <param name="Source">The source, named after its API key; ids are unique in it.</param>
/// <param name="Id">The source's id of the event.</param>
/// <param name="ContentHash">Tells a repeat from another content under the same id.</param>
/// <param name="CourtMark">The court that it named.</param>
/// <param name="By">Who did it.</param>
internal sealed record Envelope(string Source, string Id, ulong ContentHash, string CourtMark, string? By)
{
    /// <summary>The hash under which source and id are remembered. Made where the fact is read: the partition's thread has enough to do.</summary>
    public ulong IdHash { get; } = IdWindow.HashOf(Source, Id);
}

/// <summary>Which message of which partition a record has dealt with.</summary>
internal readonly record struct Delivery(int From, long Position);

/// <summary>One record of the journal. A closed family.</summary>
/// <param name="RecordedAt">When it was received, in UTC.</param>
internal abstract record GrainRecord(DateTimeOffset RecordedAt)
{
    /// <summary>The source's words, where the record is a source's own.</summary>
    public Envelope? EnvelopeOrNull => this switch
    {
        OfCase record => record.Envelope,
        OfOfficer record => record.Envelope,
        _ => null,
    };

    /// <summary>The message that it deals with, where it does.</summary>
    public Delivery? DeliveryOrNull => this switch
    {
        OfCase record => record.Delivery,
        OfDelivery record => record.Delivery,
        _ => null,
    };

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
