using System.Text;
using CommandCenter.Audit.Format;

namespace CommandCenter.Audit.Writing;

/// <summary>Seals files, each checkpoint naming the one before.</summary>
/// <param name="folder">Where checkpoints lie.</param>
/// <param name="last">The latest checkpoint, if there is one.</param>
/// <param name="key">The key in use.</param>
/// <param name="keyFile">Its file; beside it an old key may lie.</param>
/// <param name="disk">Where to.</param>
/// <param name="time">Says when.</param>
internal sealed class CheckpointChain(string folder, SignedCheckpoint? last, AuditKey key, string keyFile, AuditDisk disk, TimeProvider time)
{
    /// <summary>Whether the key in use is not the one that signed last: a checkpoint has to say so before the old key goes.</summary>
    public bool IsKeyNew => last is not null && last.Content.Key != key.Public.Fingerprint;

    /// <summary>Puts the checkpoint of a file in place. Repeating it after a failure is safe.</summary>
    /// <param name="file">The file.</param>
    /// <param name="head">Hash of its last record.</param>
    /// <param name="torn">What a crash left behind it: size and SHA-256.</param>
    /// <exception cref="IOException">The disk fails.</exception>
    public void Seal(GrowingFile file, string head, (long Bytes, string Sha256)? torn)
    {
        var previous = last?.FileHash ?? Encoding.ASCII.GetString(AuditLine.NoHash);
        var isNew = last is null || IsKeyNew;
        var content = new AuditCheckpoint
        {
            Number = file.Stem.Number,
            File = file.Stem + FileStem.Records,
            Bytes = file.Length,
            Sha256 = file.Sha256,
            First = file.First,
            Last = file.Last,
            Head = head,
            Earliest = file.Earliest,
            Latest = file.Latest,
            TornBytes = torn?.Bytes,
            TornSha256 = torn?.Sha256,
            Sealed = time.GetUtcNow(),
            Previous = previous,
            Key = key.Public.Fingerprint,
            PublicKey = isNew ? Convert.ToBase64String(key.Public.Encoded) : null,
            OldKeySignature = IsKeyNew ? Vouch(file.Stem.Number, previous) : null,
        };
        var encoded = SignedCheckpoint.Encode(content, body => key.Sign(body));
        disk.Put(file.Stem.In(folder, FileStem.Checkpoint), encoded);
        last = SignedCheckpoint.Decode(encoded);
        Note(new AuditHead(file.Last, head));
    }

    private void Note(AuditHead head)
    {
        try
        {
            disk.Put(AuditHead.NotedIn(keyFile), Encoding.ASCII.GetBytes(head + "\n"));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The folder of the key may be made read-only, and that is good too. The log is sealed; the head noted before still holds.
        }
    }

    // Without the old key the new one stands alone; the verifier will say so, and a person has to know why.
    private string? Vouch(int number, string previous)
    {
        using var old = AuditKey.OpenOld(keyFile);
        return old is not null && old.Public.Fingerprint == last!.Content.Key
            ? Convert.ToBase64String(old.Sign(AuditCheckpoint.Succession(number, previous, old.Public.Fingerprint, key.Public.Fingerprint)))
            : null;
    }
}
