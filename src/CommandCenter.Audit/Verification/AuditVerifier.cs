using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using CommandCenter.Audit.Format;

namespace CommandCenter.Audit.Verification;

/// <summary>Proves a folder of the log with nothing but the public key: every byte is hashed again, every signature checked.</summary>
/// <remarks>Reads beside the writer as well as at rest; what is written while it reads may or may not be included.</remarks>
public sealed class AuditVerifier
{
    private static readonly TimeSpan s_writePatience = TimeSpan.FromMilliseconds(100);
    private static readonly byte[] s_removed = EntryBody.Needle("action", AuditActions.Removed, isPrefix: false);

    private readonly string _folder;
    private readonly AuditFolder _names;
    private readonly AuditHead? _expected;
    private readonly CancellationToken _cancellationToken;
    private readonly Findings _findings;
    private readonly RecordChain _records;
    private readonly KeyChain _keys;
    private readonly List<(FileStem Stem, AuditCheckpoint? Checkpoint)> _absent = [];
    private readonly List<Removal> _removals = [];
    private string? _hashAtExpected;
    private int _files;
    private long _lines;
    private long _bytes;
    private long _unsealed;

    private AuditVerifier(string folder, KeyChain keys, Findings findings, AuditHead? expected, CancellationToken cancellationToken)
    {
        _folder = folder;
        _expected = expected;
        _cancellationToken = cancellationToken;
        _keys = keys;
        _findings = findings;
        _records = new RecordChain(findings);

        // Records are listed before checkpoints are looked for: a file has its checkpoint before the next file is begun.
        _names = AuditFolder.List(folder);
    }

    /// <summary>Verifies a folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="publicKeyPem">Content of the public key's file: any key that ever signed this log, best the newest.</param>
    /// <param name="expected">A head noted down earlier. Without one, a log whose end was cut off together with its checkpoints looks whole.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="CryptographicException">It is not a public key of P-256 in PEM.</exception>
    /// <exception cref="IOException">Something cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">Something may not be read.</exception>
    public static AuditReport Verify(string folder, string publicKeyPem, AuditHead? expected, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        ArgumentNullException.ThrowIfNull(publicKeyPem);
        using var key = PublicKey.FromPem(publicKeyPem);
        var findings = new Findings();
        using var keys = new KeyChain(key, findings);
        return new AuditVerifier(folder, keys, findings, expected, cancellationToken).Verify();
    }

    private AuditReport Verify()
    {
        var records = _names.Records.ToLookup(stem => stem.Number);
        var checkpoints = _names.Checkpoints.ToLookup(stem => stem.Number);
        var numbers = records.Select(group => group.Key).Union(checkpoints.Select(group => group.Key)).Order().ToList();
        var before = 0;
        foreach (var number in numbers)
        {
            if (number > before + 1)
            {
                LoseFiles(before + 1, number - 1);
            }

            CheckNumber(number, records[number], checkpoints[number], isLast: number == numbers[^1]);
            before = number;
        }

        _records.Finish();
        _keys.Finish();
        CheckAbsent();
        CheckHead();
        CheckOthers();
        return new AuditReport(_files, _lines, _bytes, _keys.Count, _unsealed, _records.Head, _findings.Count, _findings.Sorted());
    }

    private void LoseFiles(int first, int last)
    {
        _records.Lose();
        _keys.Lose();
        _findings.Add("", AuditFinding.CheckpointMissing, $"Checkpoints {first} to {last} are missing.");
    }

