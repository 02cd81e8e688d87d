using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace CommandCenter.Web.Tests.Hosting.Https;

/// <summary>Certificates of an authority that the test makes, as a court would bring them.</summary>
internal static class Certificates
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private static readonly DateTimeOffset s_now = TimeProvider.System.GetUtcNow();

    /// <summary>A certificate with its key, signed by a root that is returned beside it.</summary>
    public static (X509Certificate2 Leaf, X509Certificate2 Root) Issue(DateTimeOffset? from = null, DateTimeOffset? to = null, string use = "1.3.6.1.5.5.7.3.1")
    {
        using var rootKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var rootRequest = new CertificateRequest("CN=Court Root", rootKey, HashAlgorithmName.SHA256);
        rootRequest.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var root = rootRequest.CreateSelfSigned(s_now.AddYears(-2), s_now.AddYears(3));
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=centre", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(System.Net.IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(use)], false));
        using var leaf = request.Create(root, from ?? s_now.AddDays(-1), to ?? s_now.AddDays(30), RandomNumberGenerator.GetBytes(8));
        return (leaf.CopyWithPrivateKey(key), X509CertificateLoader.LoadCertificate(root.RawData));
    }

    public static string KeyPem(X509Certificate2 leaf) => leaf.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem();

    /// <summary>Writes a file that only its owner reads.</summary>
    public static string Write(string folder, string name, string text, UnixFileMode mode = OwnerOnly)
    {
        var file = Path.Combine(folder, name);
        File.WriteAllText(file, text);
        File.SetUnixFileMode(file, mode);
        return file;
    }
}
