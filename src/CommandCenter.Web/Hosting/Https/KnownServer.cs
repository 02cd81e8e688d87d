using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace CommandCenter.Web.Hosting.Https;

/// <summary>Connecting to a server whose certificate nobody vouches for, but whose key is known from a file, as one knows a host of SSH.</summary>
internal static class KnownServer
{
    /// <summary>A handler that lets in the one server whose key stands in the file; without a file those that the machine's roots vouch for.</summary>
    /// <exception cref="ConfigurationException">The file holds no certificate.</exception>
    public static SocketsHttpHandler Handler(string? certificateFile)
    {
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false };
        if (certificateFile is not null)
        {
            var known = KeyHashOf(certificateFile);

            // The key alone decides: names and dates of a certificate that nobody signed say nothing.
            handler.SslOptions.RemoteCertificateValidationCallback = (_, shown, _, _) => shown is X509Certificate2 certificate && HashOf(certificate) == known;
        }

        return handler;
    }

    /// <summary>SHA-256 over the public key of a certificate, base64: what browsers and curl call a pin.</summary>
    /// <exception cref="ConfigurationException">The file holds no certificate.</exception>
    public static string KeyHashOf(string certificateFile)
    {
        try
        {
            using var certificate = X509CertificateLoader.LoadCertificateFromFile(certificateFile);
            return HashOf(certificate);
        }
        catch (Exception exception) when (exception is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException($"{certificateFile} holds no certificate: {exception.Message}", exception);
        }
    }

    private static string HashOf(X509Certificate2 certificate) => Convert.ToBase64String(SHA256.HashData(certificate.PublicKey.ExportSubjectPublicKeyInfo()));
}
