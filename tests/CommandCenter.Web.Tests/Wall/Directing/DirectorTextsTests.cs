using CommandCenter.Web.Wall;
using CommandCenter.Web.Wall.Directing;

namespace CommandCenter.Web.Tests.Wall.Directing;

public sealed class DirectorTextsTests
{
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
