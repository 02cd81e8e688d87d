using CommandCenter.Runtime.Journal;
using CommandCenter.Runtime.Partitions;

namespace CommandCenter.Runtime.Tests;

/// <summary>A running set of ledger partitions, built by naming only what a test is about.</summary>
internal sealed class Ledger : IAsyncDisposable
{
    private readonly PartitionSet<LedgerModel, Deposit, DepositReply> _set;

    private Ledger(PartitionSet<LedgerModel, Deposit, DepositReply> set, RecordingObserver observer)
    {
        _set = set;
        Observer = observer;
    }

    public RecordingObserver Observer { get; }

    public PartitionSet<LedgerModel, Deposit, DepositReply> Set => _set;

    public Partition<LedgerModel, Deposit, DepositReply> First => _set[0];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public static PartitionSetOptions In(string directory) => new() { DataDirectory = directory, PartitionCount = 1 };

    public static async Task<Ledger> OpenAsync(
        PartitionSetOptions options,
        Func<PartitionContext, LedgerModel>? model = null,
        TimeProvider? time = null,
        IJournalSeam? seam = null)
    {
        var observer = new RecordingObserver();
        var set = await PartitionSet<LedgerModel, Deposit, DepositReply>.OpenAsync(
            options,
            model ?? (static context => new LedgerModel(context)),
            static deposit => deposit.Id,
            static _ => DepositReply.Skipped,
            time ?? TimeProvider.System,
            observer,
            seam,
            Cancelled);
        return new Ledger(set, observer);
    }

    public PartitionBatch<Deposit, DepositReply> Post(params Deposit[] deposits)
    {
        var batch = new PartitionBatch<Deposit, DepositReply>(deposits);
        Assert.True(First.TryPost(batch));
        return batch;
    }

    public async Task<DepositReply[]> SendAsync(params Deposit[] deposits)
    {
        var batch = Post(deposits);
        await batch.Completion.WaitAsync(TimeSpan.FromSeconds(30), Cancelled);
        return batch.Replies;
    }

    public Task<string> DescribeAsync() => First.AskAsync(static model => model.Describe(), Cancelled);

    public async Task<string> CodeOfAsync(params Deposit[] deposits) =>
        (await Assert.ThrowsAsync<PartitionUnavailableException>(() => SendAsync(deposits))).Code;

    public ValueTask DisposeAsync() => _set.DisposeAsync();
}
