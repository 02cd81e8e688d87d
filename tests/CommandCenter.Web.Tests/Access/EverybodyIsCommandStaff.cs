using System.Text.Encodings.Web;
using CommandCenter.Web.Access;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CommandCenter.Web.Tests.Access;

/// <summary>For hosts that show the wall alone: whoever comes is command staff. What others may see is asked of the whole product.</summary>
internal sealed class EverybodyIsCommandStaff(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logs, UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logs, encoder)
{
    private const string SchemeName = "everybody";

    public static void Add(IServiceCollection services)
    {
        services.AddAuthentication(SchemeName).AddScheme<AuthenticationSchemeOptions, EverybodyIsCommandStaff>(SchemeName, null);
        services.AddAccess();
    }

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var viewer = new Viewer("a-1", "王敏", Role.CommandStaff, null, null, null, IsSetUp: true);
        return Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(viewer.ToPrincipal(SchemeName), SchemeName)));
    }
}
