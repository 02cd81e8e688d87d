using System.Globalization;

namespace CommandCenter.Audit.Evidence;

/// <summary>Proves the recordings of one camera where they lie, beside the recorder if need be: the chain of all days, each segment, each second.</summary>
/// <remarks>It proves that nothing changed inside the chain. That its end was not cut off, and that it was not written anew as a whole, only its heads in the audit trail prove.</remarks>
public static class CameraVerifier
{
    /// <summary>Reads all there is.</summary>
    /// <param name="folder">Folder of the camera.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="IOException">Something cannot be read.</exception>
    public static EvidenceReport Verify(string folder, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(folder);
        folder = Path.GetFullPath(folder);
        var camera = Path.GetFileName(folder.TrimEnd(Path.DirectorySeparatorChar));
        var findings = new List<EvidenceFinding>();
        // Listed before the chain is read: a segment that is begun meanwhile is not missed in the chain.
        var videos = Directory.EnumerateDirectories(folder).Where(static path => IsDay(Path.GetFileName(path)))
            .SelectMany(static day => Directory.EnumerateFiles(day, "*.mp4")).Select(path => Path.GetRelativePath(folder, path)).ToHashSet(StringComparer.Ordinal);
        var (segments, head) = ReadChain(folder, camera, findings);
        var check = new SegmentCheck(camera, findings);
        foreach (var (name, segment) in segments.OrderBy(static pair => pair.Key, StringComparer.Ordinal))
        {
            var isThere = videos.Remove(name);
            if (segment.IsEmpty || (segment.IsRemoved && !File.Exists(Path.Combine(folder, Path.ChangeExtension(name, ".ndjson")))))
            {
                continue; // What a removal that was broken off left behind goes with the next one.
            }

            if (!isThere && segment.Head is not null)
            {
                findings.Add(new EvidenceFinding(camera, name, null, EvidenceFinding.Missing, "It is not there, and the chain does not say that it was removed."));
            }
            else if (isThere)
            {
                CheckSegment(folder, name, segment, check, findings, cancellationToken);
            }
        }

        findings.AddRange(videos.Select(name => new EvidenceFinding(camera, name, null, EvidenceFinding.UnknownFile, "The chain does not know it.")));
        return new EvidenceReport(camera, check.SegmentCount, check.SecondCount, check.ByteCount, check.RecoveredCount, head, findings);
    }

    private static void CheckSegment(string folder, string name, Segment segment, SegmentCheck check, List<EvidenceFinding> findings, CancellationToken cancellationToken)
    {
        var path = Path.Combine(folder, name);
        try
        {
            var manifest = File.ReadAllBytes(Path.ChangeExtension(path, ".ndjson"));
            using var video = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            check.Check(name, manifest, video, segment.Begun, segment.Head, mayGrow: segment.Head is null, cancellationToken);
        }
        catch (FileNotFoundException)
        {
            if (segment.Head is not null)
            {
                findings.Add(new EvidenceFinding(Path.GetFileName(folder), name, null, EvidenceFinding.Missing, "Its video or its manifest is not there."));
            }
        }
    }

    private static (Dictionary<string, Segment> Segments, string Head) ReadChain(string folder, string camera, List<EvidenceFinding> findings)
    {
        var segments = new Dictionary<string, Segment>(StringComparer.Ordinal);
        var reader = new EvidenceLines(camera, findings);
        var head = EvidenceLine.NoHash;
        foreach (var path in Directory.EnumerateFiles(folder, "*.ndjson").Where(static path => IsDay(Path.GetFileNameWithoutExtension(path))).Order(StringComparer.Ordinal))
        {
            var before = findings.Count;
            var lines = reader.Read(Path.GetFileName(path), File.ReadAllBytes(path), head, mayBeTorn: true);
            head = lines.Count > 0 ? lines[^1].Hash : head;
            foreach (var line in lines.Where(static line => line.File is not null))
            {
                var known = segments.GetValueOrDefault(line.File!, default);
                segments[line.File!] = line.Kind switch
                {
                    "begun" => new Segment(line.Hash, null, false, false),
                    "closed" => known with { Head = line.Head, IsEmpty = line.Head is null },
                    "removed" => known with { IsRemoved = true },
                    _ => known,
                };
            }

            if (findings.Count > before)
            {
                return (segments, head); // Behind a fault in the chain every next file would repeat it.
            }
        }

        return (segments, head);
    }

    private static bool IsDay(string name) => DateOnly.TryParseExact(name, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    private readonly record struct Segment(string? Begun, string? Head, bool IsRemoved, bool IsEmpty);
}
