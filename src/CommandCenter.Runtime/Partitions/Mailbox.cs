using System.Diagnostics.CodeAnalysis;

namespace CommandCenter.Runtime.Partitions;

/// <summary>What waits for a partition's thread. Any thread puts in; only the partition's takes out and opens or shuts the gate.</summary>
/// <remarks>
/// Gate and queues change under one lock, so nothing can slip in between "no more" and "everything waiting was told so".
/// Not a channel: three kinds of work with an order among them, bounded by commands rather than by batches.
/// </remarks>
internal sealed class Mailbox<TModel, TCommand, TReply>(int commandsMax, TimeProvider time)
{
    private const int QuestionsMax = 1_024;
    private const int QuestionsPerTurn = 8;

    private readonly object _gate = new();
    private readonly Queue<PartitionBatch<TCommand, TReply>> _batches = new();
    private readonly Queue<IQuestion<TModel>> _questions = new();
    private readonly Queue<Action> _orders = new();
    private int _queuedCommands;
    private (string Code, string Message)? _noBatches;
    private (string Code, string Message)? _noQuestions;
    private bool _closed;

    public int QueuedCommands => Volatile.Read(ref _queuedCommands);

    /// <summary>False when the queue is full. A shut gate faults the batch at once and is no reason to try again.</summary>
    public bool TryPost(PartitionBatch<TCommand, TReply> batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        var size = batch.Commands.Length;
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, commandsMax, nameof(batch)); // It would never fit.
        (string Code, string Message)? refusal;
        lock (_gate)
        {
            batch.ThrowIfPosted();
            refusal = _noBatches;
            if (refusal is null && _queuedCommands + size > commandsMax)
            {
                return false;
            }

            batch.MarkPosted(time.GetTimestamp());
            if (refusal is null && size > 0)
            {
                _batches.Enqueue(batch);
                _queuedCommands += size;
                Monitor.Pulse(_gate);
                return true;
            }
        }

        if (refusal is { } shut)
        {
            batch.Fail(new PartitionUnavailableException(shut.Code, shut.Message));
        }
        else
        {
            batch.Complete(); // No commands: nothing to wait for.
        }

        return true;
    }

    /// <summary>Takes a question, or faults it at once when too many wait or nobody will answer.</summary>
    public void Ask(IQuestion<TModel> question)
    {
        (string Code, string Message)? refusal;
        lock (_gate)
        {
            refusal = _noQuestions;
            if (refusal is null && _questions.Count >= QuestionsMax)
            {
                refusal = (PartitionUnavailableException.Busy, $"{QuestionsMax} questions are waiting already.");
            }

            if (refusal is null)
            {
                _questions.Enqueue(question);
                Monitor.Pulse(_gate);
                return;
            }
        }

        question.Fail(new PartitionUnavailableException(refusal.Value.Code, refusal.Value.Message));
    }

    /// <summary>Runs something on the partition's thread before all else; false when that thread has ended.</summary>
    public bool Order(Action order)
    {
        lock (_gate)
        {
            if (_closed)
            {
                return false;
            }

            _orders.Enqueue(order);
            Monitor.Pulse(_gate);
            return true;
        }
    }

    /// <summary>Blocks the partition's thread until there is something that it may do.</summary>
    public void Wait(bool canWork)
    {
        lock (_gate)
        {
            while (_orders.Count == 0 && !(canWork && (_batches.Count > 0 || _questions.Count > 0)))
            {
                _ = Monitor.Wait(_gate);
            }
        }
    }

    public bool TryTakeOrder([NotNullWhen(true)] out Action? order)
    {
        lock (_gate)
        {
            return _orders.TryDequeue(out order);
        }
    }

    /// <summary>A few of the questions that wait; the rest waits for the next turn, so that they cannot starve commands.</summary>
    public void TakeQuestions(List<IQuestion<TModel>> questions)
    {
        lock (_gate)
        {
            while (questions.Count < QuestionsPerTurn && _questions.TryDequeue(out var question))
            {
                questions.Add(question);
            }
        }
    }

    /// <summary>Takes the next batch if it has no more commands than there is room for.</summary>
    public bool TryTakeBatch(int room, [NotNullWhen(true)] out PartitionBatch<TCommand, TReply>? batch)
    {
        lock (_gate)
        {
            if (_batches.TryPeek(out batch) && batch.Commands.Length <= room)
            {
                _ = _batches.Dequeue();
                _queuedCommands -= batch.Commands.Length;
                return true;
            }

            batch = null;
            return false;
        }
    }

    /// <summary>Opens the gate to batches and questions.</summary>
    public void Open()
    {
        lock (_gate)
        {
            _noBatches = null;
            _noQuestions = null;
        }
    }

    /// <summary>Takes no new batches; those waiting stay and questions go on.</summary>
    public void RefuseNewBatches(string code, string message)
    {
        lock (_gate)
        {
            _noBatches = (code, message);
        }
    }

    /// <summary>Takes nothing new and tells everybody who waits.</summary>
    public void Refuse(string code, string message)
    {
        PartitionBatch<TCommand, TReply>[] batches;
        IQuestion<TModel>[] questions;
        lock (_gate)
        {
            _noBatches = (code, message);
            _noQuestions = (code, message);
            batches = [.. _batches];
            questions = [.. _questions];
            _batches.Clear();
            _questions.Clear();
            _queuedCommands = 0;
        }

        foreach (var batch in batches)
        {
            batch.Fail(new PartitionUnavailableException(code, message));
        }

        foreach (var question in questions)
        {
            question.Fail(new PartitionUnavailableException(code, message));
        }
    }

    /// <summary>Takes no more orders and returns those that came too late.</summary>
    public IReadOnlyList<Action> Close()
    {
        lock (_gate)
        {
            _closed = true;
            Action[] late = [.. _orders];
            _orders.Clear();
            return late;
        }
    }
}
