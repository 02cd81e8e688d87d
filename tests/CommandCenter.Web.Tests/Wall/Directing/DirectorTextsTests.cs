using CommandCenter.Web.Tests.Docs;
using CommandCenter.Web.Wall;
using CommandCenter.Web.Wall.Directing;
using CommandCenter.Web.Wall.Panels;

namespace CommandCenter.Web.Tests.Wall.Directing;

public sealed class DirectorTextsTests
{
    [Fact]
    public void Every_word_of_a_pinned_card_is_there_in_both_languages() => Assert.All(PinnedTexts.Keys, static key => Assert.False(
        string.IsNullOrWhiteSpace(PinnedTexts.Of(key, WallLanguage.Zh)) || string.IsNullOrWhiteSpace(PinnedTexts.Of(key, WallLanguage.En)), key));

    [Fact]
    public void The_codes_explained_are_those_of_directing() => Assert.Equal(
        DirectorCodes.All.Order(StringComparer.Ordinal), MarkdownFile.Read("docs", "director.md").FirstColumnOf("code").Order(StringComparer.Ordinal));

    [Fact]
    public void Every_text_is_there_in_both_languages_with_the_same_places() => Assert.All(DirectorTexts.Keys, static key =>
    {
        var (zh, en) = (DirectorTexts.Of(key, WallLanguage.Zh), DirectorTexts.Of(key, WallLanguage.En));
        Assert.False(string.IsNullOrWhiteSpace(zh) || string.IsNullOrWhiteSpace(en), key);
        for (var place = 0; place < 3; place++)
        {
            Assert.Equal(zh.Contains($"{{{place}}}", StringComparison.Ordinal), en.Contains($"{{{place}}}", StringComparison.Ordinal));
        }
    });

    [Fact]
    public void Every_refusal_has_words() => Assert.All(
        DirectorCodes.All, static code => Assert.Contains("refused." + code, DirectorTexts.Keys));
}
