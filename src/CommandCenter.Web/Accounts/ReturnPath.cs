using CommandCenter.Web.Components;

namespace CommandCenter.Web.Accounts;

/// <summary>Where somebody goes after signing in: what he wanted, as long as it is a path of ours.</summary>
internal static class ReturnPath
{
    private const int LengthMax = 2_000;

    /// <summary>The wanted path, or the index. Another site's address would make our sign-in page its bait.</summary>
    public static string Of(string? wanted, PageLook look) => IsOurs(wanted) ? wanted! : look.Url("/");

    /// <summary>A path that carries the wanted one along.</summary>
    public static string Keep(string path, string? wanted) => IsOurs(wanted) ? path + "?to=" + Uri.EscapeDataString(wanted!) : path;

    private static bool IsOurs(string? wanted) =>
        wanted is { Length: > 0 and <= LengthMax } && wanted[0] == '/' && !wanted.StartsWith("//", StringComparison.Ordinal)
        && !wanted.Contains('\\', StringComparison.Ordinal) && !wanted.Any(char.IsControl) && !wanted.StartsWith(AccountPaths.SignIn, StringComparison.Ordinal);
}
