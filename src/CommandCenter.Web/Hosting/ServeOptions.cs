using System.Net;
using CommandCenter.Web.Hosting.Https;

namespace CommandCenter.Web.Hosting;

/// <summary>How the server runs. Bound from the command line by <see cref="ServeCommand"/>.</summary>
internal sealed class ServeOptions
{
    private const int PartitionCountMax = 64;

    /// <summary>Where the data lives.</summary>
    public string DataDirectory { get; set; } = "data";

    /// <summary>Folder of <c>courts.json</c>, <c>nodes.json</c>, walls and imports.</summary>
    public string ConfigDirectory { get; set; } = "wallboard-config";

    /// <summary>A JSON file with sections of settings (Accounts, Limits, Oidc …), which go before those of the environment; <see langword="null"/> for none.</summary>
    public string? SettingsFile { get; set; }

    /// <summary>Where to listen, one or more separated by semicolons: <c>http://HOST:PORT</c> or <c>https://HOST:PORT</c>. Port 0 takes a free one.</summary>
    public string Urls { get; set; } = "http://127.0.0.1:8080";

    /// <summary>The addresses in <see cref="Urls"/>.</summary>
    public string[] Addresses => Urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>The same, read; what cannot be read is left out and named by <see cref="Validate"/>.</summary>
    public IReadOnlyList<ListenAddress> ListenAddresses => [.. Addresses.Select(ListenAddress.Parse).OfType<ListenAddress>()];

    /// <summary>The certificate of https: PEM, or PKCS #12 (.pfx, .p12); <see langword="null"/> lets the server make its own.</summary>
    public string? CertificateFile { get; set; }

    /// <summary>Its private key, PEM, where it is not in the same file.</summary>
    public string? CertificateKeyFile { get; set; }

    /// <summary>The file with the password of a PKCS #12 file.</summary>
    public string? CertificatePasswordFile { get; set; }

    /// <summary>Certificate and key that the server makes for itself: beside the key of the trace, so outside the data directory.</summary>
    public string OwnCertificateFile =>
        Path.Combine(Path.GetDirectoryName(AuditKeyFile)!, Path.GetFileName(Path.GetFullPath(DataDirectory).TrimEnd(Path.DirectorySeparatorChar)) + ".https.pem");

    /// <summary>Addresses or networks of a proxy that speaks https in front of the server, separated by commas: <c>10.0.0.5</c>, <c>10.0.0.0/24</c>.</summary>
    public string? BehindProxy { get; set; }

    /// <summary>The same, read; empty without a proxy. What cannot be read is left out and named by <see cref="Validate"/>.</summary>
    public IReadOnlyList<IPNetwork> ProxyNetworks => [.. ProxyParts.Select(NetworkOf).OfType<IPNetwork>()];

