using CommandCenter.Domain;
using CommandCenter.Domain.Cases;
using CommandCenter.Domain.Courts;
using CommandCenter.Domain.Officers;
using CommandCenter.Runtime.Partitions;

namespace CommandCenter.Web.Grains;

/// <summary>What every partition is made with.</summary>
/// <param name="Courts">The court tree.</param>
/// <param name="Nodes">The 37 nodes.</param>
/// <param name="Map">Which partition holds which court.</param>
/// <param name="Limits">How much is remembered and kept in memory.</param>
internal sealed record GrainContext(CourtTree Courts, NodeCatalog Nodes, CourtMap Map, GrainLimits Limits)
{
    /// <summary>Who has which event id; one for all partitions of a host.</summary>
    public IdOwners Owners { get; init; } = new(Limits.IdsPerGeneration);
}

/// <summary>How much a partition remembers and keeps in memory.</summary>
/// <param name="IdsPerGeneration">At least this many latest event ids are known, at most twice as many; default 786,432.</param>
/// <param name="PassivateAfter">Closed this long before the latest event of the partition, a case leaves memory; default 180 days.</param>
internal sealed record GrainLimits(int IdsPerGeneration, TimeSpan PassivateAfter)
{
    /// <summary>As many ids as a table of 2^20 places takes before it doubles; twice the memory would follow for a third more ids.</summary>
    public static readonly GrainLimits Default = new((1 << 20) / 4 * 3, TimeSpan.FromDays(180));
}

/// <summary>
/// The grains of the courts of one partition: cases, courts and officers. Single-threaded; the partition owns the thread. The only
/// place that joins the deciders of the domain with the journal of the runtime.
/// </summary>
internal sealed partial class GrainModel : IPartitionModel<GrainCommand, GrainReply>
{
    private const int RecentMax = 12;

    private readonly GrainContext _grains;
    private readonly PartitionContext _partition;
    private readonly TextPool _texts = new();
    private readonly RecordCodec _codec;
    private readonly ByteWriter _bytes = new();
    private readonly CaseTable _cases = new();
    private readonly Dictionary<(string Court, string Id), OfficerState> _officers = [];
    private readonly CourtGrain?[] _courts;
    private readonly IdWindow _ids;
    private readonly IdWindow _officerIds;
    private readonly List<ulong> _unsettledIds;
    private readonly Queue<OutboxMessage> _outbox = new();
    private readonly Dictionary<int, long> _inbox = [];
    private readonly Queue<RecentFact> _recent = new();

    // The state read or made last: what is decided is applied next, and often the next event is about the same case.
    private (int Place, CaseState State) _latest = (-1, CaseState.NotFiled.Instance);

    public GrainModel(GrainContext grains, PartitionContext partition)
    {
        _grains = grains;
        _partition = partition;
        foreach (var court in grains.Courts.Courts)
        {
            _ = _texts.NumberOf(court.Mark); // First, so that every mark read is the tree's own string: equal ones are then the same one.
        }

        _codec = new RecordCodec(grains.Courts, _texts);
        _unsettledIds = grains.Owners.UnsettledOf(partition.Index);
        _ids = new IdWindow(grains.Limits.IdsPerGeneration);

        // Positions come by the thousand a second and must not push the ids of money out.
        _officerIds = new IdWindow(Math.Max(1, grains.Limits.IdsPerGeneration / 8));
        _courts = [.. grains.Courts.Courts.Select(court => grains.Map.PartitionOf(court) == partition.Index ? new CourtGrain(court) : null)];
    }

    /// <summary>The last committed record.</summary>
    public long Position { get; private set; }

    /// <summary>The latest event time seen; long-closed is measured from here, so that a replay decides alike.</summary>
    public DateTimeOffset LatestAt { get; private set; } = DateTimeOffset.UnixEpoch;

    /// <summary>When the last record was received.</summary>
    public DateTimeOffset RecordedAt { get; private set; } = DateTimeOffset.UnixEpoch;

    public CaseTable Cases => _cases;

    public TextPool Texts => _texts;

    public IEnumerable<CourtGrain> Courts => _courts.OfType<CourtGrain>();

    public IReadOnlyCollection<OfficerState> Officers => _officers.Values;

