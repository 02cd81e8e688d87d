using System.Text.Json;
using CommandCenter.Testing;

namespace CommandCenter.Web.Tests.Docs;

/// <summary>docs/dependencies.md against what the build really takes.</summary>
public sealed class DependencyTests
{
    private static readonly MarkdownFile s_document = MarkdownFile.Read("docs", "dependencies.md");

    private static readonly string[] s_heads = ["shipped package", "npm package", "test package", "npm test package"];

    // What no product that stays closed may be built from without asking a lawyer first.
    private static readonly string[] s_unwanted = ["GPL", "AGPL", "SSPL", "BUSL", "Commons-Clause", "UNKNOWN", "?"];

    [Fact]
    public void Every_package_of_NuGet_stands_there_with_its_version()
    {
        var shipped = NuGet("src");

        Assert.Equal(shipped.Order(StringComparer.OrdinalIgnoreCase), Rows("shipped package"));
        Assert.Equal(NuGet("tests").Except(shipped).Where(package => !shipped.Any(one => one.Split(' ')[0] == package.Split(' ')[0])).Order(StringComparer.OrdinalIgnoreCase), Rows("test package"));
    }

    [Theory]
    [InlineData("npm package", "src/CommandCenter.Web/package-lock.json")]
    [InlineData("npm test package", "tests/CommandCenter.Web.Tests/Accounts/Provider/package-lock.json")]
    public void Every_package_of_npm_stands_there_with_its_version_and_licence(string head, string file)
    {
        using var json = JsonDocument.Parse(File.ReadAllText(RepositoryRoot.Combine(file)));
        var locked = json.RootElement.GetProperty("packages").EnumerateObject().Where(static package => package.Name.Length > 0)
            .Select(static package => $"{NameOf(package.Name)} {package.Value.GetProperty("version").GetString()} {package.Value.GetProperty("license").GetString()}");

        Assert.Equal(
            locked.Order(StringComparer.Ordinal),
            s_document.TablesOf(head).Select(static row => $"{row[0].Replace("`", "", StringComparison.Ordinal)} {row[1]} {row[2]}").Order(StringComparer.Ordinal));
        Assert.All(json.RootElement.GetProperty("packages").EnumerateObject(), static package => Assert.False(package.Value.TryGetProperty("resolved", out _), "A lock file names where packages come from."));
    }

    [Fact]
    public void Every_package_has_a_licence_that_a_closed_product_can_use_and_a_reason() => Assert.All(
        s_heads.SelectMany(s_document.TablesOf),
        static row =>
        {
            Assert.True(row.Length == 4 && row[2].Length > 0 && row[3].Length > 1, string.Join(" | ", row));
            Assert.DoesNotContain(s_unwanted, word => row[2].Contains(word, StringComparison.Ordinal));
        });

    private static string NameOf(string path) =>
        path["node_modules/".Length..].Split("/node_modules/") is [var outer, var inner] ? $"{inner} in {outer}" : path["node_modules/".Length..];

    private static IEnumerable<string> Rows(string head) => s_document.TablesOf(head).Select(static row => $"{row[0].Trim('`')} {row[1]}").Order(StringComparer.OrdinalIgnoreCase);

    private static HashSet<string> NuGet(string folder)
    {
        HashSet<string> packages = [];
        foreach (var file in Directory.EnumerateDirectories(RepositoryRoot.Combine(folder)).Select(static project => Path.Combine(project, "packages.lock.json")).Where(File.Exists))
        {
            using var json = JsonDocument.Parse(File.ReadAllText(file));
            foreach (var package in json.RootElement.GetProperty("dependencies").EnumerateObject().SelectMany(static framework => framework.Value.EnumerateObject())
                .Where(static package => package.Value.GetProperty("type").GetString() != "Project"))
            {
                _ = packages.Add($"{package.Name} {package.Value.GetProperty("resolved").GetString()}");
            }
        }

        return packages;
    }
}
