namespace CommandCenter.Runtime.Journal;

/// <summary>One row of the journal as SQLite shows it; the spans are valid only during the call that hands it over.</summary>
internal readonly ref struct JournalRow(long first, int count, ReadOnlySpan<byte> body, ReadOnlySpan<byte> chain)
{
    /// <summary>Position of the first record.</summary>
    public readonly long First = first;

    /// <summary>Records in the row.</summary>
    public readonly int Count = count;

    public readonly ReadOnlySpan<byte> Body = body;

    public readonly ReadOnlySpan<byte> Chain = chain;
}

/// <summary>Takes one row; false ends the reading.</summary>
internal delegate bool JournalRowVisitor(JournalRow row);
