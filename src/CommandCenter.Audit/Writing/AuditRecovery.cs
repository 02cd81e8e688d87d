using System.Security.Cryptography;
using System.Text;
using CommandCenter.Audit.Format;

namespace CommandCenter.Audit.Writing;

/// <summary>Finds where the log ended, and closes the file that a crash left open. It can be broken off anywhere and begun anew.</summary>
/// <remarks>
/// The end of that file that is no whole line was never acknowledged. It is cut off, but kept beside in a file ending in <c>.torn</c>, which the
/// checkpoint names by size and hash: whatever it was, damage or a try to hide something, a person can look at it.
/// </remarks>
internal static class AuditRecovery
{
    /// <summary>Where the log goes on.</summary>
    /// <param name="Checkpoints">Continues the chain of checkpoints.</param>
    /// <param name="NextNumber">Number of the next file.</param>
    /// <param name="Sequence">The last record; 0 when there is none.</param>
    /// <param name="Chain">Its hash, 64 digits.</param>
    /// <param name="SealedHead">What the folder's last checkpoint sealed, before this start; <see langword="null"/> without one.</param>
    /// <param name="ClosedFile">The file that was left open.</param>
    /// <param name="Torn">What was cut off it.</param>
    public sealed record Recovered(
        CheckpointChain Checkpoints,
        int NextNumber,
        long Sequence,
        byte[] Chain,
        AuditHead? SealedHead,
        string? ClosedFile,
        (long Bytes, string Sha256)? Torn);

    /// <summary>Recovers a folder that this process has locked.</summary>
    /// <exception cref="AuditException">The last checkpoint cannot be read.</exception>
    /// <exception cref="IOException">The disk fails.</exception>
    public static Recovered Recover(string folder, AuditKey key, string keyFile, AuditDisk disk, TimeProvider time)
    {
        foreach (var unfinished in Directory.EnumerateFiles(folder, "*" + AuditFolder.NewEnding))
        {
            File.Delete(unfinished);
        }

        var names = AuditFolder.List(folder);
        var last = names.Checkpoints.Count == 0 ? null : ReadCheckpoint(names.Checkpoints[^1].In(folder, FileStem.Checkpoint));
        var lastNumber = names.Checkpoints.Count == 0 ? 0 : names.Checkpoints[^1].Number;
        var sealedHead = last is null ? null : new AuditHead(last.Content.Last, last.Content.Head);
        var checkpoints = new CheckpointChain(folder, last, key, keyFile, disk, time);
        var sequence = last?.Content.Last ?? 0;
        var chain = last is null ? AuditLine.NoHash.ToArray() : Encoding.ASCII.GetBytes(last.Content.Head);
        if (names.Records.Count == 0 || names.Records[^1].Number <= lastNumber)
        {
            return new Recovered(checkpoints, lastNumber + 1, sequence, chain, sealedHead, ClosedFile: null, Torn: null);
        }

        var stem = names.Records[^1];
        var path = stem.In(folder, FileStem.Records);
        // With files missing in between, nobody can say what the first line has to follow. The verifier names what is missing.
        using var file = ReadWhole(path, stem, sequence, chain, isNext: stem.Number == lastNumber + 1);
        var torn = CutTail(path, stem.In(folder, FileStem.Torn), file.Length, disk);
        checkpoints.Seal(file, Encoding.ASCII.GetString(chain), torn);
        return new Recovered(checkpoints, stem.Number + 1, file.Last, chain, sealedHead, stem.ToString(), torn);
    }

    private static SignedCheckpoint ReadCheckpoint(string path) => SignedCheckpoint.Read(path) ?? throw new AuditException(
        AuditException.Damaged,
        $"{path} is damaged, so the log does not know where it ended. Verify the folder; then bring this file back from a backup, or move it away.",
        innerException: null);

    /// <summary>Reads the lines that are whole and follow one another. <paramref name="chain"/> becomes the hash of the last.</summary>
    private static GrowingFile ReadWhole(string path, FileStem stem, long sequence, byte[] chain, bool isNext)
    {
        GrowingFile? file = null;
        using var handle = FileLines.Open(path);
        foreach (var memory in FileLines.Forward(handle))
        {
            var line = memory.Span;
            if (!AuditLine.TryRead(line, out var frame) || !frame.IsIntact()
                || ((isNext || file is not null) && (frame.Sequence != sequence + 1 || !frame.Previous.SequenceEqual(chain))))
            {
                break;
            }

            sequence = frame.Sequence;
            frame.Hash.CopyTo(chain);
            file ??= new GrowingFile(stem, sequence);
            file.Add(line, sequence, frame.At);
        }

        return file ?? new GrowingFile(stem, sequence + 1);
    }

    private static (long Bytes, string Sha256)? CutTail(string path, string tornPath, long length, AuditDisk disk)
    {
        // Kept first, cut then: a crash in between finds the same tail once more.
        if (new FileInfo(path).Length > length)
        {
            disk.Put(tornPath, ReadTail(path, length));
            using var file = disk.Open(path);
            file.Cut(length);
            file.Flush();
        }

        return File.Exists(tornPath) ? (new FileInfo(tornPath).Length, HashOf(tornPath)) : null;
    }

    private static byte[] ReadTail(string path, long from)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        stream.Position = from;
        var tail = new byte[stream.Length - from];
        stream.ReadExactly(tail);
        return tail;
    }

    private static string HashOf(string path)
    {
        using var stream = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }
}