    private void CheckNumber(int number, IEnumerable<FileStem> records, IEnumerable<FileStem> checkpoints, bool isLast)
    {
        var stems = records.Concat(checkpoints).Distinct().ToList();
        var stem = checkpoints.FirstOrDefault(stems[0]);
        foreach (var other in stems.Where(other => other != stem))
        {
            _findings.Add(other + FileStem.Records, AuditFinding.FileDoubled, $"Number {number} is {stem}.");
        }

        // Asked again, not taken from the list: the writer may have sealed the file since.
        var hasCheckpoint = File.Exists(stem.In(_folder, FileStem.Checkpoint));
        var checkpoint = hasCheckpoint ? _keys.Check(stem, SignedCheckpoint.Read(stem.In(_folder, FileStem.Checkpoint))) : null;
        if (!hasCheckpoint && !isLast)
        {
            _keys.Lose();
            _findings.Add(stem + FileStem.Records, AuditFinding.CheckpointMissing, "Nothing seals it.");
        }

        if (!File.Exists(stem.In(_folder, FileStem.Records)))
        {
            _absent.Add((stem, checkpoint));
            if (checkpoint is not null)
            {
                _records.Arrive(checkpoint.Last, checkpoint.Head);
                NoteExpected(checkpoint.Last, checkpoint.Head);
            }
        }
        else
        {
            var faultsBefore = _records.FaultCount;
            var removalsBefore = _removals.Count;
            var (bytes, sha256) = ReadRecords(stem, isOpen: !hasCheckpoint && isLast);
            if (checkpoint is not null)
            {
                LimitRemovals(removalsBefore, checkpoint.Sealed);
                CheckSealed(stem, checkpoint, bytes, sha256, faultsBefore);
            }
        }
    }

    private void CheckSealed(FileStem stem, AuditCheckpoint checkpoint, long bytes, string sha256, long faultsBefore)
    {
        var name = stem + FileStem.Records;
        _records.ArriveAtEnd(name, checkpoint.Last, checkpoint.Head);
        CheckTorn(stem, checkpoint);
        if (_records.FaultCount == faultsBefore && (bytes != checkpoint.Bytes || sha256 != checkpoint.Sha256))
        {
            _findings.Add(name, AuditFinding.FileChanged, "It is not what its checkpoint sealed.");
        }
    }

    private (long Bytes, string Sha256) ReadRecords(FileStem stem, bool isOpen)
    {
        var name = stem + FileStem.Records;
        var line = 0L;
        var bytes = 0L;
        var isTorn = false;
        using var sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var handle = FileLines.Open(stem.In(_folder, FileStem.Records));
        foreach (var memory in FileLines.Forward(handle))
        {
            _cancellationToken.ThrowIfCancellationRequested();
            isTorn = isOpen && memory.Span[^1] != (byte)'\n' && memory.Length < AuditLine.SizeMax;
            if (isTorn)
            {
                // Perhaps a write is under way; then the line comes once more, whole.
                var end = bytes + memory.Length;
                _ = SpinWait.SpinUntil(() => RandomAccess.GetLength(handle) > end, s_writePatience);
                continue;
            }

            line++;
            bytes += memory.Length;
            sha256.AppendData(memory.Span);
            if (_records.Check(name, line, memory.Span))
            {
                Note(memory);
            }
        }

        if (isTorn)
        {
            _findings.Add(new AuditFinding(
                name, line + 1, null, null, null, AuditFinding.Torn, "The last line is not whole: a crash left it so, or something was cut off."));
        }

        _files++;
        _lines += line;
        _bytes += bytes;
        _unsealed += isOpen ? line : 0;
        return (bytes, Convert.ToHexStringLower(sha256.GetCurrentHash()));
    }

    private void Note(ReadOnlyMemory<byte> line)
    {
        NoteExpected(_records.Head.Sequence, _records.Head.Hash);
        if (line.Span.IndexOf(s_removed) < 0)
        {
            return;
        }

        try
        {
            var record = EntryBody.Read(line);
            if (record.Entry.Action == AuditActions.Removed && record.Entry.Detail?.GetValueOrDefault("through") is { } through)
            {
                _removals.Add(new Removal(int.Parse(through, NumberStyles.None, CultureInfo.InvariantCulture), record.At));
            }
        }
        catch (Exception exception) when (exception is JsonException or FormatException or OverflowException)
        {
            // Not a record of the retention, whatever it is; then nothing was removed by it.
        }
    }

    private void NoteExpected(long sequence, string hash)
    {
        if (sequence == _expected?.Sequence)
        {
            _hashAtExpected ??= hash;
        }
    }

