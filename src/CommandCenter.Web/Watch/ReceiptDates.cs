using CommandCenter.Domain;
using CommandCenter.Domain.Cases;
using CommandCenter.Runtime.Journal;
using CommandCenter.Web.Grains;

namespace CommandCenter.Web.Watch;

/// <summary>
/// Finds the dates of receipts along the chain of a case's records, from the newest back: what waits came last, so few records are read. It reads
/// beside the writer, on connections of its own. One thread at a time.
/// </summary>
internal sealed class ReceiptDates(GrainHost grains) : IDisposable
{
    private readonly CommittedJournal?[] _journals = new CommittedJournal?[grains.PartitionCount];
    private readonly RecordCodec _codec = new(grains.Courts, new TextPool());

    /// <summary>Searches on.</summary>
    /// <param name="one">Its receipts get their days; what is found nowhere stays without one.</param>
    /// <param name="recordsMax">How many records to read at most.</param>
    /// <returns>How many were read.</returns>
    /// <exception cref="IOException">The journal cannot be read now.</exception>
    public int Search(WaitingCase one, int recordsMax)
    {
        var read = 0;
        while (!one.SearchFrom.IsNone && read < recordsMax)
        {
            read++;
            var record = (GrainRecord.OfCase)_codec.Read(ReadRecord(one.SearchFrom));
            if (record.Event is CaseEvent.FundsReceived receipt && Array.Find(one.Lots, lot => lot.Serial == receipt.Serial) is { } found)
            {
                found.Day = ShanghaiTime.DayOf(receipt.At);
            }

            one.SearchFrom = Array.TrueForAll(one.Lots, static lot => lot.Day is not null) ? ChainLink.None : record.Previous;
        }

        return read;
    }

    public void Dispose()
    {
        for (var i = 0; i < _journals.Length; i++)
        {
            Close(i);
        }
    }

    private byte[] ReadRecord(ChainLink link)
    {
        try
        {
            return (_journals[link.Partition] ??= grains.OpenJournal(link.Partition)).Read(link.Position);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            Close(link.Partition); // The next attempt opens it anew.
            throw new IOException($"partition {link.Partition}, record {link.Position}: {exception.Message}", exception);
        }
    }

    private void Close(int partition)
    {
        _journals[partition]?.Dispose();
        _journals[partition] = null;
    }
}
