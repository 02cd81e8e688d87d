using CommandCenter.Domain.Cases;
using CommandCenter.Runtime.Partitions;
using CommandCenter.Web.Grains;

namespace CommandCenter.Web.Intake;

/// <summary>What became of the lines of one request.</summary>
/// <param name="Accepted">Lines that count now and are on disk.</param>
/// <param name="Duplicates">Lines that counted before.</param>
/// <param name="Rejected">Lines that change nothing, in order.</param>
internal sealed record IntakeAnswer(int Accepted, int Duplicates, IReadOnlyList<RejectedLine> Rejected);

/// <summary>A line that changes nothing.</summary>
internal sealed record RejectedLine(int Line, string Code, string? Field, string Message);

/// <summary>A partition's queue or the memory for requests is full: the same request is welcome a little later.</summary>
internal sealed class IntakeFullException() : Exception("A queue or the memory for requests is full.");

/// <summary>Parses lines, sorts them by partition, posts them and gathers the answer. For one request and one thread.</summary>
internal sealed class IntakeBatch
{
    private readonly GrainHost _grains;
    private readonly EventParser _parser;
    private readonly string _source;
    private readonly DateTimeOffset _now;
    private readonly List<Part[]> _phases = [];
    private readonly Dictionary<CaseNumber, int> _phaseOf = [];
    private readonly List<RejectedLine> _rejected = [];

    public IntakeBatch(GrainHost grains, EventParser parser, string source, DateTimeOffset now)
    {
        _grains = grains;
        _parser = parser;
        _source = source;
        _now = now;
    }

    public void Add(ReadOnlySpan<byte> line, int number, bool isTooLong)
    {
        if (isTooLong)
        {
            _rejected.Add(new RejectedLine(number, EventCodes.LineTooLong, null, $"The line is longer than {EventParser.LineBytesMax} bytes."));
        }
        else if (_parser.Parse(line, _source, _now, out var fact) is { } fault)
        {
            _rejected.Add(new RejectedLine(number, fault.Code, fault.Field, fault.Message));
        }
        else
        {
            var part = PhaseOf(fact!)[_grains.Map.PartitionOf(fact!.Court)];
            part.Commands.Add(fact);
            part.Lines.Add(number);
        }
    }

    /// <summary>Posts everything and waits until it is on disk.</summary>
    /// <exception cref="IntakeFullException">A queue is full. Part may count already: a repeat is harmless.</exception>
    /// <exception cref="PartitionUnavailableException">Nothing could be posted at all: the process is going down or every partition concerned is out.</exception>
    public async Task<IntakeAnswer> SubmitAsync()
    {
        var tally = new Tally();
        foreach (var phase in _phases)
        {
            await SubmitAsync(phase, tally);
        }

        if (tally.Unavailable is not null && tally.Answered == 0)
        {
            throw tally.Unavailable;
        }

        _rejected.Sort((a, b) => a.Line.CompareTo(b.Line));
        return new IntakeAnswer(tally.Accepted, tally.Duplicates, _rejected);
    }

    // A case that moves to another court is held there only when the message has arrived. What the same request says of it afterwards
    // waits for that, and so does the answer: who was told "accepted" may report to the new court at once.
    private Part[] PhaseOf(GrainCommand.Fact fact)
    {
        var phase = 0;
        if (fact is GrainCommand.CaseFact { Number: var number } caseFact)
        {
            _ = _phaseOf.TryGetValue(number, out phase);
            if (caseFact.Command is CaseCommand.TransferCase)
            {
                _phaseOf[number] = phase + 1;
            }
        }

        while (_phases.Count <= phase)
        {
            _phases.Add([.. Enumerable.Range(0, _grains.PartitionCount).Select(_ => new Part([], []))]);
        }

        return _phases[phase];
    }

    private async Task SubmitAsync(Part[] parts, Tally tally)
    {
        var posted = new List<(Part Part, PartitionBatch<GrainCommand, GrainReply> Batch)>();
        var isFull = false;
        for (var partition = 0; partition < parts.Length; partition++)
        {
            if (parts[partition].Commands.Count > 0)
            {
                var batch = new PartitionBatch<GrainCommand, GrainReply>(parts[partition].Commands.ToArray());
                isFull |= !_grains.TryPost(partition, batch);
                posted.Add((parts[partition], batch));
            }
        }

        if (isFull)
        {
            throw new IntakeFullException();
        }

        // Once for all of them: each wait of its own would be a hand-over to another thread.
        await Task.WhenAll(posted.Select(one => one.Batch.Completion)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (var (part, batch) in posted)
        {
            try
            {
                await batch.Completion;
                tally.Answered++;
                Gather(part, batch.Replies, tally);
            }
            catch (PartitionUnavailableException exception)
            {
                tally.Unavailable = exception;
                _rejected.AddRange(part.Lines.Select(line => new RejectedLine(line, exception.Code, null, RefusalText.Of(exception.Code))));
            }
        }

        if (_phaseOf.Count > 0)
        {
            await _grains.SettleAsync(CancellationToken.None); // Ends by itself where a target is out: its messages wait in the outbox.
        }
    }

    private void Gather(Part part, GrainReply[] replies, Tally tally)
    {
        for (var i = 0; i < replies.Length; i++)
        {
            switch (replies[i].Outcome)
            {
                case Outcome.Accepted:
                    tally.Accepted++;
                    break;
                case Outcome.Duplicate:
                    tally.Duplicates++;
                    break;
                default:
                    var code = replies[i].Code!;
                    _rejected.Add(new RejectedLine(part.Lines[i], code, replies[i].Field, RefusalText.Of(code)));
                    break;
            }
        }
    }

    private sealed class Tally
    {
        public int Accepted { get; set; }

        public int Duplicates { get; set; }

        public int Answered { get; set; }

        public PartitionUnavailableException? Unavailable { get; set; }
    }

    private sealed record Part(List<GrainCommand> Commands, List<int> Lines);
}
