using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace CommandCenter.Web.Hosting.Https;

/// <summary>The certificate that the server shows at present: the given one, or its own. Connections that come take the one of that moment.</summary>
internal sealed class ServerCertificate
{
    /// <summary>The public half of the server's own, in the data directory's <c>keys</c>, for those who send events and for wall computers.</summary>
    public const string PublicFileName = "https.crt";

    private readonly ServeOptions _serve;
    private volatile Shown _shown;

    /// <summary>Reads the given certificate, or takes or makes the server's own.</summary>
    /// <exception cref="ConfigurationException">It cannot be used; the message says why.</exception>
    public ServerCertificate(ServeOptions serve, DateTimeOffset now)
    {
        _serve = serve;
        _shown = Look(now);
    }

    /// <summary>Whether the server made it.</summary>
    public bool IsOwn => _serve.CertificateFile is null;

    /// <summary>Where it comes from.</summary>
    public string File => _serve.CertificateFile ?? _serve.OwnCertificateFile;

    /// <summary>The copy without the key, of the server's own.</summary>
    public string PublicFile => Path.Combine(_serve.DataDirectory, "keys", PublicFileName);

    /// <summary>SHA-256 over the certificate, as browsers show it.</summary>
    public string Fingerprint => FingerprintOf(_shown.Leaf);

    /// <summary>When it ends.</summary>
    public DateTimeOffset EndsAt => _shown.Leaf.NotAfter.ToUniversalTime();

    /// <summary>The certificate itself.</summary>
    public X509Certificate2 Leaf => _shown.Leaf;

    /// <summary>It and what stands between it and its root, as a handshake sends them.</summary>
    public SslStreamCertificateContext Context => _shown.Context;

    /// <summary>Looks whether the given file changed, or whether the server's own has to be renewed, and shows what it found from now on.</summary>
    /// <returns>The fingerprint before; <see langword="null"/> when nothing changed.</returns>
    /// <exception cref="ConfigurationException">What is there now cannot be used. The one before is shown on.</exception>
    /// <exception cref="IOException">The same.</exception>
    public string? Refresh(DateTimeOffset now)
    {
        if (IsOwn ? EndsAt - now > OwnCertificate.Renewal : StampOf(_serve) == _shown.Stamp)
        {
            return null;
        }

        var before = Fingerprint;
        _shown = Look(now);
        return Fingerprint == before ? null : before;
    }

    private static string FingerprintOf(X509Certificate2 certificate) =>
        string.Join(':', SHA256.HashData(certificate.RawDataMemory.Span).Select(static octet => octet.ToString("X2", System.Globalization.CultureInfo.InvariantCulture)));

    private static (DateTime Certificate, DateTime Key)? StampOf(ServeOptions serve) => serve.CertificateFile is { } file
        ? (System.IO.File.GetLastWriteTimeUtc(file), System.IO.File.GetLastWriteTimeUtc(serve.CertificateKeyFile ?? file)) : null;

    private Shown Look(DateTimeOffset now)
    {
        if (_serve.CertificateFile is { } given)
        {
            var stamp = StampOf(_serve); // Before it is read: what changes meanwhile is seen the next time.
            var (leaf, between) = GivenCertificate.Read(given, _serve.CertificateKeyFile, _serve.CertificatePasswordFile, now);
            return new Shown(leaf, between, stamp);
        }

        var own = OwnCertificate.OpenOrMake(_serve.OwnCertificateFile, OwnCertificate.NamesHere(_serve.ListenAddresses), now);
        _ = Directory.CreateDirectory(Path.GetDirectoryName(PublicFile)!, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        System.IO.File.WriteAllText(PublicFile, own.ExportCertificatePem() + "\n");
        return new Shown(own, [], null);
    }

    private sealed class Shown(X509Certificate2 leaf, X509Certificate2Collection between, (DateTime, DateTime)? stamp)
    {
        public X509Certificate2 Leaf => leaf;

        public (DateTime, DateTime)? Stamp => stamp;

        // Offline: a court's network has no way to whoever issued it.
        public SslStreamCertificateContext Context { get; } = SslStreamCertificateContext.Create(leaf, between, offline: true);
    }
}
