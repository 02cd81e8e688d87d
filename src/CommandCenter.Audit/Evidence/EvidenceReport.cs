namespace CommandCenter.Audit.Evidence;

/// <summary>What a verification of recordings read and what it found.</summary>
/// <param name="Camera">The camera.</param>
/// <param name="SegmentCount">Segments that were read.</param>
/// <param name="SecondCount">Seconds of video that were hashed again.</param>
/// <param name="ByteCount">Bytes of video.</param>
/// <param name="RecoveredCount">Seconds that a start found after a crash: they were hashed then, not when they were recorded.</param>
/// <param name="Head">Hash of the last line of the chain: the audit trail has it where a segment was closed. Empty when there is none.</param>
/// <param name="Findings">All that is not as it was written.</param>
public sealed record EvidenceReport(
    string Camera, int SegmentCount, long SecondCount, long ByteCount, long RecoveredCount, string Head, IReadOnlyList<EvidenceFinding> Findings)
{
    private const int WrittenMax = 1_000;

    /// <summary>Everything is as it was written.</summary>
    public bool IsWhole => Findings.Count == 0;

    /// <summary>Writes it as plain lines.</summary>
    public void WriteTo(TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(output);
        output.WriteLine($"recording  {Camera}: {SecondCount:N0} seconds in {SegmentCount:N0} segments, {ByteCount:N0} bytes: {(IsWhole ? "whole" : "DAMAGED")}");
        foreach (var finding in Findings.Take(WrittenMax))
        {
            output.WriteLine($"  {finding}");
        }

        if (Findings.Count > WrittenMax)
        {
            output.WriteLine($"  and {Findings.Count - WrittenMax:N0} more");
        }

        output.WriteLine($"recovered  {RecoveredCount:N0} seconds were hashed after a crash");
        output.WriteLine($"head       {Head}");
    }
}
