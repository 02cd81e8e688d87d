using System.Security.Claims;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OAuth;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace CommandCenter.Web.Accounts.Oidc;

/// <summary>
/// OpenID Connect on the framework's OAuth: the code flow with PKCE, state and nonce. The base class keeps state and verifier and ties them to
/// the browser by a cookie; what the provider's document adds, and the belief in its token, is here.
/// </summary>
/// <remarks>The framework's own handler is a package that not every package source has.</remarks>
internal sealed class OidcHandler(IOptionsMonitor<OAuthOptions> options, ILoggerFactory logs, UrlEncoder encoder, OidcProvider provider)
    : OAuthHandler<OAuthOptions>(options, logs, encoder)
{
    /// <summary>Where the options want an address that only the provider's document knows.</summary>
    public const string Placeholder = "https://by-the-document.invalid/";

    private const string NonceKey = "nonce";
    private const string IssuerKey = "iss";
    private const int NonceBytes = 32;

    private OpenIdConnectConfiguration? _document;

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        try
        {
            _document = await provider.DocumentAsync(Context.RequestAborted);
        }
        catch (OidcException exception)
        {
            await Events.RemoteFailure(new RemoteFailureContext(Context, Scheme, Options, exception) { Properties = properties });
            return;
        }

        await base.HandleChallengeAsync(properties);
    }

    protected override string BuildChallengeUrl(AuthenticationProperties properties, string redirectUri)
    {
        var nonce = WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(NonceBytes));
        properties.Items[NonceKey] = nonce; // Before the base protects the state, which carries it.
        var query = base.BuildChallengeUrl(properties, redirectUri)[Placeholder.Length..];
        var asked = QueryHelpers.ParseQuery(query).ToDictionary(static pair => pair.Key, static pair => (string?)pair.Value.ToString());
        asked[NonceKey] = nonce;
        return QueryHelpers.AddQueryString(_document!.AuthorizationEndpoint, asked);
    }

    protected override async Task<HandleRequestResult> HandleRemoteAuthenticateAsync()
    {
        try
        {
            // An answer of another provider, mixed in (RFC 9207).
            if (Request.Query[IssuerKey] is [{ Length: > 0 } issuer, ..] && issuer != (await provider.DocumentAsync(Context.RequestAborted)).Issuer)
            {
                throw new OidcException(OidcCodes.Token, "The answer is of another provider.");
            }

            return await base.HandleRemoteAuthenticateAsync();
        }
        catch (OidcException exception)
        {
            return HandleRequestResult.Fail(exception);
        }
    }

    protected override async Task<OAuthTokenResponse> ExchangeCodeAsync(OAuthCodeExchangeContext context) => OAuthTokenResponse.Success(
        await provider.TradeAsync(context.Code, context.Properties.Items[OAuthConstants.CodeVerifierKey]!, context.RedirectUri, Context.RequestAborted));

    protected override async Task<AuthenticationTicket> CreateTicketAsync(ClaimsIdentity identity, AuthenticationProperties properties, OAuthTokenResponse tokens)
    {
        if (tokens.Response!.RootElement.TryGetProperty("id_token", out var idToken) && idToken.GetString() is { Length: > 0 } text
            && properties.Items.TryGetValue(NonceKey, out var nonce) && nonce is not null)
        {
            var token = await provider.BelieveAsync(text, nonce, Context.RequestAborted);
            return new AuthenticationTicket(new ClaimsPrincipal(new ClaimsIdentity(token.Claims, Scheme.Name)), properties, Scheme.Name);
        }

        throw new OidcException(OidcCodes.Token, "The provider says nothing of the person.");
    }
}
