using CommandCenter.Runtime.Journal;
using CommandCenter.Runtime.Partitions;
using CommandCenter.Web.Grains;

namespace CommandCenter.Web.Recount;

/// <summary>
/// The recount of one partition. It goes through the figures part by part: a part is copied on the partition's thread together with the
/// position up to which it is true, the journal is counted up to exactly there, and then both are compared.
/// </summary>
/// <remarks>One thread at a time, and never two partitions at once: that keeps the recount within one core.</remarks>
internal sealed class PartitionRecount : IDisposable
{
    // Between two of these the recount can be paused and ended, and other work gets its turn.
    private const int RecordsPerSlice = 4_096;

    private readonly GrainHost _grains;
    private readonly int _partition;
    private readonly RecountGate _gate;
    private readonly TimeProvider _time;
    private readonly RecountPace _pace;
    private CommittedJournal? _journal;
    private RecordCodec _codec;
    private NaiveCount _count;
    private long _lastSkip;
    private DateTimeOffset _begunAt;
    private int _inSlice;
    private volatile PartitionProof _latest;

    public PartitionRecount(GrainHost grains, int partition, RecountGate gate, TimeProvider time)
    {
        _grains = grains;
        _partition = partition;
        _gate = gate;
        _time = time;
        _pace = new RecountPace(time);
        _codec = NewCodec();
        _count = NewCount();
        _begunAt = time.GetUtcNow();
        string[] marks = [.. grains.Courts.Courts.Where(court => grains.Map.PartitionOf(court) == partition).Select(court => court.Mark)];
        _latest = new PartitionProof(partition, marks, RecountState.Recounting, null, 0, 0, grains.Statuses[partition].Position, TimeSpan.Zero, [], null);
    }

    /// <summary>What is known. Any thread may read it.</summary>
    public PartitionProof Latest => _latest;

