using System.Security.Cryptography;
using System.Text;
using CommandCenter.Audit.Format;

namespace CommandCenter.Audit.Verification;

/// <summary>Follows the checkpoints and the keys that sign them. A key may follow another when the old one vouches for it.</summary>
/// <remarks>
/// The given key has to be in force somewhere. Before that place the hashes that it signed hold the checkpoints, after it the signatures of succession do.
/// </remarks>
internal sealed class KeyChain(PublicKey given, Findings findings) : IDisposable
{
    private readonly Dictionary<string, PublicKey> _keys = new(StringComparer.Ordinal) { [given.Fingerprint] = given };
    private readonly HashSet<string> _used = new(StringComparer.Ordinal);
    private PublicKey? _inForce;
    private string? _previous = Encoding.ASCII.GetString(AuditLine.NoHash); // Null: unknown after a fault that is reported already.

    /// <summary>Checkpoints with a good signature.</summary>
    public int Count { get; private set; }

    /// <summary>The checkpoint of a file when its signature is good; otherwise <see langword="null"/> and a finding.</summary>
    public AuditCheckpoint? Check(FileStem stem, SignedCheckpoint? checkpoint)
    {
        var name = stem + FileStem.Checkpoint;
        var content = checkpoint?.Content;
        var key = content is null ? null : KeyOf(content);
        if (content is not null && key is null)
        {
            _previous = checkpoint!.FileHash;
            findings.Add(name, AuditFinding.KeyUnknown, $"It is signed by a key that this log does not know: {content.Key}.");
            return null;
        }

        if (content is null || !key!.IsSigned(checkpoint!.Signed, checkpoint.Signature)
            || content.Number != stem.Number || content.File != stem + FileStem.Records)
        {
            _previous = null;
            findings.Add(name, AuditFinding.CheckpointChanged, "It is not as it was signed.");
            return null;
        }

        if (_previous is not null && content.Previous != _previous)
        {
            findings.Add(name, AuditFinding.CheckpointChanged, "It does not follow the checkpoint before.");
        }

        Succeed(name, content, key);
        _previous = checkpoint.FileHash;
        Count++;
        return content;
    }

    /// <summary>Checkpoints are missing before the next one.</summary>
    public void Lose() => _previous = null;

    /// <summary>The given key must have signed something, or all this proves nothing.</summary>
    public void Finish()
    {
        if (Count > 0 && !_used.Contains(given.Fingerprint))
        {
            findings.Add("", AuditFinding.KeyUnknown, "No checkpoint is signed by the given key.");
        }
    }

    /// <summary>Whether a file holds a key of this log.</summary>
    public bool IsCopy(string name, string content) =>
        _keys.Values.Any(key => name == AuditFolder.CopyOf(key) && content == key.Pem);

    public void Dispose()
    {
        foreach (var key in _keys.Values.Where(key => key != given))
        {
            key.Dispose();
        }
    }

    private void Succeed(string name, AuditCheckpoint content, PublicKey key)
    {
        if (_inForce is { } old && old != key && !IsVouchedFor(content, old))
        {
            findings.Add(
                name, AuditFinding.KeyUnknown, $"Key {key.Fingerprint} signs from here on, and key {old.Fingerprint} before it does not vouch for it.");
        }

        _inForce = key;
        _ = _used.Add(key.Fingerprint);
    }

    private static bool IsVouchedFor(AuditCheckpoint content, PublicKey old)
    {
        var signature = new byte[256];
        return content.OldKeySignature is { } text
            && Convert.TryFromBase64String(text, signature, out var length)
            && old.IsSigned(AuditCheckpoint.Succession(content.Number, content.Previous, old.Fingerprint, content.Key), signature.AsSpan(0, length));
    }

    // A checkpoint brings its own key when it is the first that this key signs. That proves nothing yet: the old key has to vouch for it.
    private PublicKey? KeyOf(AuditCheckpoint content)
    {
        if (_keys.TryGetValue(content.Key, out var known))
        {
            return known;
        }

        try
        {
            if (content.PublicKey is { } encoded && PublicKey.FromEncoded(Convert.FromBase64String(encoded)) is var key)
            {
                if (key.Fingerprint == content.Key)
                {
                    _keys.Add(content.Key, key);
                    return key;
                }

                key.Dispose();
            }
        }
        catch (Exception exception) when (exception is FormatException or CryptographicException)
        {
            return null;
        }

        return null;
    }
}
