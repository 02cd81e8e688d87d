using CommandCenter.Runtime.Partitions;

namespace CommandCenter.Runtime.Tests.Simulation;

/// <summary>A process that writes numbered deposits as fast as it can and prints the number of each answered batch's last one, until it is killed.</summary>
internal static class KilledWriter
{
    public const string Verb = "write-until-killed";

    private const int BatchesInFlightMax = 8;

    public static async Task<int> RunAsync(string directory, int first)
    {
        var options = Ledger.In(directory) with { GroupSizeMax = 64, SnapshotEvery = 500 };
        await using var ledger = await Ledger.OpenAsync(options);
        var inFlight = new Queue<PartitionBatch<Deposit, DepositReply>>();
        await using var output = new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true };
        while (true)
        {
            var next = first;
            var batch = new PartitionBatch<Deposit, DepositReply>([.. Enumerable.Range(next, 1 + (next % 20)).Select(DepositOf)]);
            while (!ledger.First.TryPost(batch))
            {
                await inFlight.Peek().Completion;
            }

            first += batch.Commands.Length;
            inFlight.Enqueue(batch);
            if (inFlight.Count >= BatchesInFlightMax)
            {
                var oldest = inFlight.Dequeue();
                await oldest.Completion;
                await output.WriteLineAsync(oldest.Commands[^1].Id);
            }
        }
    }

    public static Deposit DepositOf(int number) => new(number.ToString("D8"), number % 5 == 0 ? $"passive-{number % 7}" : "court", number);
}
