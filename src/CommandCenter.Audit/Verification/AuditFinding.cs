namespace CommandCenter.Audit.Verification;

/// <summary>One thing that is not as it was written.</summary>
/// <param name="File">Name of the file; empty when it is about the folder.</param>
/// <param name="Line">Its line, from 1; <see langword="null"/> when it is about the whole file.</param>
/// <param name="LastLine">The last of several adjacent lines with the same fault.</param>
/// <param name="Sequence">The record, where it can be told.</param>
/// <param name="LastSequence">The last of several.</param>
/// <param name="Code">One of the constants of this class.</param>
/// <param name="Message">For people; not stable.</param>
public sealed record AuditFinding(string File, long? Line, long? LastLine, long? Sequence, long? LastSequence, string Code, string Message)
{
    /// <summary>A line does not match its own hash, or is none.</summary>
    public const string Changed = "audit.changed";

    /// <summary>Records are missing.</summary>
    public const string Removed = "audit.removed";

    /// <summary>A record stands behind a later one.</summary>
    public const string Reordered = "audit.reordered";

    /// <summary>A record stands in the log twice.</summary>
    public const string Doubled = "audit.doubled";

    /// <summary>A record matches its own hash but does not follow the one before: one of the two was written anew.</summary>
    public const string ChainBroken = "audit.chain-broken";

    /// <summary>The open file ends within a line: a crash, which the next start will put in order, or a cut.</summary>
    public const string Torn = "audit.torn";

    /// <summary>A file is not what its checkpoint sealed, though its lines fit together.</summary>
    public const string FileChanged = "audit.file-changed";

    /// <summary>A file is missing and no record says that the retention removed it, or it was too young for that.</summary>
    public const string FileMissing = "audit.file-missing";

    /// <summary>Two files have one number.</summary>
    public const string FileDoubled = "audit.file-doubled";

    /// <summary>A file that the log did not make.</summary>
    public const string UnknownFile = "audit.unknown-file";

    /// <summary>A file was never sealed although a later one exists, or its checkpoint is gone.</summary>
    public const string CheckpointMissing = "audit.checkpoint-missing";

    /// <summary>A checkpoint does not match its signature, or does not follow the one before.</summary>
    public const string CheckpointChanged = "audit.checkpoint-changed";

    /// <summary>A checkpoint is signed by a key that neither is the given one nor was vouched for by the key before.</summary>
    public const string KeyUnknown = "audit.unsigned";

    /// <summary>The log ends before the record that the expected head names.</summary>
    public const string Cut = "audit.cut";

    /// <summary>The record that the expected head names has another hash.</summary>
    public const string HeadDiffers = "audit.head-differs";

    /// <summary>The record of the expected head was removed by the retention; a younger head is needed.</summary>
    public const string HeadTooOld = "audit.head-too-old";

    /// <summary>What a crash left behind a file is missing or not what the checkpoint names.</summary>
    public const string TornChanged = "audit.torn-changed";

    /// <summary>What was cut off after a crash holds whole lines: more than a broken write. A person should read it.</summary>
    public const string LinesCut = "audit.lines-cut";

    /// <summary>The copy of a public key in the folder is not that of a key of this log.</summary>
    public const string KeyCopyChanged = "audit.key-copy-changed";

    /// <inheritdoc/>
    public override string ToString()
    {
        var line = Line is null ? "" : $" line {Range(Line, LastLine)}";
        var record = Sequence is null ? "" : $" record {Range(Sequence, LastSequence)}";
        return $"{(File.Length == 0 ? "folder" : File)}{line}{record}: {Code} {Message}";

        static string Range(long? first, long? last) => last is null || last == first ? $"{first}" : $"{first} to {last}";
    }
}
