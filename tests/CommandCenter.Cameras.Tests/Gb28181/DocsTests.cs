using System.Reflection;
using System.Text.RegularExpressions;
using CommandCenter.Cameras.Gb28181;
using CommandCenter.Testing;

namespace CommandCenter.Cameras.Tests.Gb28181;

/// <summary>A document that lies is worse than none: the codes and options that docs/gb28181.md names are those that there are.</summary>
public sealed partial class DocsTests
{
    private static readonly string s_text = File.ReadAllText(RepositoryRoot.Combine("docs", "gb28181.md"));

    [Fact]
    public void Every_code_is_explained() => Assert.Equal(
        typeof(GbException).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetRawConstantValue()!).Order(StringComparer.Ordinal),
        Code().Matches(s_text).Select(match => match.Groups[1].Value).Order(StringComparer.Ordinal));

    [Fact]
    public void Every_option_is_explained() => Assert.All(
        typeof(GbServerOptions).GetProperties(BindingFlags.Public | BindingFlags.Instance),
        property => Assert.Contains($"`{property.Name}`", s_text, StringComparison.Ordinal));

    [Fact]
    public void All_that_is_wrong_with_the_options_is_said_at_once()
    {
        var options = new GbServerOptions { ServerId = "1", Port = -1, KeepaliveMissesMax = 0 };

        Assert.Equal(["ServerId is not 20 digits.", "Port is -1; it must be 0 to 65535.", "KeepaliveMissesMax is 0; it must be 1 to 100."], options.Faults());
        Assert.Empty((options with { ServerId = FakeHost.ServerId, Port = 0, KeepaliveMissesMax = 1 }).Faults());
    }

    [GeneratedRegex(@"^\| `(gb28181\.[a-z-]+)` \|", RegexOptions.Multiline)]
    private static partial Regex Code();
}
