using System.Security.Cryptography;
using CommandCenter.Audit;
using CommandCenter.Audit.Evidence;
using CommandCenter.Audit.Verification;

const int Whole = 0, Damaged = 1, BadUsage = 2, Environment = 3;
const string Usage = """
    Proves an audit log, or a pack of video evidence, with nothing but the public key: every byte is hashed again, every signature checked.

    Usage: verify-audit --audit FOLDER --public-key FILE [--head SEQ:HASH]
           verify-audit --evidence PACK --public-key FILE
           verify-audit --recordings FOLDER

      --audit       folder of the log, or a copy of it
      --evidence    folder or ZIP of a pack of evidence
      --recordings  folder of the recordings of one camera, where they lie: proves that they fit together; nothing is signed there
      --public-key  PEM file of a key that signed it, best the newest
      --head        a head noted down earlier: proves that nothing was cut off the end

    Exit codes: 0 whole, 1 something was found, 2 bad usage, 3 something cannot be read.
    """;

if (args is ["--help" or "-h"])
{
    Console.WriteLine(Usage);
    return Whole;
}

string? folder = null, evidence = null, recordings = null, keyFile = null;
AuditHead? head = null;
for (var i = 0; i < args.Length; i += 2)
{
    var value = i + 1 < args.Length ? args[i + 1] : null;
    switch (args[i])
    {
        case "--audit" when value is not null && folder is null:
            folder = value;
            break;
        case "--evidence" when value is not null && evidence is null:
            evidence = value;
            break;
        case "--recordings" when value is not null && recordings is null:
            recordings = value;
            break;
        case "--public-key" when value is not null && keyFile is null:
            keyFile = value;
            break;
        case "--head" when value is not null && head is null && AuditHead.Parse(value) is { } parsed:
            head = parsed;
            break;
        default:
            return Refuse($"Not understood: {args[i]} {value}");
    }
}

if (!((folder, evidence, recordings, keyFile, head) is (not null, null, null, not null, _) or (null, not null, null, not null, null) or (null, null, not null, null, null)))
{
    return Refuse("--audit or --evidence is needed with --public-key, or --recordings alone.");
}

using var stopping = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    stopping.Cancel();
};
try
{
    if (folder is not null)
    {
        var report = AuditVerifier.Verify(folder, File.ReadAllText(keyFile!), head, stopping.Token);
        report.WriteTo(Console.Out);
        return report.IsWhole ? Whole : Damaged;
    }

    var video = evidence is not null
        ? EvidenceVerifier.Verify(evidence, File.ReadAllText(keyFile!), stopping.Token)
        : CameraVerifier.Verify(recordings!, stopping.Token);
    video.WriteTo(Console.Out);
    return video.IsWhole ? Whole : Damaged;
}
catch (CryptographicException exception)
{
    return Refuse($"{keyFile}: {exception.Message}");
}
catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
{
    Console.Error.WriteLine(exception.Message);
    return Environment;
}
catch (OperationCanceledException)
{
    Console.Error.WriteLine("Stopped before the end: nothing is proved.");
    return Environment;
}

static int Refuse(string why)
{
    Console.Error.WriteLine(why);
    Console.Error.WriteLine(Usage);
    return BadUsage;
}
