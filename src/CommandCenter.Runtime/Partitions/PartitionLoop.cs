using System.Diagnostics;
using CommandCenter.Runtime.Journal;
using CommandCenter.Runtime.Snapshots;

namespace CommandCenter.Runtime.Partitions;

/// <summary>The thread of one partition: decide a group, commit, publish, answer. All members but the marked ones belong to that thread.</summary>
/// <remarks>
/// The commit runs inline: a separate commit thread was measured to hurt the tail (p99 31–438 ms against 11 ms), because a group then waits
/// for two hand-overs. A thread of its own, not the pool's: it blocks in fdatasync, and the pool has to answer HTTP meanwhile.
/// </remarks>
internal sealed partial class PartitionLoop<TModel, TCommand, TReply>
    where TModel : class, IPartitionModel<TCommand, TReply>
{
    // Keys of stops that no command or record caused: there is nothing to pass over, only the partition to load again.
    private const string PublishKey = "publish";
    private const string RuntimeKey = "runtime";

    // What so many commands need fits into the first cache, and they are more than enough to wait for together.
    private const int LookAheadCount = 32;

    // Fewer commands than this are few for a flush of their own.
    private const int SmallGroup = 512;

    private const string NotWritten = "The journal could not be written.";

    private readonly PartitionSettings<TModel, TCommand, TReply> _settings;
    private readonly Mailbox<TModel, TCommand, TReply> _mailbox;
    private readonly SnapshotStore _snapshots;
    private readonly string _directory;
    private readonly TagList _tags;
    private readonly RecordWriter _writer = new();
    private readonly List<PartitionBatch<TCommand, TReply>> _group = [];
    private readonly List<IQuestion<TModel>> _questions = [];
    private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private volatile PartitionStatus _status;
    private JournalDatabase? _database;
    private TModel? _model;
    private IReadOnlyList<Skip> _skips = [];
    private HashSet<string> _skippedKeys = [];

    public PartitionLoop(PartitionSettings<TModel, TCommand, TReply> settings, int index, Mailbox<TModel, TCommand, TReply> mailbox)
    {
        _settings = settings;
        _mailbox = mailbox;
        _directory = DataDirectory.PartitionPath(settings.DataDirectory, index);
        JournalFile = Path.Combine(_directory, JournalDatabase.FileName);
        _snapshots = new SnapshotStore(_directory, index, settings.Options.ModelVersion, settings.Seam);
        _tags = new TagList { { "partition", index } };
        _status = new PartitionStatus(index, PartitionState.Recovering, 0, 0, 0, null, null, null, 0);
    }

    /// <summary>Any thread.</summary>
    public PartitionStatus Status => _status;

    /// <summary>Any thread.</summary>
    public int Index => _status.Index;

    /// <summary>Any thread.</summary>
    public string JournalFile { get; }

    /// <summary>Any thread. Ends when the first recovery has; faults when the journal cannot be opened at all.</summary>
    public Task Opened => _opened.Task;

    /// <summary>Any thread. Ends when the journal is closed and the thread is about to go.</summary>
    public Task Ended => _ended.Task;

    private bool CanWork => _status.State is PartitionState.Running or PartitionState.Draining && _model is not null;

    /// <summary>Any thread, once.</summary>
    public void Start() =>
        new Thread(Run) { IsBackground = true, Name = $"partition-{Index:D2}" }.Start();

    private void Run()
    {
        Recover(probeBytes: 0);
        while (_status.State != PartitionState.Closed)
        {
#pragma warning disable CA1031 // The top of the loop: an error nobody foresaw stops this partition and leaves the others running.
            try
            {
                Turn();
            }
            catch (Exception exception)
            {
                Stop(SkipKind.None, RuntimeKey, $"Internal error: {exception.Message}", exception);
            }
#pragma warning restore CA1031
        }

        _snapshotThread?.Join(); // Who closed us may open the directory again at once; two writers must not meet in it.
        _ended.SetResult();
    }

    private void Turn()
    {
        _mailbox.Wait(CanWork);
        while (_mailbox.TryTakeOrder(out var order))
        {
            order();
        }

        if (CanWork)
        {
            AnswerQuestions();
            LetOthersPost();
            DecideGroup();
        }

        if (CanWork)
        {
            CheckpointIfDue();
            SnapshotIfDue();
        }

        if (_status.State == PartitionState.Draining && _mailbox.QueuedCommands == 0)
        {
            FinishDrain();
        }
    }

    private void AnswerQuestions()
    {
        _mailbox.TakeQuestions(_questions);
        foreach (var question in _questions)
        {
            question.Answer(_model!);
        }

        _questions.Clear();
    }

    // On a machine with more threads than cores those who parse wait for this very core. Where nobody waits this costs nothing.
    private void LetOthersPost()
    {
        if (_mailbox.QueuedCommands is > 0 and < SmallGroup)
        {
            _ = Thread.Yield();
        }
    }

    private void DecideGroup()
    {
        _group.Clear();
        _writer.Begin(_database!.Position + 1);
        var size = 0;
        try
        {
            // The first batch is taken whatever its size: a batch is never split, so its records share one row.
            while (size < _settings.Options.GroupSizeMax
                && _writer.Body.Length < _settings.Options.GroupBytesMax
                && _mailbox.TryTakeBatch(size == 0 ? int.MaxValue : _settings.Options.GroupSizeMax - size, out var batch))
            {
                _group.Add(batch);
                size += batch.Commands.Length;
                if (!TryDecide(batch))
                {
                    return;
                }
            }

            if (size > 0)
            {
                _settings.Metrics.Decided(_tags, size);
                Commit();
            }
        }
        catch (JournalException exception)
        {
            LoseJournal(exception);
        }
    }

    /// <summary>Decides a batch; false when one of its commands was poison and the partition has stopped.</summary>
    private bool TryDecide(PartitionBatch<TCommand, TReply> batch)
    {
        for (var i = 0; i < batch.Commands.Length; i++)
        {
            if (i % LookAheadCount == 0)
            {
                _model!.LookAhead(batch.Commands.AsSpan(i, Math.Min(LookAheadCount, batch.Commands.Length - i)));
            }

            var command = batch.Commands[i];
#pragma warning disable CA1031 // Any throw is poison; only the journal's own failure passes through.
            try
            {
                batch.Replies[i] = _skippedKeys.Count > 0 && _skippedKeys.Contains(_settings.PoisonKeyOf(command))
                    ? _settings.SkippedReply(command)
                    : _model!.Decide(command, _writer);
            }
            catch (Exception exception) when (exception is not JournalException)
            {
                // The model may be half applied and others of the group built on that, so none of the group is answered.
                Stop(SkipKind.Command, KeyOf(command), exception.Message, exception);
                return false;
            }
#pragma warning restore CA1031
        }

        return true;
    }

    private string KeyOf(TCommand command)
    {
#pragma warning disable CA1031 // Poison can be such that not even its key can be told; the partition still has to stop in good order.
        try
        {
            return _settings.PoisonKeyOf(command);
        }
        catch (Exception exception)
        {
            return $"unnamed ({exception.GetType().Name})";
        }
#pragma warning restore CA1031
    }

    private void Commit()
    {
        if (!_writer.IsEmpty)
        {
            var started = _settings.Time.GetTimestamp();
            _database!.Commit(_writer);
            var duration = _settings.Time.GetElapsedTime(started);
            _settings.Metrics.Committed(_tags, duration, _writer.Count);
            _status = _status with { Position = _database.Position, LastCommitDuration = duration };
            Publish();
        }

        // Durable and visible: only now may an asker hear of it. When publishing failed the batch is still true.
        foreach (var batch in _group)
        {
            _settings.Metrics.Durable(Index, _settings.Time.GetElapsedTime(batch.PostedAt));
            batch.Complete();
        }

        _group.Clear();
    }

    private void Publish()
    {
#pragma warning disable CA1031 // The records are committed: the partition stops, but whoever sent them must still get the answer.
        try
        {
            _model!.Publish(_database!.Position);
        }
        catch (Exception exception)
        {
            var group = _group.ToArray();
            _group.Clear();
            Stop(SkipKind.None, PublishKey, $"Publishing failed: {exception.Message}", exception);
            _group.AddRange(group);
        }
#pragma warning restore CA1031
    }

    private void FailGroup(string code, string message, Exception? exception)
    {
        foreach (var batch in _group)
        {
            batch.Fail(new PartitionUnavailableException(code, message, exception));
        }

        _group.Clear();
    }
}
