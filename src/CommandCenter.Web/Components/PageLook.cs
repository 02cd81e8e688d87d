using CommandCenter.Web.Wall;

namespace CommandCenter.Web.Components;

/// <summary>How somebody wants pages to look: language and theme. Both stand in the URL and go along in every link, so that a URL is a state.</summary>
/// <param name="Language">The language.</param>
/// <param name="Theme"><see cref="Light"/>, <see cref="Dark"/> or <see cref="Auto"/>; <see langword="null"/> when the URL does not say.</param>
public readonly record struct PageLook(WallLanguage Language, string? Theme)
{
    /// <summary>Dark on light, for a desk.</summary>
    public const string Light = "light";

    /// <summary>Light on dark, for a wall.</summary>
    public const string Dark = "dark";

    /// <summary>As the desk's own system is set.</summary>
    public const string Auto = "auto";

    /// <summary>As a request asks for it.</summary>
    public static PageLook Of(HttpRequest request) => Of(request.Query["lang"], request.Query["theme"]);

    /// <summary>Anything else than a theme is none: a slip of the pen still shows a page.</summary>
    public static PageLook Of(string? lang, string? theme) => new(WallTexts.Parse(lang), theme is Light or Dark or Auto ? theme : null);

    /// <summary>Whether the page speaks English.</summary>
    public bool IsEnglish => Language == WallLanguage.En;

    /// <summary>A path of ours with this look.</summary>
    public string Url(string path)
    {
        var query = string.Join('&', new[] { IsEnglish ? "lang=en" : "", Theme is null ? "" : "theme=" + Theme }.Where(part => part.Length > 0));
        return query.Length == 0 ? path : path + (path.Contains('?', StringComparison.Ordinal) ? '&' : '?') + query;
    }

    /// <summary>The same page in the other language.</summary>
    public PageLook InOtherLanguage => this with { Language = IsEnglish ? WallLanguage.Zh : WallLanguage.En };
}
