using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CommandCenter.Testing;
using CommandCenter.Web.Hosting;
using CommandCenter.Web.Hosting.Https;

namespace CommandCenter.Web.Tests.Hosting.Https;

public sealed class OwnCertificateTests : IDisposable
{
    private static readonly DateTimeOffset s_now = TimeProvider.System.GetUtcNow();
    private static readonly string[] s_names = ["localhost", "127.0.0.1", "centre.court.example"];

    private readonly TemporaryDirectory _folder = new();

    private string KeyFile => Path.Combine(_folder.Path, "data.https.pem");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void It_names_what_it_was_told_and_only_its_owner_reads_the_key()
    {
        using var made = OwnCertificate.OpenOrMake(KeyFile, s_names, s_now);

        Assert.True(made.HasPrivateKey);
        Assert.True(made.MatchesHostname("centre.court.example"));
        Assert.True(made.MatchesHostname("127.0.0.1"));
        Assert.False(made.MatchesHostname("evil.example"));
        Assert.InRange(made.NotAfter.ToUniversalTime() - s_now, TimeSpan.FromDays(396), TimeSpan.FromDays(398));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(KeyFile));
    }

    [Fact]
    public void A_start_takes_the_one_that_is_there()
    {
        using var first = OwnCertificate.OpenOrMake(KeyFile, s_names, s_now);
        using var second = OwnCertificate.OpenOrMake(KeyFile, [s_names[0]], s_now.AddDays(300));

        Assert.Equal(first.RawData, second.RawData);
    }

    [Theory]
    [InlineData(368, "localhost")]
    [InlineData(1, "10.0.0.7")]
    public void It_is_made_anew_before_it_ends_and_for_a_new_name_with_the_same_key(int days, string name)
    {
        using var first = OwnCertificate.OpenOrMake(KeyFile, s_names, s_now);
        using var second = OwnCertificate.OpenOrMake(KeyFile, [.. s_names, name], s_now.AddDays(days));

        Assert.NotEqual(first.RawData, second.RawData);
        Assert.Equal(first.PublicKey.ExportSubjectPublicKeyInfo(), second.PublicKey.ExportSubjectPublicKeyInfo());
        Assert.True(second.MatchesHostname(name));
    }

    [Fact]
    public void A_key_that_others_read_is_refused()
    {
        OwnCertificate.OpenOrMake(KeyFile, s_names, s_now).Dispose();
        File.SetUnixFileMode(KeyFile, UnixFileMode.UserRead | UnixFileMode.GroupRead);

        Assert.Contains("can be read by others", Assert.Throws<ConfigurationException>(() => OwnCertificate.OpenOrMake(KeyFile, s_names, s_now)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_given_certificate_has_to_be_of_use()
    {
        var (good, _) = Certificates.Issue();
        var (ended, _) = Certificates.Issue(s_now.AddDays(-9), s_now.AddDays(-1));
        var (early, _) = Certificates.Issue(s_now.AddDays(1), s_now.AddDays(2));
        var (client, _) = Certificates.Issue(use: "1.3.6.1.5.5.7.3.2");
        var file = Certificates.Write(_folder.Path, "good.pem", good.ExportCertificatePem());
        var key = Certificates.Write(_folder.Path, "good.key", Certificates.KeyPem(good));
        var open = Certificates.Write(_folder.Path, "open.key", Certificates.KeyPem(good), UnixFileMode.UserRead | UnixFileMode.OtherRead);
        var password = Certificates.Write(_folder.Path, "password", "correct horse\n");
        var pfx = Path.Combine(_folder.Path, "good.pfx");
        File.WriteAllBytes(pfx, good.Export(X509ContentType.Pfx, "correct horse"));
        File.SetUnixFileMode(pfx, UnixFileMode.UserRead);

        Assert.Equal(good.RawData, GivenCertificate.Read(file, key, null, s_now).Leaf.RawData);
        Assert.Equal(good.RawData, GivenCertificate.Read(pfx, null, password, s_now).Leaf.RawData);
        Refused("ended on", ended);
        Refused("begins on", early);
        Refused("is not for servers", client);
        Assert.Contains("can be read by everybody", Assert.Throws<ConfigurationException>(() => GivenCertificate.Read(file, open, null, s_now)).Message, StringComparison.Ordinal);
        Assert.Contains("cannot be used", Assert.Throws<ConfigurationException>(() => GivenCertificate.Read(pfx, null, key, s_now)).Message, StringComparison.Ordinal);

        void Refused(string why, X509Certificate2 certificate)
        {
            var both = Certificates.Write(_folder.Path, "both.pem", certificate.ExportCertificatePem() + "\n" + Certificates.KeyPem(certificate));
            Assert.Contains(why, Assert.Throws<ConfigurationException>(() => GivenCertificate.Read(both, null, null, s_now)).Message, StringComparison.Ordinal);
        }
    }
}
