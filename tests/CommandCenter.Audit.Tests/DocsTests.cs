using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using CommandCenter.Audit.Format;
using CommandCenter.Audit.Verification;
using CommandCenter.Testing;

namespace CommandCenter.Audit.Tests;

/// <summary>A document that lies is worse than none: what docs/audit.md says of the format and the codes is checked here.</summary>
public sealed partial class DocsTests
{
    private static readonly string[] s_lines = File.ReadAllLines(RepositoryRoot.Combine("docs", "audit.md"));

    [Fact]
    public void The_example_is_a_record_that_the_program_reads()
    {
        var line = Encoding.UTF8.GetBytes(Assert.Single(s_lines, text => text.StartsWith("{\"seq\"", StringComparison.Ordinal)) + "\n");

        Assert.True(AuditLine.TryRead(line, out var frame) && frame.IsIntact());
        Assert.Equal("case.view", EntryBody.Read(line).Entry.Action);
    }

    [Fact]
    public void Every_code_of_a_finding_and_of_an_exception_is_explained() => Assert.Equal(
        CodesOf(typeof(AuditFinding)).Concat(CodesOf(typeof(AuditException)).Where(code => code != AuditException.Closed)).Order(StringComparer.Ordinal),
        s_lines.Select(line => Code().Match(line)).Where(match => match.Success).Select(match => match.Groups[1].Value).Order(StringComparer.Ordinal));

    private static IEnumerable<string> CodesOf(Type type) =>
        type.GetFields(BindingFlags.Public | BindingFlags.Static).Where(field => field.IsLiteral).Select(field => (string)field.GetRawConstantValue()!);

    [GeneratedRegex(@"^\| `(audit\.[a-z-]+)` \|")]
    private static partial Regex Code();
}
