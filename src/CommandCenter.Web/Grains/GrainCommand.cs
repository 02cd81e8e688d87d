using CommandCenter.Domain.Cases;
using CommandCenter.Domain.Courts;
using CommandCenter.Domain.Officers;

namespace CommandCenter.Web.Grains;

/// <summary>What a partition of courts is asked. A closed family.</summary>
internal abstract record GrainCommand
{
    private GrainCommand()
    {
    }

    /// <summary>A fact that a source reports.</summary>
    /// <param name="Envelope">What the source said about it.</param>
    /// <param name="Court">The court that holds the case or the officer.</param>
    /// <param name="RecordedAt">When we received it, in UTC.</param>
    internal abstract record Fact(Envelope Envelope, Court Court, DateTimeOffset RecordedAt) : GrainCommand;

    /// <summary>A fact about a case.</summary>
    internal sealed record CaseFact(Envelope Envelope, Court Court, DateTimeOffset RecordedAt, CaseNumber Number, CaseCommand Command)
        : Fact(Envelope, Court, RecordedAt);

    /// <summary>A fact about an officer.</summary>
    internal sealed record OfficerFact(Envelope Envelope, Court Court, DateTimeOffset RecordedAt, string OfficerId, OfficerCommand Command)
        : Fact(Envelope, Court, RecordedAt);

    /// <summary>A message out of another partition's outbox.</summary>
    internal sealed record Deliver(int From, OutboxMessage Message, DateTimeOffset RecordedAt) : GrainCommand;

    /// <summary>The target of messages has them on disk up to a position: they may leave the outbox.</summary>
    internal sealed record ForgetDelivered(int Target, long Position) : GrainCommand;

    /// <summary>Moves long-closed cases out of memory.</summary>
    internal sealed record PassivateLongClosed(int CountMax) : GrainCommand;
}

/// <summary>How a command ended.</summary>
internal enum Outcome
{
    /// <summary>It counts, and is on disk.</summary>
    Accepted,

    /// <summary>It counted before, with the same content.</summary>
    Duplicate,

    /// <summary>It changes nothing.</summary>
    Rejected,
}

/// <summary>What the asker is told.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="Code">The stable code of a refusal.</param>
/// <param name="Field">The field at fault, where one is.</param>
internal readonly record struct GrainReply(Outcome Outcome, string? Code = null, string? Field = null)
{
    public static readonly GrainReply Accepted = new(Outcome.Accepted);

    public static GrainReply Rejected(string code, string? field = null) => new(Outcome.Rejected, code, field);
}

/// <summary>What one court partition must tell another: a case that moved, or a reinstatement of a case that lies elsewhere.</summary>
/// <param name="Position">The record that it follows from; rises within one outbox.</param>
/// <param name="Target">The partition to tell.</param>
/// <param name="Number">The case that it is about.</param>
/// <param name="Chain">Where the history of that case goes on in this partition's journal.</param>
/// <param name="Command">What to tell its grain.</param>
internal sealed record OutboxMessage(long Position, int Target, CaseNumber Number, ChainLink Chain, CaseCommand Command);

/// <summary>The place of a record: the partition and the position in it, in eight bytes. Each record of a case names the one before, which makes its timeline.</summary>
internal readonly record struct ChainLink
{
    public static readonly ChainLink None;

    private const int PositionBits = 56; // Partitions are numbered by a byte in the journal, too.

    private readonly ulong _bits;

    public ChainLink(int partition, long position) => _bits = ((ulong)checked((byte)partition) << PositionBits) | (ulong)position;

    public int Partition => (int)(_bits >> PositionBits);

    public long Position => (long)(_bits & ((1UL << PositionBits) - 1));

    public bool IsNone => Position == 0;
}