    private string[] ProxyParts => (BehindProxy ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>Partitions of a new data directory, 1 to 64; <see langword="null"/> takes what the directory has, 4 when it is new.</summary>
    public int? PartitionCount { get; set; }

    /// <summary>Events that may wait per partition; more are answered 429. At least what one request may hold; default 65,536.</summary>
    public int QueueLengthMax { get; set; } = 65_536;

    /// <summary>Bytes of requests, unpacked, that may lie in memory; more are answered 429. Default 1 GiB, as much as 64 of the largest.</summary>
    public long IntakeBytesMax { get; set; } = 1024 * 1024 * 1024;

    /// <summary>How long a client may take for the head of a request; default 10 s.</summary>
    public TimeSpan RequestHeadTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a body may stay below 240 bytes a second before it is given up; more than 1 s, default 5 s.</summary>
    public TimeSpan RequestBodyGrace { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The least important lines that are logged.</summary>
    public LogLevel LogLevelMin { get; set; } = LogLevel.Information;

    /// <summary>The figures are made up; every screen says so.</summary>
    public bool Demonstration { get; set; }

    /// <summary>The private key that signs the trace; outside the data directory. Made when missing; by default beside the data directory.</summary>
    public string AuditKeyFile
    {
        get => field ?? Path.GetFullPath(DataDirectory).TrimEnd(Path.DirectorySeparatorChar) + ".audit-key.pem";
        set;
    }

    /// <summary>Days that the trace is kept; 184 to 36,500, default 184 (网络安全法 21条: six months).</summary>
    public int AuditDays { get; set; } = 184;

    /// <summary>Base address of the InfluxDB that gets a copy of the time series; <see langword="null"/> keeps them here alone.</summary>
    public string? InfluxUrl { get; set; }

    /// <summary>Its database; of 2.x and 3 the name that is mapped to a bucket.</summary>
    public string? InfluxDatabase { get; set; }

    /// <summary>Its user; any name with a token of 2.x and 3.</summary>
    public string? InfluxUser { get; set; }

    /// <summary>Password or token; from the environment only.</summary>
    public string? InfluxPassword { get; set; }

    /// <summary>Every fault of what the command line gives, each naming its option; empty when all is well.</summary>
    public IReadOnlyList<string> Validate()
    {
        var faults = new List<string>();
        if (PartitionCount is < 1 or > PartitionCountMax)
        {
            faults.Add($"--partitions is {PartitionCount}; it must be 1 to {PartitionCountMax}.");
        }

        if (Addresses.Length == 0)
        {
            faults.Add("--urls is empty; it must name an address such as http://127.0.0.1:8080.");
        }

        faults.AddRange(Addresses.Select(FaultOf).OfType<string>());
        faults.AddRange(HttpsFaults());
        faults.AddRange(InfluxFaults());
        return faults;
    }

    private IEnumerable<string> InfluxFaults()
    {
        if (InfluxUrl is null)
        {
            if (InfluxDatabase is not null || InfluxUser is not null)
            {
                yield return "--influx-db and --influx-user say nothing without --influx-url.";
            }

            yield break;
        }

        if (!Uri.TryCreate(InfluxUrl, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https")
            || address.UserInfo.Length > 0 || address.Query.Length > 0 || address.Fragment.Length > 0)
        {
            yield return $"--influx-url has to be of the form http://HOST:PORT, without user and query; the password comes from {Series.SeriesOptions.PasswordVariable}.";
        }

        if (string.IsNullOrWhiteSpace(InfluxDatabase))
        {
            yield return "--influx-db is missing; it names the database of 1.x or the bucket's mapping of 2.x and 3.";
        }
    }

    private IEnumerable<string> HttpsFaults()
    {
        var hasHttps = ListenAddresses.Any(static address => address.IsHttps);
        if (!hasHttps && BehindProxy is null && ListenAddresses.FirstOrDefault(static address => !address.IsLoopback) is { } open)
        {
            yield return $"--urls has http://{open.Host}:{open.Port}, which other machines reach without encryption. Use https, or name the proxy that speaks https in front of it with --behind-proxy.";
        }

        if (BehindProxy is not null && (ProxyParts.Length == 0 || Array.Exists(ProxyParts, static part => NetworkOf(part) is null)))
        {
            yield return $"--behind-proxy is '{BehindProxy}'; it must be addresses or networks such as 10.0.0.5 or 10.0.0.0/24, separated by commas.";
        }

        if (CertificateFile is null ? CertificateKeyFile is not null || CertificatePasswordFile is not null : !hasHttps)
        {
            yield return CertificateFile is null ? "--certificate-key and --certificate-password say nothing without --certificate." : "--certificate says nothing without an https address in --urls.";
        }

        if (CertificateKeyFile is not null && CertificatePasswordFile is not null)
        {
            yield return "--certificate-key is for PEM, --certificate-password for PKCS #12; give one of them.";
        }
    }

    private static IPNetwork? NetworkOf(string text) =>
        IPAddress.TryParse(text, out var address) ? new IPNetwork(address, address.GetAddressBytes().Length * 8)
        : IPNetwork.TryParse(text, out var network) ? network : null;

    private static string? FaultOf(string url) => ListenAddress.Parse(url) switch
    {
        null => $"--urls has {url}; it must be of the form http://HOST:PORT or https://HOST:PORT.",
        { IsLocalhost: true, Port: 0 } => $"--urls has {url}; a free port needs an address, such as http://127.0.0.1:0.",
        _ => null,
    };
}
