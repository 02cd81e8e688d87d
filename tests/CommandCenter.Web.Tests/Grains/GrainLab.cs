using System.Collections.Concurrent;
using CommandCenter.Domain.Cases;
using CommandCenter.Domain.Courts;
using CommandCenter.Domain.Officers;
using CommandCenter.Runtime.Partitions;
using CommandCenter.Runtime.Snapshots;
using CommandCenter.Testing;
using CommandCenter.Web.Grains;
using CommandCenter.Web.Tests.Wall;

namespace CommandCenter.Web.Tests.Grains;

/// <summary>
/// The real grains on a data directory of one test. Its clock stands still, so the courier carries only when the test says so and a
/// case can be looked at between two courts.
/// </summary>
internal sealed class GrainLab : IAsyncDisposable
{
    public const string Source = "lab";

    private readonly TemporaryDirectory _directory = new();
    private readonly GrainLimits _limits;
    private int _facts;

    private GrainLab(GrainLimits limits) => _limits = limits;

    public ManualTime Time { get; } = new(TestCalendar.Day(0));

    public GrainHost Host { get; private set; } = null!;

    public LabObserver Observer { get; } = new();

    public string DataDirectory => Path.Combine(_directory.Path, "data");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<GrainLab> OpenAsync(int partitions = 4, GrainLimits? limits = null)
    {
        var lab = new GrainLab(limits ?? GrainLimits.Default);
        try
        {
            await lab.StartAsync(partitions);
            return lab;
        }
        catch
        {
            lab._directory.Dispose();
            throw;
        }
    }

    public static Court Court(string mark) =>
        ShippedConfig.Courts.TryFind(mark, out var court) ? court : throw new ArgumentException($"There is no court {mark}.", nameof(mark));

    public int PartitionOf(string mark) => Host.Map.PartitionOf(Court(mark));

    /// <summary>Another basic court, in the same partition as the given one or in another.</summary>
    public string OtherCourt(string mark, bool samePartition, params string[] except) => Host.Courts.Courts.First(court =>
        court.Definition.Level == CourtLevel.Basic && court.Mark != mark && !except.Contains(court.Mark)
        && (Host.Map.PartitionOf(court) == PartitionOf(mark)) == samePartition).Mark;

    /// <summary>A fact as a source would send it; ids run on unless one is given.</summary>
    public GrainCommand.CaseFact Fact(CaseNumber number, CaseCommand command, string? court = null, string? id = null) => new(
        new Envelope(Source, id ?? $"fact-{++_facts}", (ulong)command.GetHashCode(), court ?? number.CourtMark, "officer-1"),
        Court(court ?? number.CourtMark), Time.GetUtcNow().AddSeconds(_facts), number, command);

    public GrainCommand.OfficerFact Fact(string officer, string court, OfficerCommand command) => new(
        new Envelope(Source, $"fact-{++_facts}", (ulong)command.GetHashCode(), court, officer),
        Court(court), Time.GetUtcNow().AddSeconds(_facts), officer, command);

    public Task<GrainReply> TellAsync(CaseNumber number, CaseCommand command, string? court = null, string? id = null) =>
        TellAsync(Fact(number, command, court, id));

    public async Task<GrainReply> TellAsync(GrainCommand.Fact fact) => (await PostAsync(Host.Map.PartitionOf(fact.Court), fact))[0];

    /// <summary>Tells a fact that must count, and carries what follows from it to other courts.</summary>
    public async Task AcceptedAsync(CaseNumber number, CaseCommand command, string? court = null)
    {
        Assert.Equal(GrainReply.Accepted, await TellAsync(number, command, court));
        await Host.SettleAsync(Cancellation);
    }

    public async Task<GrainReply[]> PostAsync(int partition, params GrainCommand[] commands)
    {
        var batch = new PartitionBatch<GrainCommand, GrainReply>(commands);
        Assert.True(Host.TryPost(partition, batch), "The queue of a partition is full.");
        await batch.Completion.WaitAsync(TimeSpan.FromSeconds(60), Cancellation);
        return batch.Replies;
    }

    public Task<T> AskAsync<T>(string court, Func<GrainModel, T> question) => Host.AskAsync(PartitionOf(court), question, Cancellation);

    public Task<CaseState?> LookAsync(CaseNumber number, string? court = null) => AskAsync(court ?? number.CourtMark, model => model.Look(number));

    public Task<CourtStock> StockAsync(string court) => AskAsync(court, model => model.CourtAt(Court(court).Index).Stock);

