namespace CommandCenter.Audit;

/// <summary>Where the log lies, what signs it, and how long it is kept.</summary>
public sealed record AuditLogOptions
{
    /// <summary>Least days that records are kept: six months, as the Cybersecurity Law of the PRC, article 21, asks for network logs.</summary>
    public const int RetentionDaysMin = 184;

    /// <summary>Folder of the log; made when missing. Nothing else may lie in it.</summary>
    public required string Folder { get; init; }

    /// <summary>Private key, PEM; made when missing. Outside <see cref="Folder"/>, best on another disk with another owner of backups.</summary>
    public required string KeyFile { get; init; }

    /// <summary>Days that records are kept; 184 to 36,500; default 184. Checkpoints are kept for ever.</summary>
    public int RetentionDays { get; init; } = RetentionDaysMin;

    /// <summary>Everything that is wrong with the options, as sentences; empty when nothing is.</summary>
    public IReadOnlyList<string> Faults()
    {
        var faults = new List<string>();
        if (string.IsNullOrWhiteSpace(Folder))
        {
            faults.Add($"{nameof(Folder)} is empty.");
        }

        if (string.IsNullOrWhiteSpace(KeyFile))
        {
            faults.Add($"{nameof(KeyFile)} is empty.");
        }

        if (faults.Count == 0 && Path.GetFullPath(KeyFile).StartsWith(
            Path.TrimEndingDirectorySeparator(Path.GetFullPath(Folder)) + Path.DirectorySeparatorChar, StringComparison.Ordinal))
        {
            faults.Add($"{nameof(KeyFile)} lies in {nameof(Folder)}: who can change the records could then sign them anew.");
        }

        if (RetentionDays is < RetentionDaysMin or > 36_500)
        {
            faults.Add($"{nameof(RetentionDays)} is {RetentionDays}; it must be {RetentionDaysMin} to 36500.");
        }

        return faults;
    }
}
