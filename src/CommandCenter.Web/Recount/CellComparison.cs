namespace CommandCenter.Web.Recount;

/// <summary>Compares what is shown with what was counted, both ways: a cell that only one side has is a difference, too.</summary>
internal sealed class CellComparison(string court)
{
    /// <summary>More are counted and not kept: whoever has to look does not begin with the thousandth.</summary>
    public const int DifferencesKeptMax = 1_000;

    private readonly List<RecountDifference> _differences = [];
    private long _cells;
    private long _differing;

    /// <summary>Compares a part of the windows or days of the court.</summary>
    public void Compare(ShownCells shown, NaiveCourt counted, bool days)
    {
        var left = shown.Cells.ToDictionary(cell => (cell.Key, cell.Figure), cell => cell.Value);
        for (var figure = 0; figure < NaiveCourt.Figures; figure++)
        {
            var sums = counted.Of(figure, days);
            for (var i = FirstFrom(sums, shown.From); i < sums.Count && (sums.GetKeyAtIndex(i) < shown.Next || shown.Next == int.MaxValue); i++)
            {
                var key = sums.GetKeyAtIndex(i);
                _ = left.Remove((key, figure), out var value);
                Compare(key, figure, days, value, sums.GetValueAtIndex(i));
            }
        }

        foreach (var ((key, figure), value) in left)
        {
            Compare(key, figure, days, value, counted: 0);
        }
    }

    /// <summary>Compares the stocks of the court.</summary>
    public void Compare(long[] shown, long[] counted)
    {
        for (var stock = 0; stock < shown.Length; stock++)
        {
            _cells++;
            if (shown[stock] != counted[stock])
            {
                Add(new RecountDifference(court, null, RecountDifference.Now, CellTable.NameOf((CountedStock)stock), shown[stock], counted[stock]));
            }
        }
    }

    /// <summary>Compares what the stocks of the court come to by node and by handler.</summary>
    public void Compare(Dictionary<PartKey, long> shown, Dictionary<PartKey, long> counted)
    {
        foreach (var key in shown.Keys.Union(counted.Keys))
        {
            _cells++;
            var (value, again) = (shown.GetValueOrDefault(key), counted.GetValueOrDefault(key));
            if (value != again)
            {
                Add(new RecountDifference(court, null, RecountDifference.Now, CellTable.NameOf(key), value, again));
            }
        }
    }

    /// <summary>What came of it.</summary>
    public CourtProof ToProof() => new(court, _cells, _differing, [.. _differences]);

    private void Compare(int key, int figure, bool days, long shown, long counted)
    {
        _cells++;
        if (shown != counted)
        {
            Add(new RecountDifference(
                court, CellTable.StartOf(key, days), days ? RecountDifference.Day : RecountDifference.Window, CellTable.NameOf(figure), shown, counted));
        }
    }

    private void Add(RecountDifference difference)
    {
        _differing++;
        if (_differences.Count < DifferencesKeptMax)
        {
            _differences.Add(difference);
        }
    }

    private static int FirstFrom(SortedList<int, long> sums, int from)
    {
        var (low, high) = (0, sums.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = sums.GetKeyAtIndex(middle) < from ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
