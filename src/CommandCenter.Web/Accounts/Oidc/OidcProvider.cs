using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace CommandCenter.Web.Accounts.Oidc;

/// <summary>The identity provider: its document and keys, its answers to codes, and whether a token of it is to be believed.</summary>
internal sealed class OidcProvider : IDisposable
{
    private const int AnswerBytesMax = 256 * 1024;
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_clockSlack = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan s_ageMax = TimeSpan.FromMinutes(10);

    // Asymmetric ones alone. "none" and keys that both sides share are not among them.
    private static readonly string[] s_algorithms =
    [
        SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512,
        SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.RsaSsaPssSha384, SecurityAlgorithms.RsaSsaPssSha512,
        SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.EcdsaSha512,
    ];

    private readonly OidcOptions _options;
    private readonly TimeProvider _time;
    private readonly HttpClient _http;
    private readonly ConfigurationManager<OpenIdConnectConfiguration> _document;
    private readonly JsonWebTokenHandler _tokens = new() { MapInboundClaims = false, MaximumTokenSizeInBytes = AnswerBytesMax };

    public OidcProvider(IOptions<OidcOptions> options, TimeProvider time)
    {
        _options = options.Value;
        _time = time;
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) })
        {
            Timeout = s_patience,
            MaxResponseContentBufferSize = AnswerBytesMax,
        };
        var authority = _options.Authority!.TrimEnd('/');
        _document = new ConfigurationManager<OpenIdConnectConfiguration>(
            authority + "/.well-known/openid-configuration", new OpenIdConnectConfigurationRetriever(),
            new HttpDocumentRetriever(_http) { RequireHttps = !new Uri(authority).IsLoopback });
    }

    /// <summary>What the provider says of itself; kept for half a day.</summary>
    /// <exception cref="OidcException">It does not answer, or speaks for another issuer.</exception>
    public async Task<OpenIdConnectConfiguration> DocumentAsync(CancellationToken cancellationToken)
    {
        try
        {
            var document = await _document.GetConfigurationAsync(cancellationToken);
            return document.Issuer?.TrimEnd('/') == _options.Authority!.TrimEnd('/') && document is { AuthorizationEndpoint.Length: > 0, TokenEndpoint.Length: > 0 }
                ? document
                : throw new OidcException(OidcCodes.Unavailable, $"{_options.Authority} says that it is {document.Issuer}.");
        }
        catch (Exception exception) when (exception is InvalidOperationException or IOException or HttpRequestException or ArgumentException or JsonException || IsTimeout(exception, cancellationToken))
        {
            throw new OidcException(OidcCodes.Unavailable, "The identity provider does not answer.", exception);
        }
    }

    /// <summary>Trades a code for what the provider says about the person.</summary>
    /// <exception cref="OidcException">It does not answer, or does not take the code.</exception>
    public async Task<JsonDocument> TradeAsync(string code, string verifier, string redirectUri, CancellationToken cancellationToken)
    {
        var document = await DocumentAsync(cancellationToken);
        using var request = new HttpRequestMessage(HttpMethod.Post, document.TokenEndpoint)
        {
            Content = new FormUrlEncodedContent(
            [
                new("grant_type", "authorization_code"), new("code", code), new("redirect_uri", redirectUri), new("code_verifier", verifier),
            ]),
        };

        // RFC 6749, 2.3.1: both are form-encoded before they are joined.
        var who = $"{Uri.EscapeDataString(_options.ClientId!)}:{Uri.EscapeDataString(_options.ReadSecret())}";
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(who)));
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        try
        {
            using var answer = await _http.SendAsync(request, cancellationToken);
            if ((int)answer.StatusCode >= 500)
            {
                throw new OidcException(OidcCodes.Unavailable, $"The identity provider answers {(int)answer.StatusCode}.");
            }

            return answer.IsSuccessStatusCode
                ? await JsonDocument.ParseAsync(await answer.Content.ReadAsStreamAsync(cancellationToken), cancellationToken: cancellationToken)
                : throw new OidcException(OidcCodes.Code, $"The identity provider does not take its code: {(int)answer.StatusCode}.");
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or JsonException || IsTimeout(exception, cancellationToken))
        {
            throw new OidcException(OidcCodes.Unavailable, "The identity provider does not answer.", exception);
        }
    }

    /// <summary>The claims of an id_token, once everything about it is right.</summary>
    /// <param name="idToken">As it came.</param>
    /// <param name="nonce">What this sign-in sent along; a token of another sign-in has another.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="OidcException">Something about it is wrong.</exception>
    public async Task<JsonWebToken> BelieveAsync(string idToken, string nonce, CancellationToken cancellationToken)
    {
        var token = await ValidateAsync(idToken, cancellationToken);
        if (!token.TryGetPayloadValue<string>("nonce", out var told) || !CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(told), Encoding.UTF8.GetBytes(nonce)))
        {
            throw Wrong("The token is of another sign-in.");
        }

        return token;
    }

    /// <summary>Whose sessions the provider wants ended (OpenID Connect Back-Channel Logout 1.0).</summary>
    /// <exception cref="OidcException">The token is wrong.</exception>
    public async Task<string> BelieveLogoutAsync(string logoutToken, CancellationToken cancellationToken)
    {
        var token = await ValidateAsync(logoutToken, cancellationToken);
        return token.TryGetPayloadValue<JsonElement>("events", out var events) && events.ValueKind == JsonValueKind.Object
            && events.TryGetProperty("http://schemas.openid.net/event/backchannel-logout", out _)
            && !token.TryGetPayloadValue<string>("nonce", out _) && token.Subject is { Length: > 0 } subject
            ? subject
            : throw Wrong("The token does not end a session.");
    }

    public void Dispose() => _http.Dispose();

    private static bool IsTimeout(Exception exception, CancellationToken cancellationToken) => exception is OperationCanceledException && !cancellationToken.IsCancellationRequested;

    private static OidcException Wrong(string message, Exception? cause = null) => new(OidcCodes.Token, message, cause);

    private async Task<JsonWebToken> ValidateAsync(string text, CancellationToken cancellationToken)
    {
        var result = await CheckAsync(text, await DocumentAsync(cancellationToken));
        if (result.Exception is SecurityTokenSignatureKeyNotFoundException)
        {
            _document.RequestRefresh(); // The provider may have changed its keys. It is asked at most every five minutes.
            result = await CheckAsync(text, await DocumentAsync(cancellationToken));
        }

        if (!result.IsValid || result.SecurityToken is not JsonWebToken token)
        {
            throw Wrong(result.Exception?.GetType().Name ?? "The token is wrong.", result.Exception);
        }

        var now = _time.GetUtcNow().UtcDateTime;
        return token.Subject is not { Length: > 0 and <= 255 } ? throw Wrong("The token names nobody.")
            : token.IssuedAt < now - s_ageMax || token.IssuedAt > now + s_clockSlack ? throw Wrong("The token is not of now.")
            : token.Audiences.Count() > 1 && (!token.TryGetPayloadValue<string>("azp", out var party) || party != _options.ClientId) ? throw Wrong("The token is for another party.")
            : token;
    }

    private Task<TokenValidationResult> CheckAsync(string text, OpenIdConnectConfiguration document) => _tokens.ValidateTokenAsync(text, new TokenValidationParameters
    {
        ValidIssuer = document.Issuer,
        ValidAudience = _options.ClientId,
        IssuerSigningKeys = document.SigningKeys,
        ValidAlgorithms = s_algorithms,
        RequireSignedTokens = true,
        RequireExpirationTime = true,
        TryAllIssuerSigningKeys = false,
        ClockSkew = s_clockSlack,
        LifetimeValidator = (from, to, _, rules) => to is { } end && end + rules.ClockSkew > _time.GetUtcNow().UtcDateTime && (from is not { } start || start - rules.ClockSkew <= _time.GetUtcNow().UtcDateTime),
    });
}
