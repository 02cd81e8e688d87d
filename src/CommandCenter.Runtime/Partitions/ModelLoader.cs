using CommandCenter.Runtime.Journal;
using CommandCenter.Runtime.Snapshots;

namespace CommandCenter.Runtime.Partitions;

/// <summary>The journal holds something that the model or the hash chain refuses.</summary>
internal sealed class PoisonException(SkipKind kind, long position, string reason, Exception? innerException)
    : Exception(reason, innerException)
{
    public SkipKind Kind { get; } = kind;

    public string Key { get; } = Skip.KeyOf(kind, position);
}

/// <summary>A model brought to the journal's end.</summary>
internal sealed record LoadedModel<TModel>(TModel Model, long SnapshotPosition, long ReplayedCount);

/// <summary>Builds a model from the newest usable snapshot and what the journal holds after it.</summary>
internal sealed class ModelLoader<TModel, TCommand, TReply>(
    PartitionContext context,
    JournalDatabase database,
    SnapshotStore snapshots,
    IReadOnlyList<Skip> skips,
    Func<PartitionContext, TModel> factory,
    IPartitionObserver observer)
    where TModel : class, IPartitionModel<TCommand, TReply>
{
    private readonly HashSet<string> _skipped =
        [.. skips.Where(static skip => skip.Kind != SkipKind.Command).Select(static skip => skip.Key)];

    /// <exception cref="PoisonException">A record or row has to be repaired, or skipped by a person.</exception>
    /// <exception cref="JournalException">The journal cannot be read.</exception>
    public LoadedModel<TModel> Load()
    {
        RefuseLostEnd();
        var (model, position) = Restore();
        return new LoadedModel<TModel>(model, position, Replay(model, position));
    }

    // A snapshot is taken of what is committed, so one past the journal's end means that the end is gone: an old file was put back, or
    // none. Going on would hide the loss, and once the journal has grown past it that snapshot would be taken for the truth.
    private void RefuseLostEnd()
    {
        if (snapshots.NewestPosition() is { } newest && newest > database.Position)
        {
            if (!_skipped.Contains(Skip.KeyOf(SkipKind.Gap, newest)))
            {
                throw new PoisonException(
                    SkipKind.Gap, newest, $"A snapshot knows records up to {newest}; the journal ends at {database.Position}.", innerException: null);
            }

            snapshots.DeletePast(database.Position); // Somebody has accepted the loss.
        }
    }

    private (TModel Model, long Position) Restore()
    {
        foreach (var file in snapshots.Files())
        {
#pragma warning disable CA1031 // Whatever is wrong with a snapshot, the journal has it all; only that is worth stopping for.
            string reason;
            try
            {
                if (snapshots.Open(file, skips, database.Position, out reason) is { } opened)
                {
                    using (opened.Body)
                    {
                        var model = factory(context);
                        model.Restore(opened.Body);
                        return (model, opened.Header.Position);
                    }
                }
            }
            catch (Exception exception)
            {
                reason = exception.Message;
            }
#pragma warning restore CA1031

            observer.SnapshotIgnored(context.Index, file, reason);
        }

        return (factory(context), 0);
    }

    private long Replay(TModel model, long after)
    {
        var replayed = 0L;
        if (database.FirstOfRowAt(after + 1) is not { } start)
        {
            return replayed;
        }

        using var chain = new RowChain();
        var before = database.ChainBefore(start);
        var expected = start;
        database.ReadRowsFrom(start, row =>
        {
            if (_skipped.Contains(Skip.KeyOf(SkipKind.Row, row.First)))
            {
                // Whoever skipped it has seen that the row is damaged; the next one is checked against the chain value stored in it.
            }
            else
            {
                CheckRow(chain, before, expected, row);
                replayed += ReplayRow(model, after, row);
            }

            row.Chain[..Math.Min(RowChain.SizeBytes, row.Chain.Length)].CopyTo(before);
            expected = row.First + row.Count;
            return true;
        });
        return replayed;
    }

    private void CheckRow(RowChain chain, ReadOnlySpan<byte> before, long expected, JournalRow row)
    {
        if (row.First != expected)
        {
            if (!_skipped.Contains(Skip.KeyOf(SkipKind.Gap, row.First)))
            {
                throw new PoisonException(SkipKind.Gap, row.First, $"Records {expected} to {row.First - 1} are missing.", innerException: null);
            }

            return; // The chain value that it continues went with the missing rows, so its hash cannot be told.
        }

        Span<byte> computed = stackalloc byte[RowChain.SizeBytes];
        chain.Next(before, row.First, row.Count, row.Body, computed);
        if (!computed.SequenceEqual(row.Chain))
        {
            throw new PoisonException(
                SkipKind.Row, row.First, $"The row of records {row.First} to {row.First + row.Count - 1} does not match its hash.", innerException: null);
        }
    }

    private int ReplayRow(TModel model, long after, JournalRow row)
    {
        var replayed = 0;
        var offset = 0;
        for (var position = row.First; position < row.First + row.Count; position++)
        {
            var record = Next(row, ref offset);
            if (position <= after || (_skipped.Count > 0 && _skipped.Contains(Skip.KeyOf(SkipKind.Record, position))))
            {
                continue;
            }

            try
            {
                model.Replay(position, record);
            }
            catch (Exception exception) when (exception is not JournalException)
            {
                throw new PoisonException(SkipKind.Record, position, $"Record {position} cannot be replayed: {exception.Message}", exception);
            }

            replayed++;
        }

        return replayed;
    }

    private static ReadOnlySpan<byte> Next(JournalRow row, ref int offset)
    {
        try
        {
            return RowBody.ReadAt(row.Body, offset, out offset);
        }
        catch (InvalidDataException exception)
        {
            throw new PoisonException(SkipKind.Row, row.First, exception.Message, exception);
        }
    }
}
