namespace CommandCenter.Audit.Evidence;

/// <summary>Reads lines that follow one another and names those that do not.</summary>
/// <param name="camera">The camera, for the findings.</param>
/// <param name="findings">Grows.</param>
internal sealed class EvidenceLines(string camera, List<EvidenceFinding> findings)
{
    /// <summary>Reads a file.</summary>
    /// <param name="file">Its name, for the findings.</param>
    /// <param name="bytes">What is in it.</param>
    /// <param name="prev">What the first line has to follow; <see langword="null"/> when nobody knows.</param>
    /// <param name="mayBeTorn">It is being written: an end that is no whole line is none of our business.</param>
    public IReadOnlyList<EvidenceLine> Read(string file, ReadOnlySpan<byte> bytes, string? prev, bool mayBeTorn)
    {
        var lines = new List<EvidenceLine>();
        for (var number = 1; !bytes.IsEmpty; number++)
        {
            var end = bytes.IndexOf((byte)'\n') + 1;
            if (end == 0 && mayBeTorn)
            {
                break;
            }

            var line = EvidenceLine.Decode(end == 0 ? bytes : bytes[..end]);
            if (line is null)
            {
                findings.Add(new EvidenceFinding(camera, file, null, EvidenceFinding.LineChanged, $"Line {number} is not as it was written."));
            }
            else
            {
                if (prev is not null && line.Prev != prev)
                {
                    findings.Add(new EvidenceFinding(camera, file, null, EvidenceFinding.ChainBroken, $"Line {number} does not follow the line before; one of the two was written anew, or lines are missing."));
                }

                lines.Add(line);
            }

            prev = line?.Hash; // Behind a line that was changed nobody knows; one fault is one finding.
            bytes = end == 0 ? [] : bytes[end..];
        }

        return lines;
    }
}
