namespace CommandCenter.Audit.Format;

/// <summary>The names in a folder of the log, ours and others.</summary>
/// <param name="Records">Files of records by number; two of one number are a fault.</param>
/// <param name="Checkpoints">Checkpoints by number.</param>
/// <param name="Torn">What crashes left behind.</param>
/// <param name="PublicKeys">Copies of public keys.</param>
/// <param name="Others">Names that do not belong here.</param>
internal sealed record AuditFolder(
    IReadOnlyList<FileStem> Records,
    IReadOnlyList<FileStem> Checkpoints,
    IReadOnlyList<FileStem> Torn,
    IReadOnlyList<string> PublicKeys,
    IReadOnlyList<string> Others)
{
    /// <summary>Held by the writer.</summary>
    public const string LockName = "lock";

    /// <summary>Ending of a copy of a public key.</summary>
    public const string PublicKeyEnding = ".pub";

    /// <summary>Ending of a file that is being put in place.</summary>
    public const string NewEnding = ".new";

    /// <summary>Name of the copy of a public key.</summary>
    public static string CopyOf(PublicKey key) => key.Fingerprint[..16] + PublicKeyEnding;

    /// <summary>Lists a folder.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static AuditFolder List(string folder)
    {
        var byEnding = new Dictionary<string, List<FileStem>>(StringComparer.Ordinal)
        {
            [FileStem.Records] = [],
            [FileStem.Checkpoint] = [],
            [FileStem.Torn] = [],
        };
        List<string> keys = [], others = [];
        foreach (var name in Directory.EnumerateFileSystemEntries(folder).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal))
        {
            if (FileStem.TryParse(name, out var stem, out var ending))
            {
                byEnding[ending].Add(stem);
            }
            else if (ending == PublicKeyEnding)
            {
                keys.Add(name);
            }
            else if (name != LockName && ending != NewEnding)
            {
                others.Add(name);
            }
        }

        return new AuditFolder(byEnding[FileStem.Records], byEnding[FileStem.Checkpoint], byEnding[FileStem.Torn], keys, others);
    }
}
