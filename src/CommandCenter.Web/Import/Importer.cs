using System.Threading.Channels;
using CommandCenter.Web.Import.Logs;
using CommandCenter.Web.Import.Mapping;

namespace CommandCenter.Web.Import;

/// <summary>Runs one import: reads and maps ahead on one thread while the batch before is being submitted.</summary>
/// <remarks>
/// What a crash leaves: everything acknowledged is in the sink; the progress file is at most
/// <see cref="BatchesPerSave"/> batches behind. A continued run reads the log from the start again, because the running
/// values of the cases come from it, and submits nothing before its place.
/// </remarks>
internal sealed class Importer(ImportPlan plan, IEventSink sink, IImportView view, TimeProvider time)
{
    /// <summary>Batches between two saves of the place; each save waits for the disk twice.</summary>
    public const int BatchesPerSave = 8;

    /// <summary>Mapped batches that may wait for the submitter.</summary>
    private const int BatchesAhead = 2;

    private readonly LogRowPool _pool = new(plan.Mapping.Columns.Count);
    private readonly Dictionary<string, long> _rejected = new(StringComparer.Ordinal);
    private long _rows;
    private long _ignored;
    private long _cases;
    private long _events;
    private long _eventsThisRun;
    private long _accepted;
    private long _duplicates;

    /// <exception cref="ImportInputException">The log cannot be read on.</exception>
    /// <exception cref="ImportEnvironmentException">The sink or the disk gave up; the place is kept.</exception>
    public async Task<ImportReport> RunAsync(CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var before = ImportProgress.Read(plan);
        if (before is not null)
        {
            (_rows, _events, _accepted, _duplicates) = (before.Rows, before.Events, before.Accepted, before.Duplicates);
            foreach (var (code, count) in before.Rejected)
            {
                _rejected[code] = count;
            }
        }

        using var quarantine = plan.QuarantinePath is { } path ? new QuarantineFile(path, before?.QuarantineBytes ?? 0) : null;
        view.Begin(plan, before?.Rows ?? 0);
        await PumpAsync(before?.Rows ?? 0, quarantine, cancellationToken);

        quarantine?.Flush();
        if (plan.ProgressPath is not null)
        {
            // Gone when complete: whether everything is there, the sink knows better than a file beside it.
            File.Delete(plan.ProgressPath);
        }

        var report = new ImportReport
        {
            Rows = _rows,
            RowsBefore = before?.Rows ?? 0,
            Ignored = _ignored,
            Cases = _cases,
            Events = _events,
            Accepted = _accepted,
            Duplicates = _duplicates,
            Rejected = _rejected,
            Elapsed = time.GetElapsedTime(started),
            EventsThisRun = _eventsThisRun,
        };
        view.End(report);
        return report;
    }

    private async Task PumpAsync(long rowsBefore, QuarantineFile? quarantine, CancellationToken cancellationToken)
    {
        var mapped = Channel.CreateBounded<ImportBatch>(BatchesAhead);
        var emptied = Channel.CreateBounded<ImportBatch>(BatchesAhead + 2);
        for (var i = 0; i < BatchesAhead + 2; i++)
        {
            emptied.Writer.TryWrite(new());
        }

        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        // Reading and mapping is pure work on a core; on a thread of its own it overlaps with the submit.
        var mapping = Task.Run(() => MapAsync(rowsBefore, mapped.Writer, emptied.Reader, stopping.Token), stopping.Token);
        var unsaved = 0;
        try
        {
            await foreach (var batch in mapped.Reader.ReadAllAsync(stopping.Token))
            {
                await SubmitAsync(batch, quarantine, stopping.Token);
                unsaved++;
                if (unsaved == BatchesPerSave)
                {
                    Save(quarantine);
                    unsaved = 0;
                }

                emptied.Writer.TryWrite(batch);
            }

            await mapping;
        }
        catch
        {
            await stopping.CancelAsync();
            await mapping.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (unsaved > 0)
            {
                Save(quarantine);
            }

            throw;
        }
    }

