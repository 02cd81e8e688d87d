namespace CommandCenter.Web.Accounts;

/// <summary>Where accounts are dealt with.</summary>
internal static class AccountPaths
{
    public const string SignIn = "/sign-in";
    public const string Code = "/sign-in/code";
    public const string Provider = "/sign-in/provider";
    public const string SignOut = "/sign-out";
    public const string Own = "/account";
    public const string All = "/accounts";
    public const string Device = "/device";
}
