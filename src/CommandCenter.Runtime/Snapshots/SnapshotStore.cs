using System.Globalization;
using System.Security.Cryptography;
using CommandCenter.Runtime.Journal;
using CommandCenter.Runtime.Partitions;

namespace CommandCenter.Runtime.Snapshots;

/// <summary>The snapshot files of one partition. The last two are kept: a damaged newest one then costs a longer replay, not a full one.</summary>
/// <remarks>A file under its final name is complete and flushed; anything cut short has a temporary name and is removed at the next write.</remarks>
internal sealed class SnapshotStore(string directory, int partition, int modelVersion, IJournalSeam? seam)
{
    private const int KeptMax = 2;
    private const int HashedBytes = 64 * 1024;
    private const string Prefix = "snapshot-";
    private const string Suffix = ".bin";
    private const string TemporarySuffix = ".new";

    /// <summary>Writes a snapshot and removes those no longer needed. Returns the size of the file in bytes.</summary>
    public long Write(ISnapshot snapshot, long position, long skipSequence)
    {
        var file = FileOf(position);
        var temporary = file + TemporarySuffix;
        long sizeBytes;
        // Readable meanwhile: a backup that copies the folder must not trip over a snapshot in the making. Written through: flushed at
        // once at the end, hundreds of megabytes would stand in the way of every commit's flush.
        using (var stream = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.Read, 1 << 20, FileOptions.WriteThrough))
        {
            using var hashing = new HashingStream(stream);
            Span<byte> header = stackalloc byte[SnapshotHeader.SizeBytes];
            header.Clear();
            stream.Write(header); // Its place; the values are known when the body is written.
            // Models write field by field; hashing each field alone would cost more than the snapshot.
            var buffered = new BufferedStream(hashing, 1 << 20);
            snapshot.WriteTo(buffered);
            buffered.Flush();
            new SnapshotHeader(modelVersion, partition, position, skipSequence, hashing.BytesWritten).Write(header, hashing.Hash());
            stream.Position = 0;
            stream.Write(header);
            seam?.At(JournalStep.SnapshotBodyWritten, partition, database: null);
            stream.Flush(flushToDisk: true);
            sizeBytes = stream.Length;
        }

        seam?.At(JournalStep.SnapshotFlushed, partition, database: null);
        File.Move(temporary, file, overwrite: true);
        DirectorySync.Flush(directory);
        seam?.At(JournalStep.SnapshotRenamed, partition, database: null);
        Prune();
        return sizeBytes;
    }

    /// <summary>Files newest first.</summary>
    public IReadOnlyList<string> Files() =>
        [.. Directory.EnumerateFiles(directory, Prefix + "*" + Suffix).OrderByDescending(static file => file, StringComparer.Ordinal)];

    /// <summary>The position of the newest file, by its name; null when there is none.</summary>
    public long? NewestPosition() => Files() is [var newest, ..] ? PositionOf(newest) : null;

    /// <summary>Deletes the files of later positions.</summary>
    public void DeletePast(long position)
    {
        foreach (var file in Files().Where(file => PositionOf(file) > position))
        {
            File.Delete(file);
        }
    }

    /// <summary>Opens a file at its body if it is whole and fits; otherwise says why not.</summary>
    /// <returns>The stream, to be disposed by the caller, and its header; or null.</returns>
    public (FileStream Body, SnapshotHeader Header)? Open(string file, IReadOnlyList<Skip> skips, long journalPosition, out string reason)
    {
        var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0); // Models read through buffers of their own.
        try
        {
            if (Check(stream, out reason) is { } header && Fits(header, skips, journalPosition, out reason))
            {
                stream.Position = SnapshotHeader.SizeBytes;
                return (stream, header);
            }
        }
        catch
        {
            stream.Dispose();
            throw;
        }

        stream.Dispose();
        return null;
    }

    /// <summary>Reads a whole file against its hash; null with a reason when it is not what was written.</summary>
    public static SnapshotHeader? Check(FileStream stream, out string reason)
    {
        Span<byte> bytes = stackalloc byte[SnapshotHeader.SizeBytes];
        var length = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        if (SnapshotHeader.Read(bytes[..length], out reason) is not { } header)
        {
            return null;
        }

        if (header.BodyBytes != stream.Length - SnapshotHeader.SizeBytes || !SnapshotHeader.Matches(bytes, HashOfRest(stream)))
        {
            reason = "it is damaged";
            return null;
        }

        return header;
    }

    // In pieces that stay in the processor's cache: through a large buffer the bytes would be written to memory and read from there once more.
    private static byte[] HashOfRest(FileStream stream)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var piece = new byte[HashedBytes];
        for (var at = stream.Position; RandomAccess.Read(stream.SafeFileHandle, piece, at) is > 0 and var read; at += read)
        {
            hash.AppendData(piece.AsSpan(0, read));
        }

        return hash.GetHashAndReset();
    }

    private bool Fits(SnapshotHeader header, IReadOnlyList<Skip> skips, long journalPosition, out string reason)
    {
        // A record skipped after the capture may have left its effect in it. The state must be a function of journal and skips alone.
        var isBeforeSkip = skips.Any(skip => skip.Position <= header.Position && skip.Sequence > header.SkipSequence);
        reason = header switch
        {
            _ when header.ModelVersion != modelVersion => $"its model version is {header.ModelVersion}, not {modelVersion}",
            _ when header.Partition != partition => $"it is of partition {header.Partition}",
            _ when header.Position > journalPosition => $"its position {header.Position} is past the journal's end {journalPosition}",
            _ when isBeforeSkip => "a record it contains was skipped later",
            _ => "",
        };
        return reason.Length == 0;
    }

    // Twenty digits hold any position, so names sort as positions do.
    private string FileOf(long position) =>
        Path.Combine(directory, Prefix + position.ToString("D20", CultureInfo.InvariantCulture) + Suffix);

    private static long? PositionOf(string file) =>
        long.TryParse(Path.GetFileNameWithoutExtension(file).AsSpan(Prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var position)
            ? position
            : null;

    private void Prune()
    {
        foreach (var old in Files().Skip(KeptMax))
        {
            File.Delete(old);
        }

        foreach (var cutShort in Directory.EnumerateFiles(directory, Prefix + "*" + TemporarySuffix))
        {
            File.Delete(cutShort);
        }
    }
}
