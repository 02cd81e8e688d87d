namespace CommandCenter.Web.Accounts;

/// <summary>The ways of being known.</summary>
internal static class SignInSchemes
{
    /// <summary>Chooses by what a request brings: a key, a person's cookie, or a wall computer's.</summary>
    public const string Any = "any";

    /// <summary>A person with a session.</summary>
    public const string Person = "person";

    /// <summary>A person between password and code.</summary>
    public const string Half = "half";

    /// <summary>A wall computer.</summary>
    public const string Device = "device";

    public const string PersonCookie = "cc-session";
    public const string HalfCookie = "cc-half";
    public const string DeviceCookie = "cc-device";
}
