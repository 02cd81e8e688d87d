using System.Collections.Concurrent;

namespace CommandCenter.Web.Import.Logs;

/// <summary>Rows on their way back from submitted batches.</summary>
internal sealed class LogRowPool(int columnCount)
{
    private const int KeptMax = 16_384;

    private readonly ConcurrentBag<LogRow> _rows = [];

    public LogRow Rent() => _rows.TryTake(out var row) ? row : new(columnCount);

    public void Return(LogRow row)
    {
        if (_rows.Count < KeptMax)
        {
            row.Clear();
            _rows.Add(row);
        }
    }
}
