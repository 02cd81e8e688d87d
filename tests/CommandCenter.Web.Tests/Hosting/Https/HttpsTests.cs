using System.Net;
using System.Net.Http.Json;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using CommandCenter.Testing;
using CommandCenter.Web.Access;
using CommandCenter.Web.Accounts;
using CommandCenter.Web.Hosting.Https;
using CommandCenter.Web.Tests.Access;
using Microsoft.Extensions.DependencyInjection;

namespace CommandCenter.Web.Tests.Hosting.Https;

/// <summary>The running product over TLS: certificates, cookies, headers, and what plain HTTP is still good for.</summary>
public sealed class HttpsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_servers_own_certificate_is_kept_apart_and_its_key_lets_a_client_know_the_server()
    {
        await using var product = await ProductUnderTest.StartAsync(static serve => serve.Urls = "https://127.0.0.1:0");
        var certificate = product.Services.GetRequiredService<ServerCertificate>();
        using var known = new HttpClient(KnownServer.Handler(certificate.PublicFile)) { BaseAddress = product.Address };
        using var stranger = new HttpClient(KnownServer.Handler(null)) { BaseAddress = product.Address };

        Assert.Contains("ready", await known.GetStringAsync(new Uri("/health/ready", UriKind.Relative), Token), StringComparison.Ordinal);
        Assert.IsType<AuthenticationException>((await Assert.ThrowsAsync<HttpRequestException>(() => stranger.GetStringAsync(new Uri("/health/ready", UriKind.Relative), Token))).InnerException);
        Assert.StartsWith(product.DataDirectory + ".", certificate.File, StringComparison.Ordinal); // Beside the data, not in it.
        Assert.DoesNotContain("PRIVATE", File.ReadAllText(certificate.PublicFile), StringComparison.Ordinal);
        File.Delete(certificate.File);
    }

    [Fact]
    public async Task Over_https_cookies_are_bound_to_the_host_and_the_browser_is_told_to_stay_with_https()
    {
        await using var product = await ProductUnderTest.StartAsync(static serve => serve.Urls = "https://127.0.0.1:0");
        using var client = Trusting(product);
        using var key = new StringContent(product.KeyOf("wall"));

        using var entered = await client.PostAsync(new Uri("/device", UriKind.Relative), key, Token);
        using var asOther = new HttpRequestMessage(HttpMethod.Get, "/sign-in") { Headers = { Host = "centre.court.example" } };
        using var page = await client.SendAsync(asOther, Token);

        Assert.Equal(HttpStatusCode.NoContent, entered.StatusCode);
        var cookie = Assert.Single(entered.Headers.GetValues("Set-Cookie"));
        Assert.StartsWith("__Host-cc-device=", cookie, StringComparison.Ordinal);
        Assert.All(["; secure", "; httponly", "; path=/;", "samesite=lax"], part => Assert.Contains(part, cookie, StringComparison.OrdinalIgnoreCase));
        Assert.False(entered.Headers.Contains("Strict-Transport-Security")); // Not for this machine itself.
        Assert.Equal("max-age=15552000", Assert.Single(page.Headers.GetValues("Strict-Transport-Security")));
        Assert.All(page.Headers.Where(static header => header.Key == "Set-Cookie").SelectMany(static header => header.Value), one => Assert.Contains("secure", one, StringComparison.OrdinalIgnoreCase));

        // A session of plain HTTP is none here: its cookie has another name.
        using var plain = new HttpRequestMessage(HttpMethod.Get, "/api/v1/courts");
        plain.Headers.Add("Cookie", await SignedIn.BeginAsync(product.Services, Role.CommandStaff, cancellationToken: Token));
        using var refused = await client.SendAsync(plain, Token);
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        File.Delete(product.Services.GetRequiredService<ServerCertificate>().File);
    }

    [Fact]
    public async Task A_given_certificate_is_shown_with_what_vouches_for_it_and_another_one_is_taken_up_while_it_runs()
    {
        using var folder = new TemporaryDirectory();
        var (first, root) = Certificates.Issue();
        var file = Certificates.Write(folder.Path, "centre.pem", first.ExportCertificatePem());
        var key = Certificates.Write(folder.Path, "centre.key", Certificates.KeyPem(first));
        await using var product = await ProductUnderTest.StartAsync(serve => (serve.Urls, serve.CertificateFile, serve.CertificateKeyFile) = ("https://127.0.0.1:0", file, key));
        var certificate = product.Services.GetRequiredService<ServerCertificate>();

        Assert.Equal(first.RawData, await ShownAsync(product, root));
        Assert.Null(certificate.Refresh(TimeProvider.System.GetUtcNow()));

        var (second, secondRoot) = Certificates.Issue();
        File.WriteAllText(key, Certificates.KeyPem(second));
        File.WriteAllText(file, second.ExportCertificatePem());
        File.SetLastWriteTimeUtc(file, File.GetLastWriteTimeUtc(file).AddSeconds(2));
        Assert.NotNull(certificate.Refresh(TimeProvider.System.GetUtcNow()));

        Assert.Equal(second.RawData, await ShownAsync(product, secondRoot));
    }

    [Fact]
    public async Task Old_TLS_is_refused()
    {
        await using var product = await ProductUnderTest.StartAsync(static serve => serve.Urls = "https://127.0.0.1:0");
        using var tcp = new System.Net.Sockets.TcpClient();
        await tcp.ConnectAsync(IPAddress.Loopback, product.Address.Port, Token);
        await using var tls = new SslStream(tcp.GetStream(), leaveInnerStreamOpen: false);

#pragma warning disable SYSLIB0039, CA5397 // Asked for in order to be refused.
        await Assert.ThrowsAnyAsync<Exception>(() => tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = "localhost", EnabledSslProtocols = SslProtocols.Tls11 }, Token));