    private async Task MapAsync(
        long rowsBefore, ChannelWriter<ImportBatch> mapped, ChannelReader<ImportBatch> emptied, CancellationToken cancellationToken)
    {
        try
        {
            using var reader = plan.File.Open(plan.Mapping);
            using var mapper = new RowMapper(plan.Mapping, plan.Court);
            var order = new CaseOrder(reader, _pool);
            long rows = 0;
            var batch = await emptied.ReadAsync(cancellationToken);
            while (order.Read() is { } row)
            {
                mapper.Map(row, batch);
                rows++;
                if (rows <= rowsBefore)
                {
                    // Done by the run before: the row counts for the state of its case, its lines do not.
                    batch.Clear();
                    _pool.Return(row);
                    cancellationToken.ThrowIfCancellationRequested();
                    continue;
                }

                batch.Rows.Add(row);
                if (batch.IsFull(plan.Mapping.LinesPerRowMax))
                {
                    batch.RowsThrough = rows;
                    await mapped.WriteAsync(batch, cancellationToken);
                    batch = await emptied.ReadAsync(cancellationToken);
                }
            }

            if (batch.Rows.Count > 0)
            {
                batch.RowsThrough = rows;
                await mapped.WriteAsync(batch, cancellationToken);
            }

            // Read by the submitter after the channel has closed, which orders these writes before its reads.
            (_ignored, _cases) = (mapper.IgnoredCount, mapper.CaseCount);
            mapped.Complete();
        }
        catch (Exception exception)
        {
            // The batches before the fault are still submitted; then the submitter meets the exception.
            mapped.Complete(exception);
        }
    }

    private async Task SubmitAsync(ImportBatch batch, QuarantineFile? quarantine, CancellationToken cancellationToken)
    {
        var refusals = batch.RowRejects
            .Select(reject => (reject.RowIndex, EventId: "", reject.Fault.Code, reject.Fault.Message)).ToList();
        if (batch.LineCount > 0)
        {
            var answer = await sink.SubmitAsync(batch.Buffer.Written, batch.LineCount, cancellationToken);
            if (answer.Accepted + answer.Duplicates + answer.Rejected.Count != batch.LineCount)
            {
                throw new ImportEnvironmentException(
                    $"The answer counts {answer.Accepted} accepted, {answer.Duplicates} duplicates and {answer.Rejected.Count} "
                    + $"rejected of {batch.LineCount} lines. Lines without an answer may not be taken for done.");
            }

            _events += batch.LineCount;
            _eventsThisRun += batch.LineCount;
            _accepted += answer.Accepted;
            _duplicates += answer.Duplicates;
            foreach (var reject in answer.Rejected)
            {
                var (rowIndex, eventId) = batch.Origin(reject.Line);
                refusals.Add((rowIndex, eventId, reject.Code, reject.Message));
            }
        }

        // In the order of the log, whoever refused; OrderBy is stable, so the events of a row keep theirs.
        foreach (var (rowIndex, eventId, code, message) in refusals.OrderBy(refusal => refusal.RowIndex))
        {
            Reject(quarantine, batch.Rows[rowIndex], eventId, code, message);
        }

        _rows = batch.RowsThrough;
        view.Advance(_rows, _events, batch.Rows[^1].Position);
        foreach (var row in batch.Rows)
        {
            _pool.Return(row);
        }

        batch.Clear();
    }

    private void Reject(QuarantineFile? quarantine, LogRow row, string eventId, string code, string message)
    {
        _rejected[code] = _rejected.GetValueOrDefault(code) + 1;
        quarantine?.Add(row.Line, eventId, code, message, row.Describe(plan.Mapping.Columns));
    }

    private void Save(QuarantineFile? quarantine)
    {
        if (plan.ProgressPath is null)
        {
            return;
        }

        // The quarantine first: a place that is ahead of it would lose its rows for good.
        var quarantineBytes = quarantine?.Flush() ?? 0;
        new ImportProgress
        {
            Rows = _rows,
            Events = _events,
            Accepted = _accepted,
            Duplicates = _duplicates,
            Rejected = _rejected,
            QuarantineBytes = quarantineBytes,
            FileSha256 = plan.FileSha256,
            MappingSha256 = plan.Mapping.Sha256,
            Target = plan.Target,
            Court = plan.Court,
            Quarantine = plan.QuarantinePath,
        }.Save(plan.ProgressPath);
    }
}
