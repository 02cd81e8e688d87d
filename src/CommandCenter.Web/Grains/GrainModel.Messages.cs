using CommandCenter.Domain;
using CommandCenter.Domain.Cases;
using CommandCenter.Runtime.Partitions;

namespace CommandCenter.Web.Grains;

/// <content>What crosses from court to court: the outbox, the inbox, and what is told through them.</content>
internal sealed partial class GrainModel
{
    private GrainReply Receive(GrainCommand.Deliver deliver, RecordWriter records)
    {
        var message = deliver.Message;
        if (_inbox.GetValueOrDefault(deliver.From) >= message.Position)
        {
            return new GrainReply(Outcome.Duplicate);
        }

        var delivery = new Delivery(deliver.From, message.Position);
        var state = Look(message.Number) ?? CaseState.NotFiled.Instance;
        if (message.Command is CaseCommand.NoteReinstatement && state is not CaseState.Closed)
        {
            // The parent went to another court, so the message follows it; or it was never terminal, and there is nothing to note.
            var target = state is CaseState.Moved moved && _grains.Courts.TryFind(moved.ToCourt, out var court) ? _grains.Map.PartitionOf(court) : -1;
            Record(
                new GrainRecord.OfDelivery(deliver.RecordedAt, delivery, message.Number, target < 0 ? null : message.Command, Math.Max(target, 0)),
                records);
            return GrainReply.Accepted;
        }

        if (CaseDecider.Decide(state, message.Command, _grains.Nodes) is not Decision<CaseEvent>.Accepted accepted)
        {
            throw new CorruptJournalException($"Message {message.Position} of partition {deliver.From} cannot follow {state.GetType().Name} of {message.Number}");
        }

        if (accepted.Events is not [var @event])
        {
            Record(new GrainRecord.OfDelivery(deliver.RecordedAt, delivery, message.Number, Forwarded: null, ForwardedTo: 0), records);
            return GrainReply.Accepted;
        }

        // An admitted case goes on with the history that it has in the other journal.
        var previous = message.Command is CaseCommand.AdmitCase ? message.Chain : LastOf(message.Number);
        Record(new GrainRecord.OfCase(deliver.RecordedAt, Envelope: null, delivery, message.Number, previous, @event), records);
        return GrainReply.Accepted;
    }

    private GrainReply Forget(GrainCommand.ForgetDelivered delivered)
    {
        var kept = _outbox.Where(message => message.Target != delivered.Target || message.Position > delivered.Position).ToArray();
        _outbox.Clear();
        foreach (var message in kept)
        {
            _outbox.Enqueue(message);
        }

        return GrainReply.Accepted;
    }

    // A reinstated case (执恢) takes its parent out of the terminal stock. A parent in another partition hears of it through the outbox:
    // Apply puts the message there when it applies the filing.
    private void NoteReinstatement(CaseNumber parent, GrainCommand.CaseFact fact, RecordWriter records)
    {
        if (Look(parent) is CaseState.Closed state
            && CaseDecider.Decide(state, new CaseCommand.NoteReinstatement(fact.Number, fact.Command.At), _grains.Nodes)
                is Decision<CaseEvent>.Accepted { Events: [var noted] })
        {
            Record(new GrainRecord.OfCase(fact.RecordedAt, Envelope: null, Delivery: null, parent, LastOf(parent), noted), records);
        }
    }

    // What crosses to another court leaves through the outbox, also when that court lies in this partition: one way for all.
    private void Send(long position, ChainLink link, GrainRecord.OfCase record, CaseFile file)
    {
        if (record.Event is CaseEvent.CaseTransferred transferred && _grains.Courts.TryFind(transferred.ToCourt, out var to))
        {
            var admit = new CaseCommand.AdmitCase(file, transferred.ToCourt, transferred.At);
            _outbox.Enqueue(new OutboxMessage(position, _grains.Map.PartitionOf(to), record.Number, link, admit));
        }
        else if (record.Event is CaseEvent.CaseFiled { Parent: { } parent } filed
            && record.Number.Type == CaseType.Reinstated
            && _grains.Courts.TryFind(parent.CourtMark, out var court)
            && (_grains.Map.PartitionOf(court) != _partition.Index || Look(parent) is CaseState.Moved))
        {
            var note = new CaseCommand.NoteReinstatement(record.Number, filed.At);
            _outbox.Enqueue(new OutboxMessage(position, _grains.Map.PartitionOf(court), parent, ChainLink.None, note));
        }
    }

    private void Acknowledge(Delivery? delivery)
    {
        if (delivery is { } value)
        {
            _inbox[value.From] = value.Position;
        }
    }
}
