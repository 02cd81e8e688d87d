using System.Text.RegularExpressions;
using CommandCenter.Testing;
using CommandCenter.Web.Cameras;
using CommandCenter.Web.Tests.Docs;

namespace CommandCenter.Web.Tests.Cameras;

/// <summary>docs/tiles.md against the product.</summary>
public sealed partial class TileDocsTests
{
    private static readonly string s_document = File.ReadAllText(RepositoryRoot.Combine("docs", "tiles.md"));

    [Fact]
    public void Every_code_of_a_refusal_is_explained()
    {
        var codes = Directory.EnumerateFiles(RepositoryRoot.Combine("src", "CommandCenter.Web", "Cameras"), "*.cs", SearchOption.AllDirectories)
            .SelectMany(static file => Code().Matches(File.ReadAllText(file)).Select(static match => match.Groups[1].Value))
            .Where(static code => code is not ("camera.devices" or "camera.viewers" or "camera.tiles" or "camera.pictures" or "camera.sent"))
            .Distinct().Order(StringComparer.Ordinal).ToList();

        Assert.True(codes.Count > 15, $"Only {codes.Count} were found.");
        Assert.All(codes, static code => Assert.Contains($"`{code}`", s_document, StringComparison.Ordinal));
    }

    [Fact]
    public void The_keys_are_those_of_the_options() => Assert.Equal(
        typeof(CameraOptions).GetProperties().Select(static property => "Cameras__" + property.Name).Order(StringComparer.Ordinal),
        MarkdownFile.Read("docs", "tiles.md").FirstColumnOf("key").Order(StringComparer.Ordinal));

    [GeneratedRegex("\"(camera\\.[a-z]+(?:-[a-z]+)*)[\"_]")]
    private static partial Regex Code();
}