    /// <summary>The officers of whom anything is known, each with the mark of his court.</summary>
    public IEnumerable<(string CourtMark, OfficerState State)> OfficersByCourt => _officers.Select(static officer => (officer.Key.Court, officer.Value));

    public IReadOnlyCollection<OutboxMessage> Outbox => _outbox;

    public IReadOnlyCollection<RecentFact> Recent => _recent;

    public IdWindow Ids => _ids;

    public IdWindow OfficerIds => _officerIds;

    public CourtGrain CourtAt(int index) => _courts[index]
        ?? throw new InvalidOperationException($"Court {_grains.Courts.Courts[index]} lies in another partition than {_partition.Index}.");

    public GrainReply Decide(GrainCommand command, RecordWriter records) => command switch
    {
        GrainCommand.Fact fact => DecideFact(fact, records),
        GrainCommand.Deliver message => Receive(message, records),
        GrainCommand.ForgetDelivered delivered => Forget(delivered),
        GrainCommand.PassivateLongClosed passivate => Passivate(passivate.CountMax, records),
        _ => throw new InvalidOperationException($"{command.GetType().Name} has no rule."),
    };

    public void Replay(long position, ReadOnlySpan<byte> bytes)
    {
        var record = _codec.Read(bytes);
        if (record.EnvelopeOrNull is { } envelope)
        {
            _ = _grains.Owners.TryClaim(envelope.IdHash, _partition.Index); // A fresh one was claimed before it was decided.
        }

        Apply(position, record);
    }

    public void Publish(long position)
    {
        // Nearly always these are the ids of the group just committed. After a failed commit they are what the model before this one had
        // claimed: the journal, read again, says which of them count.
        foreach (var hash in _unsettledIds)
        {
            if (!IsRemembered(hash))
            {
                _grains.Owners.Release(hash);
            }
        }

        _unsettledIds.Clear();
        PublishSearch();
        Position = position;
    }

    /// <summary>The state of a case, from memory or from where it was moved to, without keeping it.</summary>
    public CaseState? Look(CaseNumber number) => _cases.TryFind(number, out var place) ? StateAt(place) : null;

    /// <summary>The last record of a case.</summary>
    public ChainLink LastOf(CaseNumber number) => _cases.TryFind(number, out var place) ? _cases[place].Last : ChainLink.None;

    /// <summary>A record of this partition's journal.</summary>
    public GrainRecord ReadRecord(long position) => _codec.Read(_partition.Journal.Read(position));

    private GrainReply DecideFact(GrainCommand.Fact fact, RecordWriter records)
    {
        if (FindRepeat(fact) is { } repeat)
        {
            return repeat;
        }

        if (!_grains.Owners.TryClaim(fact.Envelope.IdHash, _partition.Index))
        {
            return GrainReply.Rejected("event.id-conflict", "id"); // A court of another partition has it, so the content differs.
        }

        _unsettledIds.Add(fact.Envelope.IdHash);
        var reply = fact switch
        {
            GrainCommand.CaseFact f => DecideCase(f, records),
            GrainCommand.OfficerFact f => DecideOfficer(f, records),
            _ => throw new InvalidOperationException($"{fact.GetType().Name} has no rule."),
        };
        if (reply.Outcome == Outcome.Rejected)
        {
            _grains.Owners.Release(fact.Envelope.IdHash); // A refused event may come again, corrected and for another court.
            _unsettledIds.RemoveAt(_unsettledIds.Count - 1);
        }

        return reply;
    }

    private GrainReply DecideCase(GrainCommand.CaseFact fact, RecordWriter records)
    {
        var state = Look(fact.Number) ?? CaseState.NotFiled.Instance;
        if (state is CaseState.Open or CaseState.Closed && state.FileOrNull!.CourtMark != fact.Court.Mark && fact.Command is not CaseCommand.FileCase)
        {
            return GrainReply.Rejected("case.unknown", "case");
        }

        if (AmountOf(fact.Command) > CourtGrain.BookedFenMax - CourtOf(fact.Court.Mark).BookedFen)
        {
            return GrainReply.Rejected("funds.beyond-limit", "data.amountFen");
        }

        var decision = CaseDecider.Decide(state, fact.Command, _grains.Nodes);
        if (decision is not Decision<CaseEvent>.Accepted accepted)
        {
            return decision is Decision<CaseEvent>.Rejected rejected
                ? GrainReply.Rejected(rejected.Code, rejected.Field)
                : throw new InvalidOperationException($"{decision.GetType().Name} is no answer.");
        }

        foreach (var @event in accepted.Events)
        {
            Record(new GrainRecord.OfCase(fact.RecordedAt, fact.Envelope, Delivery: null, fact.Number, LastOf(fact.Number), @event), records);
        }

        if (fact.Command is CaseCommand.FileCase { Parent: { } parent } && fact.Number.Type == CaseType.Reinstated)
        {
            NoteReinstatement(parent, fact, records);
        }

        return GrainReply.Accepted;
    }