    /// <summary>Compares every cell once.</summary>
    /// <param name="startAgainAfter">A count older than this begins again at the first record, so that rot in the journal is met, too.</param>
    /// <param name="cancellationToken">Gives up; the next call goes on from there.</param>
    public async Task RunAsync(TimeSpan startAgainAfter, CancellationToken cancellationToken)
    {
        var started = _time.GetTimestamp();
        if (_time.GetUtcNow() - _begunAt >= startAgainAfter)
        {
            StartAgain();
        }

        try
        {
            var courts = await CompareAsync(cancellationToken);
            if (courts.Any(static court => court.Differing > 0) && HasNewSkip())
            {
                // Somebody passed over a record meanwhile, and the state was computed anew without it.
                StartAgain();
                courts = await CompareAsync(cancellationToken);
            }

            _latest = _latest with
            {
                State = courts.Any(static court => court.Differing > 0) ? RecountState.Differs : RecountState.Proved,
                ProvedAt = _time.GetUtcNow(),
                Position = _count.Position,
                RecordsRead = _count.Position,
                RecordsToRead = _count.Position,
                Duration = _time.GetElapsedTime(started),
                Courts = courts,
                Fault = null,
            };
        }
        catch (PartitionUnavailableException exception)
        {
            // It says itself why it is stopped. What it comes back with may be another state, so its figures are as good as unknown.
            Fail(exception.Code);
        }
#pragma warning disable CA1031 // Whatever keeps a journal from being counted, one thing is to be said: its figures cannot be proved now.
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            CloseJournal();
            Fail($"record {_count.Position + 1}: {exception.Message}");
        }
#pragma warning restore CA1031
    }

    public void Dispose() => CloseJournal();

    private async Task<IReadOnlyList<CourtProof>> CompareAsync(CancellationToken cancellationToken)
    {
        _journal ??= _grains.OpenJournal(_partition);
        if (HasNewSkip())
        {
            StartAgain();
        }

        var now = _time.GetUtcNow();
        var shown = await _grains.AskAsync(_partition, model => ShownStocks.Read(model, _grains, now), cancellationToken);
        await CountToAsync(shown.Position, cancellationToken);
        var (stocks, counted) = (_count.Stocks(now), _count.Parts(now));
        var proofs = new List<CourtProof>();
        foreach (var (court, values, parts) in shown.Courts)
        {
            var comparison = new CellComparison(court.Mark);
            comparison.Compare(values, stocks.GetValueOrDefault(court.Mark) ?? new long[values.Length]);
            comparison.Compare(parts, counted.GetValueOrDefault(court.Mark) ?? []);
            await CompareAsync(comparison, court.Index, court.Mark, days: false, cancellationToken);
            await CompareAsync(comparison, court.Index, court.Mark, days: true, cancellationToken);
            proofs.Add(comparison.ToProof());
        }

        return proofs;
    }

    private async Task CompareAsync(CellComparison comparison, int court, string mark, bool days, CancellationToken cancellationToken)
    {
        for (var from = int.MinValue; from < int.MaxValue;)
        {
            var part = await _grains.AskAsync(_partition, model => ShownCells.Read(model, court, days, from), cancellationToken);
            await CountToAsync(part.Position, cancellationToken);
            comparison.Compare(part, _count.CourtOf(mark), days);
            from = part.Next;
        }
    }

    private async Task CountToAsync(long position, CancellationToken cancellationToken)
    {
        if (position < _count.Position)
        {
            // The journal that was counted is not the journal any more: an older file was put back.
            StartAgain();
        }

        if (position == _count.Position)
        {
            return;
        }

        _latest = _latest with { RecordsToRead = position };
        if (_inSlice == 0)
        {
            _pace.Begin(RecordsSoFar());
        }

        foreach (var (at, record) in _journal!.ScanApplied(_count.Position + 1))
        {
            if (at > position)
            {
                break;
            }

            switch (_codec.Read(record.Span))
            {
                case GrainRecord.OfCase fact:
                    _count.Take(fact.Number, fact.Event);
                    break;
                case GrainRecord.OfOfficer fact:
                    _count.Take(fact.Envelope.CourtMark, fact.OfficerId, fact.Event);
                    break;
                default:
                    break; // What is handed from partition to partition counts where it arrives.
            }

            _count.Position = at;
            if (++_inSlice == RecordsPerSlice)
            {
                _latest = _latest with { RecordsRead = at };
                await EndSliceAsync(cancellationToken);
            }
        }

        _count.Position = position; // What lies between was passed over.
        _latest = _latest with { RecordsRead = position };
    }

    private async Task EndSliceAsync(CancellationToken cancellationToken)
    {
        await Task.Yield();
        cancellationToken.ThrowIfCancellationRequested();
        await _gate.PassAsync(cancellationToken);
        await Task.Delay(_pace.Rest(RecordsSoFar(), _grains.Statuses.Any(static status => status.QueuedCommands > 0)), _time, cancellationToken);
        _inSlice = 0;
        _pace.Begin(RecordsSoFar());
    }

    private long RecordsSoFar() => _grains.Statuses.Sum(static status => status.Position);

    private bool HasNewSkip() => _journal!.ReadLastSkip() != _lastSkip;

    private void StartAgain()
    {
        _count = NewCount();
        _codec = NewCodec();
        _lastSkip = _journal?.ReadLastSkip() ?? 0;
        _begunAt = _time.GetUtcNow();
        _latest = _latest with { State = RecountState.Recounting, RecordsRead = 0, Courts = [], Fault = null };
    }

    private void Fail(string fault) =>
        _latest = _latest with { State = RecountState.Unknown, RecordsRead = _count.Position, Courts = [], Fault = fault };

    private NaiveCount NewCount() => new(_grains.Nodes.FiledSeq, _grains.Nodes.AssignedSeq);

    private RecordCodec NewCodec() => new(_grains.Courts, new TextPool());

    private void CloseJournal()
    {
        _journal?.Dispose();
        _journal = null;
    }
}
