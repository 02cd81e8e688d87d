using System.Security.Cryptography;

namespace CommandCenter.Audit.Format;

/// <summary>The half of a key that proves: ECDSA on P-256 with SHA-256.</summary>
internal sealed class PublicKey : IDisposable
{
    private readonly ECDsa _key;

    private PublicKey(ECDsa key)
    {
        _key = key;
        Encoded = key.ExportSubjectPublicKeyInfo();
        Fingerprint = Convert.ToHexStringLower(SHA256.HashData(Encoded));
    }

    /// <summary>SubjectPublicKeyInfo, DER.</summary>
    public byte[] Encoded { get; }

    /// <summary>SHA-256 of <see cref="Encoded"/>, 64 lower-case digits.</summary>
    public string Fingerprint { get; }

    /// <summary>As a PEM file.</summary>
    public string Pem => _key.ExportSubjectPublicKeyInfoPem() + "\n";

    /// <exception cref="CryptographicException">It is not a public key of P-256.</exception>
    public static PublicKey FromPem(string pem)
    {
        try
        {
            return Import(key => key.ImportFromPem(pem));
        }
        catch (ArgumentException exception)
        {
            throw new CryptographicException("There is no public key in PEM in it.", exception);
        }
    }

    /// <exception cref="CryptographicException">It is not a public key of P-256.</exception>
    public static PublicKey FromEncoded(byte[] encoded) => Import(key => key.ImportSubjectPublicKeyInfo(encoded, out _));

    public bool IsSigned(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature) =>
        _key.VerifyData(data, signature, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);

    public void Dispose() => _key.Dispose();

    private static PublicKey Import(Action<ECDsa> read)
    {
        var key = ECDsa.Create();
        try
        {
            read(key);
            return key.KeySize == 256 ? new PublicKey(key) : throw new CryptographicException("It is not a key of P-256.");
        }
        catch
        {
            key.Dispose();
            throw;
        }
    }
}
