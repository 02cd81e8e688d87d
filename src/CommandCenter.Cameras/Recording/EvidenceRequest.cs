namespace CommandCenter.Cameras.Recording;

/// <summary>What somebody wants to take out as evidence, and why.</summary>
public sealed record EvidenceRequest
{
    /// <summary>The camera.</summary>
    public required string Camera { get; init; }

    /// <summary>All segments with a picture from here…</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>…to here, whole and unchanged.</summary>
    public required DateTimeOffset Until { get; init; }

    /// <summary>Who carried the camera, as the host knows; <see langword="null"/> for a fixed one.</summary>
    public string? Officer { get; init; }

    /// <summary>Who exports: an account.</summary>
    public required string ExportedBy { get; init; }

    /// <summary>Why, in that person's words.</summary>
    public required string Why { get; init; }

    /// <summary>Where the camera was, as JSON of the host; goes into the pack as it is. Empty when nothing is known.</summary>
    public ReadOnlyMemory<byte> Positions { get; init; }
}
