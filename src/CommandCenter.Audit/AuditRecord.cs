using System.Globalization;
using CommandCenter.Audit.Format;

namespace CommandCenter.Audit;

/// <summary>An entry as it stands in the log.</summary>
/// <param name="Sequence">From 1, without gaps.</param>
/// <param name="At">When the log took it, UTC. Later records can be earlier where the machine's clock was set back; their sequence never is.</param>
/// <param name="Entry">The entry, with texts cut where they were too long.</param>
/// <param name="Cut">Fields that were cut, each with the length that it had; empty for most records.</param>
/// <param name="Hash">SHA-256 of the line, 64 lower-case hexadecimal digits.</param>
public sealed record AuditRecord(long Sequence, DateTimeOffset At, AuditEntry Entry, IReadOnlyDictionary<string, int> Cut, string Hash);

/// <summary>A place in the log: a record and its hash. Kept elsewhere, it proves later that nothing up to here was cut off or written anew.</summary>
/// <param name="Sequence">Number of the record; 0 before the first.</param>
/// <param name="Hash">Its hash, 64 lower-case hexadecimal digits.</param>
public sealed record AuditHead(long Sequence, string Hash)
{
    /// <summary>Reads <c>SEQ:HASH</c>.</summary>
    public static AuditHead? Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon > 0
            && long.TryParse(text.AsSpan(0, colon), NumberStyles.None, CultureInfo.InvariantCulture, out var sequence)
            && text[(colon + 1)..] is { Length: AuditLine.HashChars } hash && hash.All(char.IsAsciiHexDigitLower)
            ? new AuditHead(sequence, hash)
            : null;
    }

    /// <summary>
    /// The head that the log notes beside its key at each checkpoint: <c>KEYFILE.head</c>. Whoever can write to the log's folder but not there
    /// cannot cut the log's end unseen. <see langword="null"/> when there is none yet.
    /// </summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static AuditHead? ReadNoted(string keyFile) => File.Exists(NotedIn(keyFile)) ? Parse(File.ReadAllText(NotedIn(keyFile)).Trim()) : null;

    /// <summary><c>SEQ:HASH</c>.</summary>
    public override string ToString() => $"{Sequence}:{Hash}";

    internal static string NotedIn(string keyFile) => keyFile + ".head";
}
