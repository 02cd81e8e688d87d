using System.Security.Authentication;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace CommandCenter.Web.Hosting.Https;

/// <summary>What the host calls to listen, with and without TLS.</summary>
internal static class HttpsRegistration
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    /// <summary>Listens where <c>--urls</c> says. Without an https address no certificate is made or read.</summary>
    public static void AddListening(this WebApplicationBuilder builder, ServeOptions serve)
    {
        if (!serve.ListenAddresses.Any(static address => address.IsHttps))
        {
            _ = builder.WebHost.UseUrls(serve.Addresses);
            return;
        }

        var certificate = new ServerCertificate(serve, TimeProvider.System.GetUtcNow());
        builder.Services.AddSingleton(certificate);
        builder.Services.AddHostedService<CertificateWatch>();
        _ = builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            foreach (var address in serve.ListenAddresses)
            {
                Listen(kestrel, address, certificate);
            }
        });
    }

    private static void Listen(KestrelServerOptions kestrel, ListenAddress address, ServerCertificate certificate)
    {
        if (address.Number is { } number)
        {
            kestrel.Listen(number, address.Port, Secure);
        }
        else if (address.IsLocalhost)
        {
            kestrel.ListenLocalhost(address.Port, Secure);
        }
        else
        {
            kestrel.ListenAnyIP(address.Port, Secure);
        }

        void Secure(ListenOptions listen)
        {
            // One request at a time and one connection a socket: what a session's end cuts is then the connection itself.
            listen.Protocols = HttpProtocols.Http1;
            if (address.IsHttps)
            {
                _ = listen.UseHttps(https =>
                {
                    https.ServerCertificate = certificate.Leaf;
                    https.SslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13;
                    https.HandshakeTimeout = s_patience;
                    https.OnAuthenticate = (_, handshake) =>
                    {
                        handshake.ServerCertificateContext = certificate.Context; // Of this moment.
                        handshake.AllowRenegotiation = false;
                    };
                });
            }
        }
    }
}
