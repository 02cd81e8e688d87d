using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using CommandCenter.Audit.Evidence;
using CommandCenter.Cameras.Recording;
using CommandCenter.Testing;

namespace CommandCenter.Cameras.Tests.Recording;

/// <summary>What docs/recordings.md says of the format and the codes is checked here.</summary>
public sealed partial class DocsTests
{
    private static readonly string[] s_lines = File.ReadAllLines(RepositoryRoot.Combine("docs", "recordings.md"));

    [Fact]
    public void The_example_is_a_line_that_the_program_reads()
    {
        var line = Encoding.UTF8.GetBytes(Assert.Single(s_lines, text => text.StartsWith("{\"prev\"", StringComparison.Ordinal)) + "\n");

        Assert.Equal(RecordLine.Second, RecordLine.Decode(line)?.Kind);
    }

    [Fact]
    public void Every_code_is_explained() => Assert.Equal(
        CodesOf(typeof(EvidenceFinding)).Concat(CodesOf(typeof(RecordingException))).Order(StringComparer.Ordinal),
        s_lines.Select(line => Code().Match(line)).Where(match => match.Success).Select(match => match.Groups[1].Value).Order(StringComparer.Ordinal));

    private static IEnumerable<string> CodesOf(Type type) =>
        type.GetFields(BindingFlags.Public | BindingFlags.Static).Where(field => field.IsLiteral).Select(field => (string)field.GetRawConstantValue()!);

    [GeneratedRegex(@"^\| `((?:evidence|recording)\.[a-z-]+)` \|")]
    private static partial Regex Code();
}
