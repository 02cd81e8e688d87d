using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace CommandCenter.Web.Access;

/// <summary>Machines sign each request with their key: <c>Authorization: Bearer KEY</c>.</summary>
internal sealed class KeyAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logs, UrlEncoder encoder, MachineKeys keys)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logs, encoder)
{
    public const string SchemeName = "key";

    /// <summary>Whether a request brings a key, right or wrong; its cookies then say nothing.</summary>
    public static bool IsAsked(HttpRequest request) => request.Headers.Authorization.Count > 0;

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var sent = Request.Headers.Authorization.ToString();
        var machine = sent.StartsWith(MachineKeys.Scheme, StringComparison.OrdinalIgnoreCase) ? keys.Find(sent.AsSpan(MachineKeys.Scheme.Length).Trim()) : null;
        return Task.FromResult(machine is null
            ? AuthenticateResult.NoResult()
            : AuthenticateResult.Success(new AuthenticationTicket(machine.ToPrincipal(SchemeName), SchemeName)));
    }
}
