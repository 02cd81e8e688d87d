using System.CommandLine;
using CommandCenter.Testing;
using CommandCenter.Web.Hosting;

namespace CommandCenter.Web.Tests.Hosting;

public sealed class ServeCommandTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly StringWriter _error = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Data => Path.Combine(_directory.Path, "data");

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("--partitions is 0; it must be 1 to 64.", "--partitions", "0")]
    [InlineData("--partitions is 65; it must be 1 to 64.", "--partitions", "65")]
    [InlineData("--partitions is -1; it must be 1 to 64.", "--partitions", "-1")]
    [InlineData("--urls is empty", "--urls", "")]
    [InlineData("--urls is empty", "--urls", ";")]
    [InlineData("must be of the form http://HOST:PORT", "--urls", "localhost:8080")]
    [InlineData("must be of the form http://HOST:PORT", "--urls", "8080")]
    [InlineData("must be of the form http://HOST:PORT", "--urls", "ftp://127.0.0.1:8080")]
    [InlineData("must be of the form http://HOST:PORT", "--urls", "http://")]
    [InlineData("must be of the form http://HOST:PORT", "--urls", "http://:8080")]
    [InlineData("must be of the form http://HOST:PORT", "--urls", "http:8080")]
    [InlineData("must be of the form http://HOST:PORT", "--urls", "http://127.0.0.1:80x")]
    [InlineData("must be of the form http://HOST:PORT", "--urls", "http://127.0.0.1:65536")]
    [InlineData("must be of the form http://HOST:PORT", "--urls", "http://127.0.0.1:8080/wall")]
    [InlineData("must be of the form http://HOST:PORT", "--urls", "http://127.0.0.1:8080?lang=en")]
    [InlineData("must be of the form http://HOST:PORT", "--urls", "http://127.0.0.1:8080#main")]
    [InlineData("--urls has nonsense", "--urls", "http://127.0.0.1:0;nonsense")]
    [InlineData("without encryption", "--urls", "http://0.0.0.0:8080")]
    [InlineData("without encryption", "--urls", "http://*:8080")]
    [InlineData("without encryption", "--urls", "http://127.0.0.1:8080;http://10.0.0.7:80")]
    [InlineData("--behind-proxy is 'nginx'", "--behind-proxy", "nginx")]
    [InlineData("--behind-proxy is ','", "--behind-proxy", ",")]
    [InlineData("say nothing without --certificate", "--urls", "https://127.0.0.1:8443", "--certificate-key", "/etc/key.pem")]
    [InlineData("without an https address", "--certificate", "/etc/certificate.pem")]
    [InlineData("give one of them", "--urls", "https://127.0.0.1:8443", "--certificate", "/a", "--certificate-key", "/b", "--certificate-password", "/c")]
    [InlineData("--certificate /no/such/file.pem cannot be used", "--urls", "https://127.0.0.1:8443", "--certificate", "/no/such/file.pem")]
    [InlineData("a free port needs an address", "--urls", "http://localhost:0")]
    [InlineData("--influx-db is missing", "--influx-url", "http://127.0.0.1:8086")]
    [InlineData("--influx-url has to be of the form", "--influx-url", "127.0.0.1:8086", "--influx-db", "kpi")]
    [InlineData("--influx-url has to be of the form", "--influx-url", "http://user:secret@127.0.0.1:8086", "--influx-db", "kpi")]
    [InlineData("--influx-url has to be of the form", "--influx-url", "http://127.0.0.1:8086/?db=kpi", "--influx-db", "kpi")]
    [InlineData("say nothing without --influx-url", "--influx-db", "kpi")]
    [InlineData("say nothing without --influx-url", "--influx-user", "cc")]
    public async Task Wrong_options_exit_with_2_and_say_which_before_anything_is_written(string message, params string[] arguments)
    {
        Assert.Equal(2, await Run(arguments));

        Assert.Contains(message, _error.ToString(), StringComparison.Ordinal);
        Assert.False(Directory.Exists(Data));
    }

    [Fact]
    public async Task Every_wrong_option_is_named_at_once()
    {
        Assert.Equal(2, await Run("--partitions", "0", "--urls", "one;two"));

        Assert.Equal(3, _error.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Theory]
    [InlineData("http://127.0.0.1:8080")]
    [InlineData("http://127.0.0.1:8080/")]
    [InlineData("http://127.0.0.1:0")]
    [InlineData("http://[::1]:8080")]
    [InlineData("HTTP://localhost:8080")]
    [InlineData("http://127.0.0.1:8080;http://[::1]:8080; https://10.0.0.7:443;")]
    [InlineData("https://0.0.0.0:8443")]
    [InlineData("https://*:8443;http://+:8080")]
    [InlineData("https://centre.court.example:8443")]
    public void Addresses_that_the_server_can_listen_on_are_taken(string urls) =>
        Assert.Empty(new ServeOptions { Urls = urls }.Validate());

    [Theory]
    [InlineData("http://0.0.0.0:8080", "10.0.0.5")]
    [InlineData("http://*:8080", "10.0.0.0/24, fd00::5")]
    [InlineData("http://server:8080", "127.0.0.1")]
    public void Behind_a_proxy_that_speaks_https_plain_http_may_be_reached_from_elsewhere(string urls, string proxy) =>
        Assert.Empty(new ServeOptions { Urls = urls, BehindProxy = proxy }.Validate());

    [Theory]
    [InlineData(null)]
    [InlineData(1)]
    [InlineData(64)]
    public void One_to_64_partitions_are_taken(int? count) => Assert.Empty(new ServeOptions { PartitionCount = count }.Validate());

    private Task<int> Run(params string[] arguments)
    {
        string[] all = [.. arguments, "--data", Data, "--config", RepositoryRoot.Combine("wallboard-config")];
        var parsed = new ServeCommand().Build().Parse(all);
        Assert.Empty(parsed.Errors);
        return parsed.InvokeAsync(new() { Output = TextWriter.Null, Error = _error }, Token);
    }
}
