using System.Globalization;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace CommandCenter.Web.Hosting.Https;

/// <summary>
/// The certificate that the server makes for itself where it was given none. Nobody vouches for it, so whoever connects has to be told once
/// which it is: by its fingerprint, or by the file in the data directory's <c>keys</c>.
/// </summary>
/// <remarks>A renewal keeps the key: a wall computer that knows the key does not notice it.</remarks>
internal static class OwnCertificate
{
    /// <summary>How long one lasts. Browsers refuse more than 398 days.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromDays(397);

    /// <summary>How long before its end the next one is made.</summary>
    public static readonly TimeSpan Renewal = TimeSpan.FromDays(30);

    private const int NamesMax = 64;
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private static readonly TimeSpan s_clockSlack = TimeSpan.FromHours(1); // Another computer's clock may be behind.

    /// <summary>Takes the one in a file, or makes one: the first, one that lasts, or one for names that have come.</summary>
    /// <param name="file">Certificate and private key, PEM; only its owner may read it.</param>
    /// <param name="names">Names and addresses under which the server is reached.</param>
    /// <param name="now">The present.</param>
    /// <exception cref="ConfigurationException">The file is no certificate with a key, or others may read it.</exception>
    /// <exception cref="IOException">It cannot be read or written.</exception>
    public static X509Certificate2 OpenOrMake(string file, IReadOnlyList<string> names, DateTimeOffset now)
    {
        using var old = File.Exists(file) ? Read(file) : null;
        if (old is not null && old.NotAfter.ToUniversalTime() - now > Renewal && names.All(NamesOf(old).Contains))
        {
            return Read(file);
        }

        using var key = old?.GetECDsaPrivateKey() ?? ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var made = Make(key, names, now);
        Write(file, made.ExportCertificatePem() + "\n" + key.ExportPkcs8PrivateKeyPem() + "\n");
        return Read(file);
    }

    /// <summary>The names and addresses that this machine knows of itself, beside those it was told.</summary>
    public static IReadOnlyList<string> NamesHere(IEnumerable<ListenAddress> addresses)
    {
        var told = addresses.Select(static address => address.Name ?? address.Number?.ToString()).OfType<string>();
        var own = AddressesHere();
        return [.. new[] { "localhost", "127.0.0.1", "::1", Dns.GetHostName() }.Concat(told).Concat(own)
            .Where(static name => name is not ("0.0.0.0" or "::")).Select(static name => name.ToLowerInvariant()).Distinct().Take(NamesMax)];
    }

    private static IReadOnlyList<string> AddressesHere()
    {
        try
        {
            return [.. NetworkInterface.GetAllNetworkInterfaces()
                .Where(static card => card.OperationalStatus == OperationalStatus.Up)
                .SelectMany(static card => card.GetIPProperties().UnicastAddresses)
                .Select(static one => one.Address)
                .Where(static address => !address.IsIPv6LinkLocal && address.AddressFamily is AddressFamily.InterNetwork or AddressFamily.InterNetworkV6)
                .Select(static address => address.ToString())];
        }
        catch (NetworkInformationException)
        {
            return []; // A service that may not ask the kernel for them is reached by the names that it was told.
        }
    }

    private static HashSet<string> NamesOf(X509Certificate2 certificate)
    {
        var names = certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().Single();
        return [.. names.EnumerateDnsNames(), .. names.EnumerateIPAddresses().Select(static address => address.ToString())];
    }

    private static X509Certificate2 Make(ECDsa key, IReadOnlyList<string> names, DateTimeOffset now)
    {
        var request = new CertificateRequest("CN=CommandCenter", key, HashAlgorithmName.SHA256);
        var alternatives = new SubjectAlternativeNameBuilder();
        foreach (var name in names)
        {
            if (IPAddress.TryParse(name, out var address))
            {
                alternatives.AddIpAddress(address);
            }
            else
            {
                alternatives.AddDnsName(name);
            }
        }

        request.CertificateExtensions.Add(alternatives.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: false, hasPathLengthConstraint: false, pathLengthConstraint: 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(ServerAuthentication)], critical: false));
        return request.CreateSelfSigned(now - s_clockSlack, now + Life);
    }

    private static X509Certificate2 Read(string file)
    {
        if ((File.GetUnixFileMode(file) & ~OwnerOnly) != 0)
        {
            throw new ConfigurationException($"{file} holds the private key of https and can be read by others. chmod 600 it, or delete it to have another made.", null);
        }

        try
        {
            return X509Certificate2.CreateFromPemFile(file);
        }
        catch (CryptographicException exception)
        {
            throw new ConfigurationException($"{file} is no certificate with its key: {exception.Message} Delete it to have another made.", exception);
        }
    }

    private static void Write(string file, string text)
    {
        // Whole under another name first: a start that is killed here must not leave half a key.
        var temporary = string.Create(CultureInfo.InvariantCulture, $"{file}.new");
        File.Delete(temporary);
        using (var stream = new StreamWriter(new FileStream(temporary, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = OwnerOnly })))
        {
            stream.Write(text);
        }

        File.Move(temporary, file, overwrite: true);
    }
}
