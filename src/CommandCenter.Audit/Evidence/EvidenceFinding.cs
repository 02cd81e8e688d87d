using System.Globalization;

namespace CommandCenter.Audit.Evidence;

/// <summary>One thing of a recording, or of a pack of evidence, that is not as it was written.</summary>
/// <param name="Camera">The camera; empty when it cannot be told.</param>
/// <param name="File">The file; empty when it is about the whole.</param>
/// <param name="Second">The second of the recording, UTC, where it can be told.</param>
/// <param name="Code">One of the constants of this class.</param>
/// <param name="Message">For people; not stable.</param>
public sealed record EvidenceFinding(string Camera, string File, DateTimeOffset? Second, string Code, string Message)
{
    /// <summary>The manifest is not what the given key signed.</summary>
    public const string NotSigned = "evidence.unsigned";

    /// <summary>The manifest cannot be read, so nothing else was looked at.</summary>
    public const string Unreadable = "evidence.unreadable";

    /// <summary>A file is not the one that was signed.</summary>
    public const string Changed = "evidence.changed";

    /// <summary>The video of this second is not what was recorded.</summary>
    public const string SecondChanged = "evidence.second-changed";

    /// <summary>A line does not match its own hash, or is none.</summary>
    public const string LineChanged = "evidence.line-changed";

    /// <summary>A line, or a segment, does not follow what was before it.</summary>
    public const string ChainBroken = "evidence.chain-broken";

    /// <summary>A file is missing, and nothing says that it was removed.</summary>
    public const string Missing = "evidence.missing";

    /// <summary>A file that nothing speaks of.</summary>
    public const string UnknownFile = "evidence.unknown-file";

    /// <inheritdoc/>
    public override string ToString()
    {
        var second = Second is { } at ? at.UtcDateTime.ToString(" 'second' yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture) : "";
        return $"{(Camera.Length == 0 ? "" : Camera + " ")}{(File.Length == 0 ? "all" : File)}{second}: {Code} {Message}";
    }
}
