using System.CommandLine;
using System.Text.RegularExpressions;
using CommandCenter.Testing;
using CommandCenter.Web.Hosting;
using CommandCenter.Web.Import;
using CommandCenter.Web.Intake;
using CommandCenter.Web.Wall;
using Microsoft.Extensions.Logging.Abstractions;

namespace CommandCenter.Web.Tests.Docs;

/// <summary>A document that lies is worse than none: what can be checked against the product is checked here.</summary>
public sealed partial class DocsTests
{
    private static readonly MarkdownFile s_events = MarkdownFile.Read("docs", "events.md");
    private static readonly MarkdownFile s_access = MarkdownFile.Read("docs", "access.md"); // Options of https stand where https is explained.

    public static TheoryData<string> Readmes => ["README.md", "README.zh-CN.md"];

    [Fact]
    public void Every_relative_link_leads_to_a_file_and_a_heading()
    {
        var broken = from document in MarkdownFile.All
                     from link in document.Links
                     where !link.Contains("://", StringComparison.Ordinal)
                     let parts = link.Split('#')
                     let target = parts[0].Length == 0 ? document.Path : Path.GetFullPath(Path.Combine(Path.GetDirectoryName(document.Path)!, parts[0]))
                     where !Path.Exists(target)
                         || (parts.Length > 1 && MarkdownFile.All.Single(other => other.Path == target).Anchors.All(anchor => anchor != parts[1]))
                     select $"{document}: {link}";

        Assert.Empty(broken);
    }

    [Fact]
    public void Every_path_that_a_document_names_exists()
    {
        var missing = from document in MarkdownFile.All
                      from code in document.CodeSpans
                      where RepositoryPath().IsMatch(code) && !Path.Exists(RepositoryRoot.Combine(code))
                      select $"{document}: {code}";

        Assert.Empty(missing);
        Assert.Contains(MarkdownFile.Read("README.md").CodeSpans, code => RepositoryPath().IsMatch(code));
    }

    [Fact]
    public void The_codes_explained_are_those_of_the_product()
    {
        var explained = s_events.FirstColumnOf("code");

        Assert.Equal(explained.Count, explained.Distinct().Count());
        Assert.Equal(ProductCodes.All, explained.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_code_of_a_refusal_has_a_text_for_people()
    {
        var textless = s_events.FirstColumnOf("code")
            .Where(code => code.Split('.')[0] is "case" or "funds" or "party" or "property" or "petition" || code is "event.id-conflict" or "event.skipped")
            .Where(code => RefusalText.Of(code) == code);

        Assert.Empty(textless);
    }

    [Fact]
    public void The_types_of_events_and_their_fields_are_those_of_the_intake()
    {
        var explained = new Dictionary<string, (HashSet<string> Required, HashSet<string> Optional)>(StringComparer.Ordinal);
        foreach (var row in s_events.TablesOf("type"))
        {
            var required = RequiredField().Matches(row[1]).Select(match => match.Groups[1].Value).ToHashSet();
            var optional = Field().Matches(RequiredField().Replace(row[1], "")).Select(match => match.Groups[1].Value).ToHashSet();
            foreach (Match type in Field().Matches(row[0]))
            {
                explained.Add(type.Groups[1].Value, (required, optional));
            }
        }

        Assert.Equal(EventType.All.Select(type => type.Name).Order(StringComparer.Ordinal), explained.Keys.Order(StringComparer.Ordinal));
        Assert.All(EventType.All, type =>
        {
            Assert.Equal(NamesOf(type.Required), explained[type.Name].Required.Order(StringComparer.Ordinal));
            Assert.Equal(NamesOf(type.Optional), explained[type.Name].Optional.Order(StringComparer.Ordinal));
        });
    }

    [Theory]
    [MemberData(nameof(Readmes))]
    public void The_options_of_every_verb_are_in_the_README(string readme)
    {
        var document = MarkdownFile.Read(readme);
        var log = new GrainLog(NullLogger<GrainLog>.Instance);
        Command[] verbs =
        [
            new ServeCommand().Build(),
            new ImportCommand((_, _, _) => throw new NotSupportedException(), (_, _) => throw new NotSupportedException(), TimeProvider.System).Build(),
            new VerifyCommand(TimeProvider.System, log).Build(),
        ];

        Assert.All(verbs, verb => Assert.Equal(
            verb.Options.Select(option => option.Name).Order(StringComparer.Ordinal),
            document.TablesOf($"`{verb.Name}`").Concat(s_access.TablesOf($"`{verb.Name}`")).Select(row => row[0].Trim('`')).Order(StringComparer.Ordinal)));
    }

    [Theory]
    [InlineData("README.md", "key")]
    [InlineData("README.zh-CN.md", "键")]
    public void The_keys_of_the_wall_are_in_the_README(string readme, string head) => Assert.Equal(
        typeof(WallOptions).GetProperties().Select(property => property.Name).Order(StringComparer.Ordinal),
        MarkdownFile.Read(readme).FirstColumnOf(head).Order(StringComparer.Ordinal));

    [Fact]
    public void Both_READMEs_name_the_same_paths_routes_options_and_metrics()
    {
        var english = Names("README.md");

        Assert.True(english.Count > 60, $"Only {english.Count} names were found.");
        Assert.Equal(english, Names("README.zh-CN.md"));
    }

    private static SortedSet<string> Names(string readme)
    {
        var document = MarkdownFile.Read(readme);
        return new(
            document.CodeSpans.Where(code => SharedName().IsMatch(code))
                .Concat(document.Links.Where(link => !link.StartsWith("README", StringComparison.Ordinal))),
            StringComparer.Ordinal);
    }

    private static IEnumerable<string> NamesOf(EventFields fields) => Enum.GetValues<EventFields>()
        .Where(field => field != EventFields.None && (fields & field) != 0).Select(EventType.WireName).Order(StringComparer.Ordinal);

    [GeneratedRegex(@"^(src|tests|wallboard-config|docker|docs|\.ci)/[\w./-]+$")]
    private static partial Regex RepositoryPath();

    [GeneratedRegex(@"^((src|wallboard-config|docker|docs)/|--[a-z]|(GET|POST) /|/|_?[a-z]+_[a-z_]+|\./run\.sh bench|data\.|partition\.)")]
    private static partial Regex SharedName();

    [GeneratedRegex(@"\*\*`([A-Za-z.]+)`\*\*")]
    private static partial Regex RequiredField();

    [GeneratedRegex("`([A-Za-z.]+)`")]
    private static partial Regex Field();
}
