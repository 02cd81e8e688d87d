using System.Security.Cryptography;
using System.Text;

namespace CommandCenter.Web.Intake;

/// <summary>The key of the intake. The first start makes it; the file can be read by its owner alone.</summary>
internal sealed class ApiKeys
{
    /// <summary>The source that events of this key belong to; ids are unique in it.</summary>
    public const string IntakeSource = "intake";

    private const int KeyBytes = 32;
    private const string Prefix = "cck_";

    private readonly byte[] _hash;

    private ApiKeys(string file, string key)
    {
        File = file;
        _hash = SHA256.HashData(Encoding.UTF8.GetBytes(key));
    }

    /// <summary>Where the key is.</summary>
    public string File { get; }

    /// <summary>Reads the key of a data directory, or makes one.</summary>
    /// <exception cref="IOException">The file cannot be read or made.</exception>
    public static ApiKeys Open(string dataDirectory)
    {
        var directory = Path.Combine(dataDirectory, "keys");
        var file = Path.Combine(directory, "intake.key");
        if (!System.IO.File.Exists(file))
        {
            Make(directory, file);
        }

        var key = System.IO.File.ReadAllText(file).Trim();
        return key.Length >= KeyBytes
            ? new ApiKeys(file, key)
            : throw new IOException($"{file} holds no key of at least {KeyBytes} characters.");
    }

    /// <summary>The source of a request, or <see langword="null"/> when its key is wrong.</summary>
    public string? SourceOf(string? authorization)
    {
        const string Scheme = "Bearer ";
        if (authorization is null || !authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(authorization[Scheme.Length..].Trim()));
        return CryptographicOperations.FixedTimeEquals(hash, _hash) ? IntakeSource : null;
    }

    private static void Make(string directory, string file)
    {
        _ = Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

        // Written whole under another name first: a start that is killed here must not leave half a key.
        var temporary = file + ".new";
        System.IO.File.Delete(temporary);
        using (var stream = new FileStream(temporary, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        }))
        {
            stream.Write(Encoding.ASCII.GetBytes(Prefix + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(KeyBytes)) + "\n"));
            stream.Flush(flushToDisk: true);
        }

        System.IO.File.Move(temporary, file);
    }
}
