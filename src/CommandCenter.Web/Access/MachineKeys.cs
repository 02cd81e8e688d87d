using System.Security.Cryptography;
using System.Text;

namespace CommandCenter.Web.Access;

/// <summary>The keys by which machines are known: who sends events, wall computers, whoever reads the metrics.</summary>
/// <remarks>The first start makes them; each file can be read by its owner alone. A file that is deleted makes way for a new key at the next start.</remarks>
internal sealed class MachineKeys
{
    /// <summary>The source that events of the intake's key belong to; ids are unique in it.</summary>
    public const string IntakeSource = "intake";

    /// <summary>What a <c>Authorization</c> header begins with.</summary>
    public const string Scheme = "Bearer ";

    private const int KeyBytes = 32;
    private const int FingerprintChars = 8;
    private const string Prefix = "cck_";

    private readonly (byte[] Hash, Viewer Machine)[] _known;

    private MachineKeys(string directory, (byte[] Hash, Viewer Machine)[] known)
    {
        Directory = directory;
        _known = known;
    }

    /// <summary>Where the key files are.</summary>
    public string Directory { get; }

    /// <summary>The key of the intake.</summary>
    public string IntakeFile => Path.Combine(Directory, "intake.key");

    /// <summary>The key of wall computers.</summary>
    public string WallFile => Path.Combine(Directory, "wall.key");

    /// <summary>The key of scripts that run the system.</summary>
    public string OperateFile => Path.Combine(Directory, "operate.key");

    /// <summary>The key for the metrics.</summary>
    public string MetricsFile => Path.Combine(Directory, "metrics.key");

    /// <summary>Reads the keys of a data directory, and makes those that are missing.</summary>
    /// <exception cref="IOException">A file cannot be read or made.</exception>
    public static MachineKeys Open(string dataDirectory)
    {
        var files = new MachineKeys(Path.Combine(dataDirectory, "keys"), []);
        return new MachineKeys(
            files.Directory,
            [
                Known(files.IntakeFile, _ => Viewer.Machine(IntakeSource, Role.IngestSource)),
                Known(files.WallFile, static fingerprint => Viewer.Machine("wall-" + fingerprint, Role.WallDevice)),
                Known(files.OperateFile, static fingerprint => Viewer.Machine("operator-" + fingerprint, Role.Operator)),
                Known(files.MetricsFile, static _ => Viewer.Machine("metrics", Role.MetricsReader)),
            ]);
    }

    /// <summary>Whose key it is, or <see langword="null"/> when nobody's.</summary>
    public Viewer? Find(ReadOnlySpan<char> key)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        Span<byte> bytes = stackalloc byte[256];
        if (!Encoding.UTF8.TryGetBytes(key, bytes, out var length))
        {
            return null;
        }

        _ = SHA256.HashData(bytes[..length], hash);
        Viewer? found = null;
        foreach (var (known, machine) in _known)
        {
            // All of them, whatever the first says: the time tells nothing.
            found = CryptographicOperations.FixedTimeEquals(hash, known) ? machine : found;
        }

        return found;
    }

    /// <summary>Whether a machine that signed in earlier still has the key of today.</summary>
    public bool IsKnown(string machine) => _known.Any(known => known.Machine.Id == machine);

    private static (byte[] Hash, Viewer Machine) Known(string file, Func<string, Viewer> machineOf)
    {
        if (!File.Exists(file))
        {
            Make(file);
        }

        var key = File.ReadAllText(file).Trim();
        if (key.Length < KeyBytes)
        {
            throw new IOException($"{file} holds no key of at least {KeyBytes} characters.");
        }

        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(key));
        return (hash, machineOf(Convert.ToHexStringLower(hash)[..FingerprintChars]));
    }

    private static void Make(string file)
    {
        _ = System.IO.Directory.CreateDirectory(Path.GetDirectoryName(file)!, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

        // Written whole under another name first: a start that is killed here must not leave half a key.
        var temporary = file + ".new";
        File.Delete(temporary);
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

        File.Move(temporary, file);
    }
}
