using CommandCenter.Testing;
using CommandCenter.Web.Recordings;
using CommandCenter.Web.Tests.Docs;
using CommandCenter.Web.Trail;
using CommandCenter.Web.Wall;

namespace CommandCenter.Web.Tests.Recordings;

/// <summary>Words and documents of the recordings against the product.</summary>
public sealed class RecordingDocsTests
{
    [Fact]
    public void The_keys_are_those_of_the_options() => Assert.Equal(
        typeof(RecordingsOptions).GetProperties().Select(static property => "Recordings__" + property.Name).Order(StringComparer.Ordinal),
        MarkdownFile.Read("docs", "recordings.md").FirstColumnOf("key").Order(StringComparer.Ordinal));

    [Fact]
    public void Every_act_that_leaves_a_trace_is_explained()
    {
        var access = File.ReadAllText(RepositoryRoot.Combine("docs", "access.md"));
        Assert.All(
            typeof(TrailActions).GetFields().Select(static field => (string)field.GetRawConstantValue()!).Where(static act => act.StartsWith("recording.", StringComparison.Ordinal)),
            act => Assert.Contains($"`{act}`", access, StringComparison.Ordinal));
    }

    [Fact]
    public void Both_languages_have_every_word_and_none_is_empty() => Assert.All(RecordingTexts.Keys, static key =>
    {
        Assert.NotEmpty(RecordingTexts.Of(key, WallLanguage.Zh));
        Assert.NotEmpty(RecordingTexts.Of(key, WallLanguage.En));
    });

    [Fact]
    public void Every_fault_of_the_options_is_named_with_its_key()
    {
        var result = new RecordingsOptionsValidator().Validate(null, new RecordingsOptions { Stream = "both", RetentionDays = 0, PlayMax = TimeSpan.FromDays(1) });

        Assert.Equal(3, result.Failures!.Count());
        Assert.All(result.Failures!, static fault => Assert.StartsWith("Recordings:", fault, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("2026-11-23T16:00", "2026-11-23T08:00:00.000Z")]
    [InlineData("2026-11-23T16:00:01", "2026-11-23T08:00:01.000Z")]
    [InlineData("2026-11-23T08:00:01.5Z", "2026-11-23T08:00:01.5Z")]
    [InlineData("2026-11-23T10:00:00+02:00", "2026-11-23T08:00:00.000Z")]
    [InlineData("2026-11-23", null)]
    [InlineData(null, null)]
    public void A_time_without_an_offset_is_one_of_the_courts_clock(string? text, string? expected) =>
        Assert.Equal(expected is null ? null : DateTimeOffset.Parse(expected, System.Globalization.CultureInfo.InvariantCulture), RecordingTimes.Parse(text));
}