    private GrainReply DecideOfficer(GrainCommand.OfficerFact fact, RecordWriter records)
    {
        var state = _officers.GetValueOrDefault((fact.Court.Mark, fact.OfficerId)) ?? OfficerState.New(fact.OfficerId);
        if (OfficerDecider.Decide(state, fact.Command) is not Decision<OfficerEvent>.Accepted accepted)
        {
            return GrainReply.Rejected("officer.not-allowed-now");
        }

        foreach (var @event in accepted.Events)
        {
            Record(new GrainRecord.OfOfficer(fact.RecordedAt, fact.Envelope, fact.OfficerId, @event), records);
        }

        return GrainReply.Accepted;
    }

    private GrainReply Passivate(int countMax, RecordWriter records)
    {
        var horizon = (LatestAt - _grains.Limits.PassivateAfter).UtcTicks;
        for (var place = 0; place < _cases.Count && countMax > 0; place++)
        {
            ref readonly var row = ref _cases[place];
            if (row.Status is CaseStatus.Closed && row.StatusAt < horizon && !_cases.IsPassive(place))
            {
                records.Passivate(PassiveKey(row), _cases.StateAt(place));
                _cases.SetState(place, []);
                countMax--;
            }
        }

        return GrainReply.Accepted;
    }

    private void Record(GrainRecord record, RecordWriter records)
    {
        _bytes.Clear();
        RecordCodec.Write(_bytes, record);
        Apply(records.Append(_bytes.Written), record);
    }

    /// <summary>Makes a record part of the state; the same for a fresh one and a replayed one.</summary>
    private void Apply(long position, GrainRecord record)
    {
        RecordedAt = record.RecordedAt > RecordedAt ? record.RecordedAt : RecordedAt;
        switch (record)
        {
            case GrainRecord.OfCase r:
                Remember(_ids, r.Envelope, position);
                Acknowledge(r.Delivery);
                ApplyCase(position, r);
                break;
            case GrainRecord.OfOfficer r:
                Remember(_officerIds, r.Envelope, position);
                var key = (r.Envelope.CourtMark, r.OfficerId);
                _officers[key] = OfficerDecider.Evolve(_officers.GetValueOrDefault(key) ?? OfficerState.New(r.OfficerId), r.Event);
                break;
            case GrainRecord.OfDelivery r:
                Acknowledge(r.Delivery);
                if (r.Forwarded is not null)
                {
                    _outbox.Enqueue(new OutboxMessage(position, r.ForwardedTo, r.Number, ChainLink.None, r.Forwarded));
                }

                break;
            default:
                throw new CorruptJournalException($"{record.GetType().Name} cannot be applied");
        }
    }

    private void ApplyCase(long position, GrainRecord.OfCase record)
    {
        var link = new ChainLink(_partition.Index, position);
        var isKnown = _cases.TryFind(record.Number, out var place);
        var before = isKnown ? StateAt(place) : CaseState.NotFiled.Instance;
        var after = CaseDecider.Evolve(before, record.Event, _grains.Nodes);
        var file = after.FileOrNull!;
        if (!isKnown)
        {
            place = _cases.Add(record.Number, CaseTable.TextOf(file));
        }

        _bytes.Clear();
        RecordCodec.WriteState(_bytes, after);
        _cases.SetState(place, _bytes.Written);
        _cases.SetCourt(place, CourtIndexOf(file.CourtMark));
        _latest = (place, after);
        ref var row = ref _cases.ForChange(place);
        var stood = isKnown && row.IsPending ? (row.Node, row.StoodSince) : ((byte Node, int StoodSince)?)null;
        row.Show(after, _texts);
        row.Last = link;
        Pass(ref row, stood, file, record.RecordedAt);
        // A case that comes back may have got other names meanwhile.
        var hasNewNames = isKnown && record.Event is CaseEvent.PartyRenamed or CaseEvent.CaseAdmitted;
        if (hasNewNames)
        {
            _cases.SetText(place, CaseTable.TextOf(file));
        }

        NoteForSearch(place, record.Event, hasNewNames);
        LatestAt = record.Event.At > LatestAt ? record.Event.At : LatestAt;
        KeepUrged(place, after);

        var @class = record.Number.Type.Class;
        CourtOf(file.CourtMark).Count(record.Event, before, after, @class);
        Send(position, link, record, file);
        Show(record, file);
    }

