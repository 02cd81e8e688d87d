namespace CommandCenter.Web.Accounts.Oidc;

/// <summary>Why a sign-in with the provider came to nothing. Stable; the sign-in page has a text for each.</summary>
internal static class OidcCodes
{
    /// <summary>The provider does not answer, or is not the one that it says it is.</summary>
    public const string Unavailable = "oidc.unavailable";

    /// <summary>The answer belongs to no sign-in that this browser began, or to one of long ago.</summary>
    public const string State = "oidc.state-unknown";

    /// <summary>The provider let nobody in.</summary>
    public const string Denied = "oidc.denied";

    /// <summary>The provider does not take its own code back.</summary>
    public const string Code = "oidc.code-refused";

    /// <summary>What the provider says about the person cannot be believed: signature, issuer, audience, time or nonce is wrong.</summary>
    public const string Token = "oidc.token-invalid";

    /// <summary>None of the person's roles there is one here, or there are several.</summary>
    public const string Role = "oidc.role-unknown";

    /// <summary>The role needs a court or a name in cases, and the provider gives none that is known here.</summary>
    public const string Court = "oidc.court-unknown";

    /// <summary>The account waits for the security administrator.</summary>
    public const string Awaiting = "oidc.awaiting-approval";

    /// <summary>The account is disabled.</summary>
    public const string Disabled = "oidc.account-disabled";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [Unavailable, State, Denied, Code, Token, Role, Court, Awaiting, Disabled];
}

/// <summary>A sign-in that came to nothing, with its code.</summary>
internal sealed class OidcException(string code, string message, Exception? innerException = null) : Exception(message, innerException)
{
    public string Code { get; } = code;
}
