using System.Security.Cryptography;
using CommandCenter.Audit.Format;

namespace CommandCenter.Audit.Writing;

/// <summary>What is known of a file of records that is not sealed yet: all that its checkpoint will say.</summary>
internal sealed class GrowingFile(FileStem stem, long first) : IDisposable
{
    private readonly IncrementalHash _sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public FileStem Stem { get; } = stem;

    public long First { get; } = first;

    public long Last { get; private set; } = first - 1;

    public long Length { get; private set; }

    public DateTimeOffset? Earliest { get; private set; }

    public DateTimeOffset? Latest { get; private set; }

    /// <summary>SHA-256 of everything so far, 64 lower-case digits.</summary>
    public string Sha256 => Convert.ToHexStringLower(_sha256.GetCurrentHash());

    /// <summary>Counts whole lines that are on the disk now.</summary>
    public void Add(ReadOnlySpan<byte> lines, long last, DateTimeOffset at)
    {
        _sha256.AppendData(lines);
        Length += lines.Length;
        Last = last;
        Earliest = at > Earliest ? Earliest : at;
        Latest = at < Latest ? Latest : at;
    }

    public void Dispose() => _sha256.Dispose();
}
