using System.CommandLine;
using CommandCenter.Web.Series;

namespace CommandCenter.Web.Hosting;

/// <summary>The verb <c>serve</c>: the server.</summary>
internal sealed class ServeCommand
{
    private readonly Option<string> _data = DirectoryOption.Data("Where the data lives.");
    private readonly Option<string?> _config = DirectoryOption.Config();
    private readonly Option<string?> _settings = new("--settings") { Description = "A JSON file with sections of settings, which go before those of the environment.", HelpName = "FILE" };
    private readonly Option<string> _urls = new("--urls") { Description = "Where to listen.", DefaultValueFactory = _ => "http://127.0.0.1:8080" };
    private readonly Option<string?> _certificate = new("--certificate") { Description = "The certificate of https, PEM or PKCS #12 (one that the server makes itself).", HelpName = "FILE" };
    private readonly Option<string?> _certificateKey = new("--certificate-key") { Description = "Its private key, PEM, where it stands in another file.", HelpName = "FILE" };
    private readonly Option<string?> _certificatePassword = new("--certificate-password") { Description = "A file with the password of a PKCS #12 file.", HelpName = "FILE" };
    private readonly Option<string?> _behindProxy = new("--behind-proxy") { Description = "A proxy speaks https in front of the server: its addresses or networks, separated by commas. Plain http is then answered to it alone.", HelpName = "ADDRESSES" };
    private readonly Option<bool> _demonstration = new("--demonstration") { Description = "Say on every screen that the figures are made up." };
    private readonly Option<int?> _partitions = new("--partitions") { Description = "Partitions of a new data directory, 1 to 64 (4).", HelpName = "N" };
    private readonly Option<string?> _auditKey = new("--audit-key") { Description = "The key that signs the trace of looks and acts; made when missing (DATA.audit-key.pem).", HelpName = "FILE" };
    private readonly Option<int> _auditDays = new("--audit-days") { Description = "Days that the trace is kept, 184 or more.", HelpName = "N", DefaultValueFactory = _ => 184 };
    private readonly Option<string?> _influxUrl = new("--influx-url") { Description = $"An InfluxDB that gets a copy of the time series; the password or token is read from {SeriesOptions.PasswordVariable}.", HelpName = "URL" };
    private readonly Option<string?> _influxDatabase = new("--influx-db") { Description = "Its database.", HelpName = "NAME" };
    private readonly Option<string?> _influxUser = new("--influx-user") { Description = "Its user.", HelpName = "NAME" };

    /// <summary>The command, ready to hang under the root.</summary>
    public Command Build()
    {
        var command = new Command("serve", "Serve the command centre. Exit codes: 0 stopped cleanly, 2 bad usage or configuration, 3 environment.")
        {
            _data, _config, _settings, _urls, _certificate, _certificateKey, _certificatePassword, _behindProxy, _demonstration, _partitions, _auditKey, _auditDays, _influxUrl, _influxDatabase, _influxUser,
        };
        command.SetAction((arguments, cancellationToken) => VerbErrors.CatchAsync(arguments, _ => ServeAsync(arguments, cancellationToken)));
        return command;
    }

    private async Task<int> ServeAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var options = new ServeOptions
        {
            DataDirectory = Path.GetFullPath(arguments.GetRequiredValue(_data)),
            ConfigDirectory = ConfigDirectory.Find(arguments.GetValue(_config)),
            SettingsFile = FullPath(arguments.GetValue(_settings)),
            Urls = arguments.GetRequiredValue(_urls),
            CertificateFile = FullPath(arguments.GetValue(_certificate)),
            CertificateKeyFile = FullPath(arguments.GetValue(_certificateKey)),
            CertificatePasswordFile = FullPath(arguments.GetValue(_certificatePassword)),
            BehindProxy = arguments.GetValue(_behindProxy),
            PartitionCount = arguments.GetValue(_partitions),
            Demonstration = arguments.GetValue(_demonstration),
            AuditDays = arguments.GetValue(_auditDays),
            InfluxUrl = arguments.GetValue(_influxUrl),
            InfluxDatabase = arguments.GetValue(_influxDatabase),
            InfluxUser = arguments.GetValue(_influxUser),
            InfluxPassword = Environment.GetEnvironmentVariable(SeriesOptions.PasswordVariable),
        };
        if (arguments.GetValue(_auditKey) is { } auditKey)
        {
            options.AuditKeyFile = Path.GetFullPath(auditKey);
        }

        await using var product = await ProductApp.OpenAsync(options, cancellationToken);
        await product.RunAsync(cancellationToken);
        return ExitCodes.Done;
    }

    private static string? FullPath(string? file) => file is null ? null : Path.GetFullPath(file);
}
