namespace CommandCenter.Web.Wall;

/// <summary>Court names short enough for a column that is read from six metres. The full name stays in the row's title.</summary>
internal static class CourtNames
{
    private static readonly string[] s_zhEndings = ["人民法院", "法院"];

    private static readonly (string Long, string Short)[] s_en =
    [
        ("Shanghai ", ""),
        ("Intermediate People's Court", "Int."),
        ("High People's Court", "High Court"),
        ("Intellectual Property Court", "IP Court"),
        ("Railway Transport Court", "Railway"),
        ("Maritime Court", "Maritime"),
        (" New Area People's Court", ""),
        (" District People's Court", ""),
        (" People's Court", ""),
    ];

    /// <summary>上海市浦东新区人民法院 → 浦东新区; 上海市第一中级人民法院 → 第一中院.</summary>
    public static string ShortZh(string name)
    {
        var text = name.StartsWith("上海市", StringComparison.Ordinal) ? name[3..]
            : name.StartsWith("上海", StringComparison.Ordinal) ? name[2..]
            : name;
        foreach (var ending in s_zhEndings)
        {
            if (text.EndsWith(ending, StringComparison.Ordinal))
            {
                text = text[..^ending.Length];
                break;
            }
        }

        if (text.EndsWith("中级", StringComparison.Ordinal) || text.EndsWith("高级", StringComparison.Ordinal))
        {
            text = text[..^1] + "院";
        }
        else if (text.Length > 2 && text.EndsWith('区') && !text.EndsWith("新区", StringComparison.Ordinal))
        {
            text = text[..^1];
        }

        return text.Length == 0 ? name : text;
    }

    /// <summary>Pudong New Area People's Court → Pudong.</summary>
    public static string ShortEn(string name)
    {
        var text = name;
        foreach (var (longPart, shortPart) in s_en)
        {
            text = text.Replace(longPart, shortPart, StringComparison.Ordinal);
        }

        return text.Length == 0 ? name : text;
    }
}
