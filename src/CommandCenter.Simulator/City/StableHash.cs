namespace CommandCenter.Simulator.City;

/// <summary>A hash of a text that is the same in every process, unlike <see cref="string.GetHashCode()"/>.</summary>
internal static class StableHash
{
    /// <summary>FNV-1a over the UTF-16 units, all 64 bits: texts that differ in one digit often share the upper ones.</summary>
    public static long GetStableHash(this string text)
    {
        var hash = 14695981039346656037UL;
        foreach (var letter in text)
        {
            hash = (hash ^ letter) * 1099511628211UL;
        }

        return unchecked((long)hash);
    }
}
