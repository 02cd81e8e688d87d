namespace CommandCenter.Web.Grains;

/// <summary>A 64-bit hash that is the same in every process and version: FNV-1a over UTF-16 units with a final mix.</summary>
/// <remarks>Not against forgers: what it finds is confirmed by the record, and sources are authenticated.</remarks>
internal static class StableHash
{
    public const ulong Start = 14695981039346656037;

    private const ulong Prime = 1099511628211;

    public static ulong Add(ulong hash, char unit) => (hash ^ unit) * Prime;

    public static ulong Add(ulong hash, long number)
    {
        hash = (hash ^ (ulong)number) * Prime;
        return (hash ^ ((ulong)number >> 32)) * Prime;
    }

    public static ulong Add(ulong hash, string? text)
    {
        if (text is null)
        {
            return (hash ^ 0x1_0001) * Prime;
        }

        foreach (var unit in text)
        {
            hash = (hash ^ unit) * Prime;
        }

        // The end counts too: "ab","c" is not "a","bc".
        return (hash ^ 0x1_0000) * Prime;
    }

    public static ulong Finish(ulong hash)
    {
        hash ^= hash >> 33;
        hash *= 0xff51afd7ed558ccd;
        hash ^= hash >> 33;
        hash *= 0xc4ceb9fe1a85ec53;
        return hash ^ (hash >> 33);
    }
}