#pragma warning restore SYSLIB0039, CA5397
        File.Delete(product.Services.GetRequiredService<ServerCertificate>().File);
    }

    [Fact]
    public async Task Behind_a_proxy_its_word_on_scheme_and_address_counts_and_nobody_elses_does()
    {
        await using var product = await ProductUnderTest.StartAsync(static serve => serve.BehindProxy = "127.0.0.1");
        using var client = product.Stranger();

        using var through = await SendAsync(client, "https", "203.0.113.9");
        using var plain = await SendAsync(client, "http", "203.0.113.9");
        using var direct = await client.GetAsync(new Uri("/sign-in", UriKind.Relative), Token);

        Assert.Equal(HttpStatusCode.OK, through.StatusCode);
        Assert.True(through.Headers.Contains("Strict-Transport-Security"));
        Assert.Equal("request.https-wanted", (await plain.Content.ReadFromJsonAsync<JsonElement>(Token)).GetProperty("code").GetString());
        Assert.Equal(HttpStatusCode.OK, direct.StatusCode); // This machine itself: health checks and scripts.

        await using var without = await ProductUnderTest.StartAsync();
        using var other = without.Stranger();
        using var believed = await SendAsync(other, "https", "203.0.113.9");
        Assert.False(believed.Headers.Contains("Strict-Transport-Security"));
    }

    [Fact]
    public async Task Plain_http_from_another_machine_is_led_to_https()
    {
        // The machine's own address is another one than the loopback, so its packets come as a stranger's.
        var own = OwnCertificate.NamesHere([]).FirstOrDefault(static name => IPAddress.TryParse(name, out var address) && !IPAddress.IsLoopback(address) && address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork);
        Assert.SkipWhen(own is null, "This machine has no address but the loopback.");
        await using var product = await ProductUnderTest.StartAsync(serve => serve.Urls = $"http://{own}:{LoopbackPort.Free()};https://127.0.0.1:{LoopbackPort.Free()}");
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = product.Addresses.Single(static address => address.Scheme == "http") };

        using var led = await client.GetAsync(new Uri("/cases?q=1", UriKind.Relative), Token);
        using var posted = await client.PostAsync(new Uri("/device", UriKind.Relative), new StringContent("x"), Token);

        Assert.Equal(HttpStatusCode.PermanentRedirect, led.StatusCode);
        Assert.Equal("https", led.Headers.Location!.Scheme);
        Assert.EndsWith("/cases?q=1", led.Headers.Location.OriginalString, StringComparison.Ordinal);
        Assert.Equal("request.https-wanted", (await posted.Content.ReadFromJsonAsync<JsonElement>(Token)).GetProperty("code").GetString());
        File.Delete(product.Services.GetRequiredService<ServerCertificate>().File);
    }

    private static HttpClient Trusting(ProductUnderTest product) =>
        new(KnownServer.Handler(product.Services.GetRequiredService<ServerCertificate>().PublicFile)) { BaseAddress = product.Address };

    private static async Task<HttpResponseMessage> SendAsync(HttpClient client, string scheme, string from)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/sign-in") { Headers = { Host = "centre.court.example" } };
        request.Headers.Add("X-Forwarded-Proto", scheme);
        request.Headers.Add("X-Forwarded-For", from);
        return await client.SendAsync(request, Token);
    }

    // As a client that trusts the court's root and no other.
    private static async Task<byte[]> ShownAsync(ProductUnderTest product, X509Certificate2 root)
    {
        using var tcp = new System.Net.Sockets.TcpClient();
        await tcp.ConnectAsync(IPAddress.Loopback, product.Address.Port, Token);
        await using var tls = new SslStream(tcp.GetStream(), leaveInnerStreamOpen: false);
        await tls.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions
            {
                TargetHost = "localhost",
                CertificateChainPolicy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, CustomTrustStore = { root }, RevocationMode = X509RevocationMode.NoCheck },
            },
            Token);
        return tls.RemoteCertificate!.GetRawCertData();
    }
}
