namespace CommandCenter.Web.Import.Mapping;

/// <summary>What the import remembers of one case between its rows; kept for the whole run, rows need not be adjacent.</summary>
internal sealed class CaseState(string court, string number, int valueCount, int nodeCount)
{
    public string Court { get; } = court;

    public string Number { get; } = number;

    /// <summary>The mapping's running values, in fen.</summary>
    public long[] Values { get; } = valueCount == 0 ? [] : new long[valueCount];

    /// <summary>How often each counted node was reached.</summary>
    public int[] Occurrences { get; } = nodeCount == 0 ? [] : new int[nodeCount];

    public Closing Closing { get; set; }

    /// <summary>Rows seen so far: the sequence number of logs that have none.</summary>
    public long RowCount { get; set; }
}

/// <summary>How a case stands as far as the log says. Only a closing that we derived may be revoked by a rule.</summary>
internal enum Closing : byte
{
    None,
    Derived,
    Reported,
}
