using System.Collections.Concurrent;
using CommandCenter.Runtime.Journal;
using CommandCenter.Runtime.Partitions;

namespace CommandCenter.Runtime.Tests.Simulation;

public sealed class CrashTests : IDisposable
{
    private const int LivesCount = 4;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private readonly TemporaryDirectory _directory = new();
    private readonly ConcurrentDictionary<string, Deposit> _sent = new(StringComparer.Ordinal);

    /// <summary>A seed is a test case: a failure repeats by itself.</summary>
    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 40)];

    /// <summary>Every step of one short life; a later step than its last is the crash after everything.</summary>
    public static TheoryData<int> Steps => [.. Enumerable.Range(1, 48)];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(Seeds))]
    public async Task After_any_crashes_the_state_is_the_replay_of_what_was_answered(int seed)
    {
        var random = new Random(seed);
        var answered = new HashSet<string>(StringComparer.Ordinal);
        for (var life = 0; life < LivesCount; life++)
        {
            int? tearSeed = random.Next(2) == 0 ? random.Next() : null;
            answered = await LiveAndCrashAsync(life, random, crashAt: random.Next(3, 90), tearSeed, answered);
        }

        await CheckAsync(DirectoryOf(LivesCount), answered);
    }

    [Theory, MemberData(nameof(Steps))]
    public async Task A_crash_at_every_single_write_step_leaves_a_whole_journal(int step)
    {
        var answered = await LiveAndCrashAsync(life: 0, new Random(7), crashAt: step, tearSeed: null, []);

        await CheckAsync(DirectoryOf(1), answered);
    }

    public void Dispose() => _directory.Dispose();

    private string DirectoryOf(int life) => _directory.Sub($"life-{life}");

    /// <summary>Opens what the last crash left, checks it, writes on, and returns what had been answered when the next crash came.</summary>
    private async Task<HashSet<string>> LiveAndCrashAsync(int life, Random random, int crashAt, int? tearSeed, HashSet<string> answered)
    {
        var posted = new ConcurrentQueue<PartitionBatch<Deposit, DepositReply>>();
        var survivors = new HashSet<string>(answered, StringComparer.Ordinal);
        var disk = new CrashingDisk(DirectoryOf(life), DirectoryOf(life + 1), crashAt, tearSeed, _ => survivors.UnionWith(AnsweredIn(posted)));
        var options = Ledger.In(DirectoryOf(life)) with { GroupSizeMax = random.Next(1, 12), SnapshotEvery = random.Next(5, 40) };
        await using (var ledger = await Ledger.OpenAsync(options, seam: disk))
        {
            await WriteAsync(ledger, random, posted);
            await ledger.Set.DrainAsync(Cancelled).WaitAsync(s_patience, Cancelled);
        }

        if (disk.HasCrashed)
        {
            return survivors;
        }

        // It lived to its end; the next life begins in the same files, and everything counts.
        Directory.Move(DirectoryOf(life), DirectoryOf(life + 1));
        survivors.UnionWith(AnsweredIn(posted));
        return survivors;
    }

    private async Task WriteAsync(Ledger ledger, Random random, ConcurrentQueue<PartitionBatch<Deposit, DepositReply>> posted)
    {
        for (var i = 0; i < 12; i++)
        {
            var deposits = Enumerable.Range(0, random.Next(1, 8)).Select(_ => NextDeposit(random)).ToArray();
            var batch = new PartitionBatch<Deposit, DepositReply>(deposits);
            posted.Enqueue(batch);
            Assert.True(ledger.First.TryPost(batch));
            if (random.Next(3) != 0)
            {
                await batch.Completion.WaitAsync(s_patience, Cancelled);
            }
        }
    }

    private Deposit NextDeposit(Random random)
    {
        // One in four repeats what an earlier life may or may not have kept, as a client does after a lost answer.
        if (random.Next(4) == 0 && !_sent.IsEmpty)
        {
            return _sent[$"id-{random.Next(_sent.Count):D4}"];
        }

        var account = random.Next(3) == 0 ? $"passive-{random.Next(4)}" : $"court-{random.Next(4)}";
        var deposit = new Deposit($"id-{_sent.Count:D4}", account + new string('x', random.Next(300)), random.Next(1, 600));
        _sent[deposit.Id] = deposit;
        return deposit;
    }

    private static IEnumerable<string> AnsweredIn(IEnumerable<PartitionBatch<Deposit, DepositReply>> batches) =>
        batches.Where(static batch => batch.Completion.IsCompletedSuccessfully).SelectMany(static batch => batch.Commands).Select(static deposit => deposit.Id);

    private async Task CheckAsync(string directory, HashSet<string> answered)
    {
        var hasManifest = File.Exists(Path.Combine(directory, "manifest.json"));
        Assert.True(hasManifest || answered.Count == 0, "Something was answered before there was a manifest.");
        Assert.Empty(PartitionVerifier.Verify(directory, Cancelled).Findings);
        await using var ledger = await Ledger.OpenAsync(Ledger.In(directory));
        Assert.Equal(PartitionState.Running, ledger.First.Status.State);
        var state = await ledger.DescribeAsync();
        using var journal = ledger.First.OpenJournal();
        var records = journal.Scan(1).Select(static pair => LedgerModel.Decode(pair.Record.Span)).ToList();

        var kept = records.Select(static deposit => deposit.Id).ToHashSet(StringComparer.Ordinal);
        Assert.Equal(records.Count, kept.Count);
        Assert.Empty(answered.Except(kept));
        Assert.All(records, record => Assert.Equal(_sent[record.Id], record));
        Assert.Equal(NaiveLedger.Describe(records), state);
        await CheckPassiveAsync(ledger, records);
    }

    private static async Task CheckPassiveAsync(Ledger ledger, List<Deposit> records)
    {
        foreach (var account in records.Select(static deposit => deposit.Account).Where(static name => name.StartsWith("passive", StringComparison.Ordinal)).Distinct())
        {
            var last = records.FindLastIndex(deposit => deposit.Account == account) + 1;
            var balance = records.Where(deposit => deposit.Account == account).Sum(static deposit => deposit.Amount);
            var stored = await ledger.First.AskAsync(
                model => model.Context.Passive.TryRead(account, out var bytes) ? System.Text.Encoding.UTF8.GetString(bytes) : null, Cancelled);
            Assert.Equal($"{last}:{balance}", stored);
        }
    }
}
