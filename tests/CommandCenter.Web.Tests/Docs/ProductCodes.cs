using System.Reflection;
using System.Text.RegularExpressions;
using CommandCenter.Runtime.Partitions;
using CommandCenter.Testing;
using CommandCenter.Web.Import.Mapping;
using CommandCenter.Web.Intake;

namespace CommandCenter.Web.Tests.Docs;

/// <summary>Every stable code that the product can answer, read from its constants and its sources.</summary>
internal static partial class ProductCodes
{
    // What looks like a code and is none, beside the acts of the trace: events that no source may send, and a file.
    private static readonly string[] s_others = ["case.admitted", "journal.db"];

    public static IReadOnlyCollection<string> All { get; } = Collect();

    private static SortedSet<string> Collect()
    {
        var codes = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var type in new[] { typeof(EventCodes), typeof(RowFault), typeof(PartitionUnavailableException), typeof(DataDirectoryException) })
        {
            codes.UnionWith(type.GetFields(BindingFlags.Public | BindingFlags.Static)
                .Where(field => field.IsLiteral).Select(field => (string)field.GetRawConstantValue()!));
        }

        foreach (var file in Directory.EnumerateFiles(RepositoryRoot.Combine("src"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains("Simulator", StringComparison.Ordinal) && Path.GetFileName(file) != "TrailActions.cs"))
        {
            var source = File.ReadAllText(file);
            codes.UnionWith(Literal().Matches(source).Select(match => match.Groups[1].Value));

            // The queries make theirs of the parameter's name: Bad("size", …) is query.bad-size.
            if (source.Contains("\"query.bad-\" + name", StringComparison.Ordinal))
            {
                codes.UnionWith(BadQuery().Matches(source).Select(match => "query.bad-" + match.Groups[1].Value));
            }
        }

        codes.ExceptWith(EventType.All.Select(type => type.Name));
        codes.ExceptWith(s_others);
        return codes;
    }

    [GeneratedRegex("\"((?:event|case|funds|party|property|petition|officer|request|query|partition|scope|journal|snapshot)\\.[a-z]+(?:-[a-z]+)*)\"")]
    private static partial Regex Literal();

    [GeneratedRegex("Bad\\(\"([a-z]+)\"")]
    private static partial Regex BadQuery();
}
