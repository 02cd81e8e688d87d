namespace CommandCenter.Audit.Verification;

/// <summary>What a verification read and what it found.</summary>
/// <param name="FileCount">Files of records that were read.</param>
/// <param name="RecordCount">Lines in them.</param>
/// <param name="ByteCount">Their size.</param>
/// <param name="CheckpointCount">Checkpoints with a good signature.</param>
/// <param name="UnsealedCount">Records at the end that no checkpoint covers yet: the open hour.</param>
/// <param name="Head">The last record; worth noting down for the next verification.</param>
/// <param name="FindingCount">Number of findings.</param>
/// <param name="Findings">The first 1,000 of them, in the order of the log.</param>
public sealed record AuditReport(
    int FileCount,
    long RecordCount,
    long ByteCount,
    int CheckpointCount,
    long UnsealedCount,
    AuditHead Head,
    long FindingCount,
    IReadOnlyList<AuditFinding> Findings)
{
    /// <summary>Everything is as it was written.</summary>
    public bool IsWhole => FindingCount == 0;

    /// <summary>Writes it as plain lines.</summary>
    public void WriteTo(TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(output);
        output.WriteLine($"audit      {RecordCount:N0} records in {FileCount:N0} files, {CheckpointCount:N0} checkpoints: {(IsWhole ? "whole" : "DAMAGED")}");
        foreach (var finding in Findings)
        {
            output.WriteLine($"  {finding}");
        }

        if (FindingCount > Findings.Count)
        {
            output.WriteLine($"  and {FindingCount - Findings.Count:N0} more");
        }

        output.WriteLine($"unsealed   {UnsealedCount:N0} records at the end are not signed yet");
        output.WriteLine($"head       {Head}");
    }
}
