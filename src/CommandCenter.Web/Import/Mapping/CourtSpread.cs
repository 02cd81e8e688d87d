namespace CommandCenter.Web.Import.Mapping;

/// <summary>Chooses a case's court by its id in the log, the same in every run, on every machine, in every version.</summary>
internal sealed class CourtSpread(IReadOnlyList<string> marks)
{
    /// <summary>The court's mark.</summary>
    public string For(ReadOnlySpan<char> caseId)
    {
        if (marks.Count == 1)
        {
            return marks[0];
        }

        // FNV-1a over UTF-8, then MurmurHash3's finaliser, because FNV's low bits alone spread short ids badly.
        // string.GetHashCode differs from run to run, and a changed court would give every case another number.
        var hash = 14695981039346656037UL;
        Span<byte> utf8 = stackalloc byte[4];
        foreach (var rune in caseId.EnumerateRunes())
        {
            var count = rune.EncodeToUtf8(utf8);
            foreach (var b in utf8[..count])
            {
                hash = (hash ^ b) * 1099511628211UL;
            }
        }

        hash = (hash ^ (hash >> 33)) * 0xff51afd7ed558ccdUL;
        hash = (hash ^ (hash >> 33)) * 0xc4ceb9fe1a85ec53UL;
        hash ^= hash >> 33;
        return marks[(int)(hash % (ulong)marks.Count)];
    }
}
