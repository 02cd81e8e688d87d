using System.Security.Cryptography;
using CommandCenter.Audit;
using CommandCenter.Audit.Verification;

const int Whole = 0, Damaged = 1, BadUsage = 2, Environment = 3;
const string Usage = """
    Proves an audit log with nothing but the public key: every byte is hashed again, every signature checked.

    Usage: verify-audit --audit FOLDER --public-key FILE [--head SEQ:HASH]

      --audit       folder of the log, or a copy of it
      --public-key  PEM file of a key that signed it, best the newest
      --head        a head noted down earlier: proves that nothing was cut off the end

    Exit codes: 0 whole, 1 something was found, 2 bad usage, 3 something cannot be read.
    """;

if (args is ["--help" or "-h"])
{
    Console.WriteLine(Usage);
    return Whole;
}

string? folder = null, keyFile = null;
AuditHead? head = null;
for (var i = 0; i < args.Length; i += 2)
{
    var value = i + 1 < args.Length ? args[i + 1] : null;
    switch (args[i])
    {
        case "--audit" when value is not null && folder is null:
            folder = value;
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

if (folder is null || keyFile is null)
{
    return Refuse("--audit and --public-key are needed.");
}

using var stopping = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    stopping.Cancel();
};
try
{
    var report = AuditVerifier.Verify(folder, File.ReadAllText(keyFile), head, stopping.Token);
    report.WriteTo(Console.Out);
    return report.IsWhole ? Whole : Damaged;
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