    // A case passes the node at which it stood when it goes on to another one or is closed. What is dated before it came there, a report that
    // comes late, says nothing about how long that took; and moving to another court is no progress.
    private void Pass(ref CaseRow row, (byte Node, int Since)? stood, CaseFile file, DateTimeOffset recordedAt)
    {
        if (stood is not { } before)
        {
            row.StoodSince = StayTime.MinuteOf(row.LatestAt);
            return;
        }

        var isClosing = row.Status == CaseStatus.Closed;
        if (row.Status == CaseStatus.Moved || (row.Node == before.Node && !isClosing))
        {
            return;
        }

        var leftAt = isClosing ? file.StatusAt : file.Flow.LatestAt;
        var left = StayTime.MinuteOf(leftAt.UtcTicks);
        if (row.IsMain && left >= before.Since)
        {
            // Dated ahead, it counts in the year in which it was reported: a slip of a source must not push the years out that are kept.
            var year = Math.Min(ShanghaiTime.DayOf(leftAt).Year, ShanghaiTime.DayOf(recordedAt).Year);
            CourtOf(file.CourtMark).Passed.Add(year, before.Node, StayTime.StepOf(left - before.Since));
        }

        row.StoodSince = Math.Max(before.Since, left);
    }

    private void Show(GrainRecord.OfCase record, CaseFile file)
    {
        var amount = record.Event switch
        {
            CaseEvent.CaseFiled e => e.ClaimFen,
            CaseEvent.FundsReceived e => e.AmountFen,
            CaseEvent.FundsDisbursed e => e.AmountFen,
            CaseEvent.CaseClosed or CaseEvent.CaseTransferred => -1L,
            _ => (long?)null,
        };
        if (amount is null)
        {
            return; // The wall's last line shows what moves a figure, not every step.
        }

        if (_recent.Count == RecentMax)
        {
            _ = _recent.Dequeue();
        }

        _recent.Enqueue(new RecentFact(record.Event, file.CourtMark, record.Number, amount < 0 ? null : amount));
    }

    private int CourtIndexOf(string mark) => _grains.Courts.TryFind(mark, out var court) ? court.Index : CaseRow.NoCourt;

    private CourtGrain CourtOf(string mark) => _grains.Courts.TryFind(mark, out var court) && _courts[court.Index] is { } grain
        ? grain
        : throw new CorruptJournalException($"Court {mark} is not a court of partition {_partition.Index}");

    private static long AmountOf(CaseCommand command) => command switch
    {
        CaseCommand.ReceiveFunds c => c.AmountFen,
        CaseCommand.DisburseFunds c => c.AmountFen,
        CaseCommand.ReverseFunds c => c.AmountFen,
        _ => 0,
    };

    private CaseState StateAt(int place)
    {
        if (place != _latest.Place)
        {
            ref readonly var row = ref _cases[place];
            var bytes = _cases.StateAt(place);
            if (bytes.IsEmpty)
            {
                bytes = _partition.Passive.TryRead(PassiveKey(row), out var passive)
                    ? passive
                    : throw new CorruptJournalException($"The state of {row.Number} is neither in memory nor in the passive store");
            }

            var from = new ByteReader(bytes, _texts);
            _latest = (place, RecordCodec.ReadState(ref from));
        }

        return _latest.State;
    }

    // The key names the last record that the state contains: a replay that starts before it finds the state of that time, since a later
    // passivation of the same case has another key.
    private static string PassiveKey(in CaseRow row) => $"{row.Number}@{row.Last.Position}";
}

/// <summary>A fact that moved a figure, for the wall's last line.</summary>
internal sealed record RecentFact(CaseEvent Event, string CourtMark, CaseNumber Number, long? AmountFen);