    /// <summary>The first cell of any court in which 收结存 does not add up.</summary>
    public async Task<IdentityFault?> CheckAsync()
    {
        var faults = await Host.AskScopeAsync(
            Host.Courts.Root, model => model.Courts.Select(court => court.Check()).FirstOrDefault(fault => fault is not null), Cancellation);
        return faults.FirstOrDefault(fault => fault is not null);
    }

    public Task SettleAsync() => Host.SettleAsync(Cancellation);

    /// <summary>Moves every case out of memory that was closed long enough before the latest event of its partition.</summary>
    public async Task PassivateAsync()
    {
        for (var partition = 0; partition < Host.PartitionCount; partition++)
        {
            _ = await PostAsync(partition, new GrainCommand.PassivateLongClosed(int.MaxValue));
        }
    }

    public async Task<int> PassiveCountAsync() => (await Host.AskScopeAsync(Host.Courts.Root, model => model.Cases.PassiveCount, Cancellation)).Sum();

    public Task SnapshotAsync() => Host.SnapshotAsync(Cancellation);

    /// <summary>Everything that the grains hold, as text, partition by partition.</summary>
    public async Task<string> ImageAsync()
    {
        var parts = new List<string>();
        for (var partition = 0; partition < Host.PartitionCount; partition++)
        {
            parts.Add(await Host.AskAsync(partition, model => GrainImage.Of(model, Host), Cancellation));
        }

        return string.Join("\n\n", parts);
    }

    /// <summary>Ends without a drain, as a killed process does, and starts again.</summary>
    public async Task KillAsync()
    {
        await Host.DisposeAsync();
        await StartAsync(partitions: null);
    }

    /// <summary>Ends in good order, with snapshots, and starts again.</summary>
    public async Task RestartAsync()
    {
        await Host.DrainAsync(Cancellation);
        await KillAsync();
    }

    /// <summary>Ends, changes what lies on disk, and starts again.</summary>
    public async Task RestartAsync(Action change)
    {
        await Host.DisposeAsync();
        change();
        await StartAsync(partitions: null);
    }

    /// <summary>Starts from the journals alone.</summary>
    public Task RebuildAsync() => RestartAsync(() => SnapshotDisposal.DeleteAll(DataDirectory, Time));

    public IReadOnlyDictionary<string, byte[]> CopySnapshots() => Snapshots().ToDictionary(path => path, File.ReadAllBytes);

    /// <summary>Starts from snapshots of an earlier time and what the journals hold after them.</summary>
    public Task RestartFromAsync(IReadOnlyDictionary<string, byte[]> snapshots) => RestartAsync(() =>
    {
        foreach (var path in Snapshots())
        {
            File.Delete(path);
        }

        foreach (var (path, bytes) in snapshots)
        {
            File.WriteAllBytes(path, bytes);
        }
    });

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        _directory.Dispose();
    }

    private string[] Snapshots() => Directory.GetFiles(DataDirectory, "snapshot-*.bin", SearchOption.AllDirectories);

    private async Task StartAsync(int? partitions) => Host = await GrainHost.OpenAsync(
        new PartitionSetOptions { DataDirectory = DataDirectory, PartitionCount = partitions },
        ShippedConfig.Courts, ShippedConfig.Nodes, _limits, Time, Observer, carries: true, Cancellation);
}

/// <summary>Remembers what went wrong.</summary>
internal sealed class LabObserver : IPartitionObserver, ICourierObserver
{
    public ConcurrentQueue<string> Lines { get; } = new();

    public void Recovered(int partition, long position, long replayedCount, TimeSpan duration) =>
        Lines.Enqueue($"recovered {partition} at {position} replayed {replayedCount}");

    public void Stopped(int partition, string poisonKey, string reason, Exception? exception) => Lines.Enqueue($"stopped {partition} by {poisonKey}");

    public void JournalFailed(int partition, Exception exception, TimeSpan retryIn) => Lines.Enqueue($"journal-failed {partition}");

    public void Skipped(int partition, string poisonKey, string reason, string by) => Lines.Enqueue($"skipped {partition} {poisonKey}");

    public void SnapshotWritten(int partition, long position, long sizeBytes, TimeSpan duration)
    {
    }

    public void SnapshotFailed(int partition, Exception exception) => Lines.Enqueue($"snapshot-failed {partition}");

    public void SnapshotIgnored(int partition, string file, string reason) => Lines.Enqueue($"snapshot-ignored {partition}: {reason}");

    public void Closed(int partition, long position)
    {
    }

    public void DeliveryFailed(int from, int target, Exception exception) => Lines.Enqueue($"delivery-failed {from} to {target}");
}
