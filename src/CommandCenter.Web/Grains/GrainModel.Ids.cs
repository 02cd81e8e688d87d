namespace CommandCenter.Web.Grains;

/// <content>Event ids: what came before, and where the next ones will be looked for.</content>
internal sealed partial class GrainModel
{
    // Nobody reads it; without it the compiler could leave the reads of LookAhead out.
    private ulong _touched;

    /// <summary>Reads where the events of these commands will look, so that it is in the processor's cache when they are decided.</summary>
    /// <remarks>
    /// Cases are many and every event is of another one, so an event waits for memory about fifteen times in a row. Here none of the
    /// reads of a round depends on another, and the processor waits for many of them at once: a tenth more events in a second.
    /// </remarks>
    public void LookAhead(ReadOnlySpan<GrainCommand> commands)
    {
        Span<uint> cases = stackalloc uint[commands.Length];
        var count = 0;
        var sum = 0UL;
        foreach (var command in commands)
        {
            if (command is GrainCommand.Fact { Envelope.IdHash: var hash } fact)
            {
                sum += _ids.Touch(hash) + _officerIds.Touch(hash) + _grains.Owners.Touch(hash);
                if (fact is GrainCommand.CaseFact caseFact)
                {
                    cases[count++] = CaseIndex.HashOf(caseFact.Number);
                }
            }
        }

        _touched = sum + _cases.Touch(cases[..count]);
    }

    private bool IsRemembered(ulong hash) => _ids.Contains(hash) || _officerIds.Contains(hash);

    private GrainReply? FindRepeat(GrainCommand.Fact fact)
    {
        if (!IsRemembered(fact.Envelope.IdHash))
        {
            return null;
        }

        foreach (var position in _ids.Find(fact.Envelope.IdHash).Concat(_officerIds.Find(fact.Envelope.IdHash)))
        {
            if (ReadRecord(position).EnvelopeOrNull is { } envelope && envelope.Id == fact.Envelope.Id && envelope.Source == fact.Envelope.Source)
            {
                return envelope.ContentHash == fact.Envelope.ContentHash ? new GrainReply(Outcome.Duplicate) : GrainReply.Rejected("event.id-conflict", "id");
            }
        }

        return null;
    }

    private static void Remember(IdWindow ids, Envelope? envelope, long position)
    {
        if (envelope is not null)
        {
            ids.Add(envelope.IdHash, position);
        }
    }
}
