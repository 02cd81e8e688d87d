using System.Security.Cryptography;
using System.Text;
using CommandCenter.Audit.Format;

namespace CommandCenter.Audit.Writing;

/// <summary>The signing key: a PEM file of mode 600 that lies outside what it protects, and the public half beside it.</summary>
internal sealed class AuditKey : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Others = ~(UnixFileMode.UserRead | UnixFileMode.UserWrite);

    private readonly ECDsa _key;
    private readonly Lock _gate = new(); // The writer's thread seals while somebody exports evidence.

    private AuditKey(ECDsa key)
    {
        _key = key;
        Public = PublicKey.FromEncoded(key.ExportSubjectPublicKeyInfo());
    }

    /// <summary>The half that proves.</summary>
    public PublicKey Public { get; }

    /// <summary>Reads a key, or makes one where there is none.</summary>
    /// <exception cref="AuditException">It cannot be used.</exception>
    public static AuditKey OpenOrMake(string file, AuditDisk disk)
    {
        try
        {
            if (!File.Exists(file))
            {
                using var made = ECDsa.Create(ECCurve.NamedCurves.nistP256);
                _ = Directory.CreateDirectory(Path.GetDirectoryName(file)!, OwnerOnly | UnixFileMode.UserExecute);
                disk.Put(file, Encoding.ASCII.GetBytes(made.ExportPkcs8PrivateKeyPem() + "\n"));
            }

            var key = Read(file);
            key.PutPublic(file + AuditFolder.PublicKeyEnding, disk);
            return key;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Unusable(file, exception.Message, exception);
        }
    }

    /// <summary>Reads the key that was in use before, if it is still there: <c>FILE.old</c>.</summary>
    /// <exception cref="AuditException">It is there and cannot be used.</exception>
    public static AuditKey? OpenOld(string file) => File.Exists(file + ".old") ? Read(file + ".old") : null;

    /// <summary>Puts the public half where everybody may read it.</summary>
    /// <exception cref="IOException">The disk fails.</exception>
    public void PutPublic(string file, AuditDisk disk)
    {
        if (!File.Exists(file) || File.ReadAllText(file) != Public.Pem)
        {
            disk.Put(file, Encoding.ASCII.GetBytes(Public.Pem));
            File.SetUnixFileMode(file, OwnerOnly | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        }
    }

    public byte[] Sign(ReadOnlySpan<byte> data)
    {
        lock (_gate)
        {
            return _key.SignData(data, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        }
    }

    public void Dispose()
    {
        _key.Dispose();
        Public.Dispose();
    }

    private static AuditKey Read(string file)
    {
        if ((File.GetUnixFileMode(file) & Others) != 0)
        {
            throw Unusable(file, "it must be readable for its owner alone: chmod 600", innerException: null);
        }

        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(File.ReadAllText(file));
            return new AuditKey(key);
        }
        catch (Exception exception) when (exception is CryptographicException or ArgumentException)
        {
            key.Dispose();
            throw Unusable(file, "it is no private key of P-256 in PEM", exception);
        }
    }

    private static AuditException Unusable(string file, string why, Exception? innerException) =>
        new(AuditException.KeyUnusable, $"The audit key {file} cannot be used: {why}.", innerException);
}
