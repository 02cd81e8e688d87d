using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace CommandCenter.Web.Hosting.Https;

/// <summary>Reads the certificate that the operator gave: PEM with its key in the same or another file, or PKCS #12 with a password in a file.</summary>
internal static class GivenCertificate
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    /// <summary>The certificate with its key, and what stands between it and the root.</summary>
    /// <exception cref="ConfigurationException">A file cannot be read, belongs to another certificate, or the certificate is of no use to a server.</exception>
    public static (X509Certificate2 Leaf, X509Certificate2Collection Between) Read(string file, string? keyFile, string? passwordFile, DateTimeOffset now)
    {
        try
        {
            foreach (var secret in new[] { keyFile ?? file, passwordFile }.OfType<string>())
            {
                RefuseOpen(secret);
            }

            var (leaf, between) = passwordFile is not null || Path.GetExtension(file) is ".pfx" or ".p12" ? ReadPkcs12(file, passwordFile) : ReadPem(file, keyFile);
            return FaultOf(leaf, now) is { } fault ? throw new ConfigurationException($"--certificate {file} {fault}", null) : (leaf, between);
        }
        catch (Exception exception) when (exception is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException($"--certificate {file} cannot be used: {exception.Message}", exception);
        }
    }

    private static (X509Certificate2 Leaf, X509Certificate2Collection Between) ReadPem(string file, string? keyFile)
    {
        var leaf = X509Certificate2.CreateFromPemFile(file, keyFile);
        var between = new X509Certificate2Collection();
        between.ImportFromPemFile(file);
        return (leaf, Without(leaf, between));
    }

    private static (X509Certificate2 Leaf, X509Certificate2Collection Between) ReadPkcs12(string file, string? passwordFile)
    {
        var password = passwordFile is null ? null : File.ReadAllText(passwordFile).TrimEnd('\r', '\n');
        var all = X509CertificateLoader.LoadPkcs12CollectionFromFile(file, password);
        var leaf = all.FirstOrDefault(static one => one.HasPrivateKey) ?? throw new CryptographicException("It holds no private key.");
        return (leaf, Without(leaf, all));
    }

    private static X509Certificate2Collection Without(X509Certificate2 leaf, X509Certificate2Collection all) =>
        [.. all.Where(one => !one.RawDataMemory.Span.SequenceEqual(leaf.RawDataMemory.Span))];

    private static string? FaultOf(X509Certificate2 leaf, DateTimeOffset now) =>
        leaf.NotAfter.ToUniversalTime() <= now ? $"ended on {leaf.NotAfter:yyyy-MM-dd}."
        : leaf.NotBefore.ToUniversalTime() > now ? $"begins on {leaf.NotBefore:yyyy-MM-dd}."
        : leaf.Extensions.OfType<X509EnhancedKeyUsageExtension>().FirstOrDefault() is { } uses && !uses.EnhancedKeyUsages.OfType<Oid>().Any(static use => use.Value == ServerAuthentication)
            ? "is not for servers." : null;

    // A group such as ssl-cert may read a key; the whole machine may not.
    private static void RefuseOpen(string file)
    {
        if ((File.GetUnixFileMode(file) & (UnixFileMode.OtherRead | UnixFileMode.OtherWrite)) != 0)
        {
            throw new ConfigurationException($"{file} holds a secret and can be read by everybody on this machine. chmod 600 it.", null);
        }
    }
}
