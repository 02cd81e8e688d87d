using System.Text.RegularExpressions;
using CommandCenter.Testing;

namespace CommandCenter.Web.Tests.Docs;

/// <summary>docs/security.md names tests as proof; here they are looked up.</summary>
public sealed partial class SecurityDocsTests
{
    private static readonly MarkdownFile s_document = MarkdownFile.Read("docs", "security.md");

    [Fact]
    public void Every_test_that_is_named_as_proof_is_there()
    {
        var sources = Directory.EnumerateFiles(RepositoryRoot.Combine("tests"), "*Tests.cs", SearchOption.AllDirectories)
            .GroupBy(static file => Path.GetFileNameWithoutExtension(file)!, StringComparer.Ordinal)
            .ToDictionary(static group => group.Key, static group => string.Concat(group.Select(File.ReadAllText)), StringComparer.Ordinal);
        var named = s_document.CodeSpans.Where(static code => Test().IsMatch(code)).Distinct().ToList();

        Assert.True(named.Count > 50, $"Only {named.Count} are named.");
        Assert.All(named, name =>
        {
            var parts = name.Split('.');
            Assert.True(sources.TryGetValue(parts[0], out var source), $"There is no {parts[0]}.");
            Assert.True(parts.Length == 1 || Regex.IsMatch(source, $@"public (async Task|void|Task) {parts[1]}\("), $"There is no {name}.");
        });
    }

    [Fact]
    public void Every_chapter_of_the_standard_has_its_row() => Assert.Equal(
        Enumerable.Range(1, 17).Select(static number => $"V{number}"), s_document.TablesOf("chapter").Select(static row => row[0].Split(' ')[0]));

    [GeneratedRegex(@"^[A-Z]\w+Tests(\.\w+)?$")]
    private static partial Regex Test();
}
