using CommandCenter.Runtime.Journal;
using CommandCenter.Runtime.Partitions;

namespace CommandCenter.Runtime.Tests.Partitions;

public sealed class PartitionTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_batch_is_answered_in_order_and_published()
    {
        await using var ledger = await Ledger.OpenAsync(Ledger.In(_directory.Path));

        var replies = await ledger.SendAsync(new("a", "court", 5), new("b", "court", -1), new("a", "court", 5), new("c", "court", 2));

        Assert.Equal([DepositReply.Accepted, DepositReply.Refused, DepositReply.Duplicate, DepositReply.Accepted], replies);
        Assert.Equal("court=7|a,c", await ledger.DescribeAsync());
        Assert.Equal(7, await ledger.First.AskAsync(model => model.Published["court"], Cancelled));
        Assert.Equal(2, ledger.First.Status.Position);
    }

    [Fact]
    public async Task Nobody_hears_of_a_group_before_it_is_committed()
    {
        PartitionBatch<Deposit, DepositReply>? batch = null;
        LedgerModel? model = null;
        var seen = new List<(JournalStep, bool Answered, long Published)>();
        using var posted = new ManualResetEventSlim();
        var seam = new JournalFaults((step, _) =>
        {
            if (step is JournalStep.BeforeCommit or JournalStep.AfterCommit)
            {
                posted.Wait(Cancelled);
                seen.Add((step, batch!.Completion.IsCompleted, model!.PublishedPosition));
            }
        });
        await using var ledger = await Ledger.OpenAsync(Ledger.In(_directory.Path), context => model = new LedgerModel(context), seam: seam);

        batch = ledger.Post(new Deposit("a", "court", 5));
        posted.Set();
        await batch.Completion.WaitAsync(Cancelled);

        Assert.Equal([(JournalStep.BeforeCommit, false, 0L), (JournalStep.AfterCommit, false, 0L)], seen);
        Assert.Equal(1, model!.PublishedPosition);
    }

    [Fact]
    public async Task Batches_that_wait_share_one_commit_up_to_the_group_cap()
    {
        var gate = new Gate();
        var options = Ledger.In(_directory.Path) with { GroupSizeMax = 4 };
        await using var ledger = await Ledger.OpenAsync(options, context => new LedgerModel(context) { Deciding = gate.Pass });

        var first = ledger.Post(new Deposit("first", "court", 1));
        await gate.WaitUntilReachedAsync();
        var waiting = Enumerable.Range(0, 3).Select(i => ledger.Post(new($"{i}a", "court", 1), new($"{i}b", "court", 1))).ToList();
        gate.Open();
        await Task.WhenAll([first.Completion, .. waiting.Select(batch => batch.Completion)]);

        await ledger.Set.DisposeAsync();
        var report = PartitionVerifier.Verify(_directory.Path, Cancelled);
        // 1 + 2 commands fit the cap of 4 and another 2 do not; the remaining 2 + 2 fill the next group.
        Assert.Equal((7, 2), (report.RecordCount, report.RowCount));
    }

    [Fact]
    public async Task A_full_queue_takes_no_more_and_the_same_batch_fits_later()
    {
        var gate = new Gate();
        var options = Ledger.In(_directory.Path) with { QueueLengthMax = 3 };
        await using var ledger = await Ledger.OpenAsync(options, context => new LedgerModel(context) { Deciding = gate.Pass });

        var running = ledger.Post(new Deposit("running", "court", 1));
        await gate.WaitUntilReachedAsync();
        var waiting = ledger.Post(new("b", "court", 1), new("c", "court", 1));
        var late = new PartitionBatch<Deposit, DepositReply>([new("d", "court", 1), new("e", "court", 1)]);

        Assert.False(ledger.First.TryPost(late));
        Assert.Equal(2, ledger.First.Status.QueuedCommands);
        gate.Open();
        await Task.WhenAll(running.Completion, waiting.Completion);
        Assert.True(ledger.First.TryPost(late));
        await late.Completion.WaitAsync(Cancelled);
        Assert.Equal("court=5|b,c,d,e,running", await ledger.DescribeAsync());
    }

    [Fact]
    public async Task A_batch_that_can_never_fit_and_a_batch_posted_twice_are_mistakes()
    {
        await using var ledger = await Ledger.OpenAsync(Ledger.In(_directory.Path) with { QueueLengthMax = 1 });
        var tooLarge = new PartitionBatch<Deposit, DepositReply>([new("a", "court", 1), new("b", "court", 1)]);
        var once = ledger.Post(new Deposit("c", "court", 1));

        _ = Assert.Throws<ArgumentOutOfRangeException>(() => ledger.First.TryPost(tooLarge));
        _ = Assert.Throws<InvalidOperationException>(() => ledger.First.TryPost(once));
    }

    [Fact]
    public async Task An_empty_batch_is_answered_at_once()
    {
        await using var ledger = await Ledger.OpenAsync(Ledger.In(_directory.Path));

        var empty = ledger.Post();

        Assert.True(empty.Completion.IsCompletedSuccessfully);
        Assert.Empty(empty.Replies);
    }

    [Fact]
    public async Task A_question_goes_before_waiting_commands_and_sees_only_what_is_committed()
    {
        var gate = new Gate();
        await using var ledger = await Ledger.OpenAsync(
            Ledger.In(_directory.Path) with { GroupSizeMax = 1 }, context => new LedgerModel(context) { Deciding = gate.Pass });

        var running = ledger.Post(new Deposit("a", "court", 1));
        await gate.WaitUntilReachedAsync();
        var behind = ledger.Post(new Deposit("b", "court", 1));
        var question = ledger.DescribeAsync();
        Assert.False(question.IsCompleted);
        gate.Open();

        Assert.Equal("court=1|a", await question);
        await Task.WhenAll(running.Completion, behind.Completion);
    }

    [Fact]
    public async Task What_a_question_throws_goes_to_its_asker_and_stops_nothing()
    {
        await using var ledger = await Ledger.OpenAsync(Ledger.In(_directory.Path));

        _ = await Assert.ThrowsAsync<FormatException>(() => ledger.First.AskAsync<int>(_ => throw new FormatException(), Cancelled));

        Assert.Equal([DepositReply.Accepted], await ledger.SendAsync(new Deposit("a", "court", 1)));
    }

    [Fact]
    public async Task A_cancelled_question_is_left_at_once_and_never_asked()
    {
        var gate = new Gate();
        await using var ledger = await Ledger.OpenAsync(
            Ledger.In(_directory.Path), context => new LedgerModel(context) { Deciding = gate.Pass });
        var running = ledger.Post(new Deposit("a", "court", 1));
        await gate.WaitUntilReachedAsync();
        using var leaving = new CancellationTokenSource();
        var asked = false;

        var question = ledger.First.AskAsync(_ => asked = true, leaving.Token);
        await leaving.CancelAsync();
        _ = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => question);
        gate.Open();
        await running.Completion;
        _ = await ledger.DescribeAsync();

        Assert.False(asked);
    }

    [Fact]
    public async Task Questions_beyond_their_limit_are_refused_as_busy()
    {
        var gate = new Gate();
        await using var ledger = await Ledger.OpenAsync(
            Ledger.In(_directory.Path), context => new LedgerModel(context) { Deciding = gate.Pass });
        _ = ledger.Post(new Deposit("a", "court", 1));
        await gate.WaitUntilReachedAsync();

        var questions = Enumerable.Range(0, 1_025).Select(_ => ledger.DescribeAsync()).ToList();
        var refused = await Assert.ThrowsAsync<PartitionUnavailableException>(() => questions[^1]);
        gate.Open();

        Assert.Equal(PartitionUnavailableException.Busy, refused.Code);
        _ = await Task.WhenAll(questions[..^1]);
    }

    [Fact]
    public async Task Records_are_read_back_by_position_also_those_of_the_running_group()
    {
        var read = new List<Deposit>();
        LedgerModel? model = null;
        await using var ledger = await Ledger.OpenAsync(Ledger.In(_directory.Path), context => model = new LedgerModel(context)
        {
            Deciding = deposit =>
            {
                if (deposit.Id == "c")
                {
                    read.AddRange(Enumerable.Range(1, 2).Select(position => LedgerModel.Decode(context.Journal.Read(position))));
                    read.AddRange(context.Journal.Scan(2).Select(pair => LedgerModel.Decode(pair.Record.Span)));
                }
            },
        });
        _ = await ledger.SendAsync(new Deposit("a", "court", 1));
        _ = await ledger.SendAsync(new("b", "court", 2), new("c", "court", 3));

        Assert.Equal(["a", "b", "b"], read.Select(deposit => deposit.Id));
        _ = await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => ledger.First.AskAsync(m => m.Context.Journal.Read(4), Cancelled));
        _ = await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => ledger.First.AskAsync(m => m.Context.Journal.Read(0), Cancelled));
        using var committed = ledger.First.OpenJournal();
        Assert.Equal([1L, 2, 3], committed.Scan(0).Select(pair => pair.Position));
        Assert.Equal("b", LedgerModel.Decode(committed.Read(2)).Id);
    }

    [Fact]
    public async Task A_passive_state_is_seen_in_its_own_group_and_after_a_restart()
    {
        var counts = new List<long>();
        var options = Ledger.In(_directory.Path);
        await using (var ledger = await Ledger.OpenAsync(options, context => new LedgerModel(context)
        {
            Deciding = _ => counts.Add(context.Passive.Count),
        }))
        {
            _ = await ledger.SendAsync(new("a", "passive-1", 1), new("b", "passive-1", 2), new("c", "passive-2", 3), new("d", "court", 4));
            _ = await ledger.SendAsync(new("e", "passive-1", 5), new("f", "court", 4));
        }

        Assert.Equal([0, 1, 1, 2, 2, 2], counts);
        await using var restarted = await Ledger.OpenAsync(options);
        var state = await restarted.First.AskAsync(
            model => model.Context.Passive.TryRead("passive-1", out var bytes) ? System.Text.Encoding.UTF8.GetString(bytes) : null, Cancelled);
        Assert.Equal("5:8", state);
        Assert.False(await restarted.First.AskAsync(model => model.Context.Passive.TryRead("court", out _), Cancelled));
    }

    public void Dispose() => _directory.Dispose();
}
