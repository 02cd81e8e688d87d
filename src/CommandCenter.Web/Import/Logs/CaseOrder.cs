namespace CommandCenter.Web.Import.Logs;

/// <summary>Puts the rows of a case into the order (time, sequence, file) as far as they stand together in the file.</summary>
/// <remarks>
/// Logs are grouped by case, or sorted by time, and both come out right: rows of one case that are apart are taken as the
/// file has them. A row with a fault keeps its place in the file and splits the group.
/// </remarks>
internal sealed class CaseOrder(ILogReader reader, LogRowPool pool)
{
    /// <summary>A longer run of one case is ordered piece by piece: a file of a single case must not fill the memory.</summary>
    private const int GroupMax = 100_000;

    private readonly List<LogRow> _group = [];
    private int _next;
    private LogRow? _ahead;
    private bool _isEnded;

    /// <summary>The next row, owned by the caller from now on, or <see langword="null"/> at the end.</summary>
    public LogRow? Read()
    {
        if (_next == _group.Count)
        {
            ReadGroup();
        }

        return _next < _group.Count ? _group[_next++] : null;
    }

    private void ReadGroup()
    {
        _group.Clear();
        _next = 0;
        var isSorted = true;
        while (_group.Count < GroupMax && (_ahead ??= ReadRow()) is { } row)
        {
            if (_group.Count > 0)
            {
                var last = _group[^1];
                if (row.Fault is not null || last.Fault is not null || row.CaseId != last.CaseId)
                {
                    break;
                }

                isSorted &= Compare(last, row) <= 0;
            }

            _group.Add(row);
            _ahead = null;
        }

        if (!isSorted)
        {
            // List.Sort is unstable; the lines of the file settle what time and sequence leave open.
            _group.Sort((a, b) => Compare(a, b) is var order and not 0 ? order : a.Line.CompareTo(b.Line));
        }
    }

    private static int Compare(LogRow a, LogRow b) =>
        a.UtcTicks != b.UtcTicks ? a.UtcTicks.CompareTo(b.UtcTicks) : a.Sequence.CompareTo(b.Sequence);

    private LogRow? ReadRow()
    {
        if (_isEnded)
        {
            return null;
        }

        var row = pool.Rent();
        if (reader.Read(row))
        {
            return row;
        }

        _isEnded = true;
        pool.Return(row);
        return null;
    }
}
