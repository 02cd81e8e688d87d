using System.Text.RegularExpressions;
using CommandCenter.Testing;

namespace CommandCenter.Web.Tests.Docs;

/// <summary>No key, password or token is in the repository, and none can be committed by a slip.</summary>
public sealed partial class SecretTests
{
    private const int SizeMax = 2 * 1024 * 1024;

    private static readonly string[] s_left = ["/.git/", "/artifacts/", "/node_modules/", "/data/", "/wwwroot/lib/", "/bin/", "/obj/"];
    private static readonly string[] s_secretEndings = [".pem", ".key", ".pfx", ".p12", ".jks", ".kdbx", ".env"];

    // Where such a word is part of an example or of a test's own made-up world.
    private static readonly string[] s_examples = ["tests/CommandCenter.Web.Tests/Docs/SecretTests.cs"];

    private static IEnumerable<(string Name, string Path)> Files => Directory.EnumerateFiles(RepositoryRoot.Path, "*", SearchOption.AllDirectories)
        .Select(static path => (Name: Path.GetRelativePath(RepositoryRoot.Path, path), Path: path))
        .Where(static file => !Array.Exists(s_left, part => ("/" + file.Name).Contains(part, StringComparison.Ordinal)) && new FileInfo(file.Path).Length <= SizeMax);

    [Fact]
    public void No_file_holds_a_key()
    {
        var found = Files.Where(static file => !s_examples.Contains(file.Name)).Where(static file => Key().IsMatch(File.ReadAllText(file.Path))).Select(static file => file.Name);

        Assert.Empty(found);
    }

    [Fact]
    public void No_file_is_of_a_kind_that_holds_secrets() =>
        Assert.DoesNotContain(Files, static file => Array.Exists(s_secretEndings, ending => file.Name.EndsWith(ending, StringComparison.OrdinalIgnoreCase)));

    [Theory]
    [InlineData("data.audit-key.pem")]
    [InlineData("data.https.pem")]
    [InlineData("docker/.env")]
    [InlineData("/data/")]
    public void What_a_server_makes_beside_its_data_is_ignored_by_git(string name) => Assert.Contains(
        File.ReadAllLines(RepositoryRoot.Combine(".gitignore")), line => line.Length > 0 && line[0] != '#' && Regex.IsMatch(name, "^" + Regex.Escape(line).Replace("\\*", ".*", StringComparison.Ordinal) + "$"));

    [GeneratedRegex(@"-----BEGIN [A-Z ]*PRIVATE KEY-----\s*\n[A-Za-z0-9+/=]{16}|cck_[0-9a-f]{64}|AKIA[0-9A-Z]{16}|gh[pousr]_[A-Za-z0-9]{36}|xox[abp]-[0-9A-Za-z-]{20}|eyJhbGciOi[A-Za-z0-9_-]{20,}\.eyJ")]
    private static partial Regex Key();
}
