namespace CommandCenter.Web.Wall;

/// <summary>The words that style sheets and scripts know states by.</summary>
internal static class WallWords
{
    public static string NameOf<T>(T state) where T : struct, Enum => state.ToString().ToLowerInvariant();
}