    private void CheckTorn(FileStem stem, AuditCheckpoint checkpoint)
    {
        var name = stem + FileStem.Torn;
        var path = stem.In(_folder, FileStem.Torn);
        if (checkpoint.TornSha256 is not { } sha256)
        {
            if (File.Exists(path))
            {
                _findings.Add(name, AuditFinding.UnknownFile, "The checkpoint does not name it.");
            }

            return;
        }

        if (!File.Exists(path))
        {
            _findings.Add(name, AuditFinding.TornChanged, "It is missing; the checkpoint names it.");
            return;
        }

        using var stream = File.OpenRead(path);
        if (stream.Length != checkpoint.TornBytes || Convert.ToHexStringLower(SHA256.HashData(stream)) != sha256)
        {
            _findings.Add(name, AuditFinding.TornChanged, "It is not what the checkpoint names.");
        }
        else if (FileLines.Forward(stream.SafeFileHandle).Any(line => line.Span[^1] == (byte)'\n'))
        {
            _findings.Add(name, AuditFinding.LinesCut, "After a crash more was cut off than a broken write leaves. A person should read it.");
        }
    }

    // A line made by hand can say any time; the checkpoint over it was signed when it was signed.
    private void LimitRemovals(int first, DateTimeOffset latest)
    {
        for (var i = first; i < _removals.Count; i++)
        {
            _removals[i] = _removals[i] with { At = _removals[i].At < latest ? _removals[i].At : latest };
        }
    }

    private bool IsRemovedForItsAge(FileStem stem, AuditCheckpoint? checkpoint)
    {
        var youngest = checkpoint is null ? stem.Hour : checkpoint.Latest ?? checkpoint.Sealed;
        return _removals.Any(removal => stem.Number <= removal.Through && youngest.AddDays(AuditLogOptions.RetentionDaysMin) <= removal.At);
    }

    private void CheckAbsent()
    {
        foreach (var (stem, checkpoint) in _absent.Where(absent => !IsRemovedForItsAge(absent.Stem, absent.Checkpoint)))
        {
            _findings.Add(new AuditFinding(
                stem + FileStem.Records,
                null,
                null,
                checkpoint?.First,
                checkpoint?.Last,
                AuditFinding.FileMissing,
                "It is missing, and no record says that it was removed for its age."));
        }
    }

    private void CheckHead()
    {
        if (_expected is not { Sequence: > 0 } expected || _hashAtExpected == expected.Hash)
        {
            return;
        }

        if (_hashAtExpected is not null)
        {
            AddHead(AuditFinding.HeadDiffers, $"Its hash is {_hashAtExpected}; expected was {expected.Hash}.");
        }
        else if (_absent.Any(absent => absent.Checkpoint?.First <= expected.Sequence && expected.Sequence <= absent.Checkpoint?.Last))
        {
            AddHead(AuditFinding.HeadTooOld, "The file of the expected head is gone; give a younger head.");
        }
        else
        {
            AddHead(AuditFinding.Cut, $"The log ends at record {_records.Head.Sequence}; the expected head lies behind it.");
        }

        void AddHead(string code, string message) => _findings.Add(new AuditFinding("", null, null, expected.Sequence, null, code, message));
    }

    private void CheckOthers()
    {
        foreach (var name in _names.Others)
        {
            _findings.Add(name, AuditFinding.UnknownFile, "The log did not make it.");
        }

        foreach (var stem in _names.Torn.Where(torn => !_names.Records.Contains(torn)))
        {
            _findings.Add(stem + FileStem.Torn, AuditFinding.UnknownFile, "There is no file that it could have been cut off.");
        }

        foreach (var name in _names.PublicKeys.Where(name => !_keys.IsCopy(name, File.ReadAllText(Path.Combine(_folder, name)))))
        {
            _findings.Add(name, AuditFinding.KeyCopyChanged, "It is not a key of this log.");
        }
    }

    /// <summary>The retention said that it removed everything up to a file.</summary>
    private readonly record struct Removal(int Through, DateTimeOffset At);
}
