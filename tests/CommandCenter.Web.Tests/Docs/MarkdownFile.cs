using System.Text.RegularExpressions;
using CommandCenter.Testing;

namespace CommandCenter.Web.Tests.Docs;

/// <summary>A document of the repository: its links, its tables, what it sets in code.</summary>
internal sealed partial class MarkdownFile
{
    private readonly string _prose;

    private MarkdownFile(string path)
    {
        Path = path;

        // What stands in a block of code is an example, not a reference.
        _prose = CodeBlock().Replace(File.ReadAllText(path), "");
    }

    public string Path { get; }

    /// <summary>Every document that we wrote.</summary>
    public static IReadOnlyList<MarkdownFile> All { get; } =
        [.. Directory.EnumerateFiles(RepositoryRoot.Path, "*.md").Concat(Directory.EnumerateFiles(RepositoryRoot.Combine("docs"), "*.md", SearchOption.AllDirectories))
            .Order(StringComparer.Ordinal).Select(path => new MarkdownFile(path))];

    /// <summary>Targets of links and pictures.</summary>
    public IEnumerable<string> Links => Link().Matches(_prose).Select(match => match.Groups[1].Value);

    /// <summary>Everything set in code.</summary>
    public IEnumerable<string> CodeSpans => CodeSpan().Matches(_prose).Select(match => match.Groups[1].Value);

    /// <summary>The anchors of its headings, as the usual hosts make them.</summary>
    public IEnumerable<string> Anchors => Heading().Matches(_prose)
        .Select(match => NotInAnchor().Replace(match.Groups[1].Value.ToLowerInvariant(), "").Replace(' ', '-'));

    public static MarkdownFile Read(params ReadOnlySpan<string> parts) => new(RepositoryRoot.Combine(parts));

    /// <summary>First columns of all tables whose first head is this, each cell's code alone.</summary>
    public IReadOnlyList<string> FirstColumnOf(string head) =>
        [.. TablesOf(head).SelectMany(row => CodeSpan().Matches(row[0])).Select(match => match.Groups[1].Value)];

    /// <summary>The rows of all tables whose first head is this.</summary>
    public IEnumerable<string[]> TablesOf(string head)
    {
        var isInside = false;
        foreach (var line in _prose.Split('\n').Select(line => line.Trim()))
        {
            var cells = line.StartsWith('|') ? line.Trim('|').Split('|', StringSplitOptions.TrimEntries) : null;
            if (cells is not null && cells[0] == head)
            {
                isInside = true;
            }
            else if (cells is null)
            {
                isInside = false;
            }
            else if (isInside && !cells[0].StartsWith("---", StringComparison.Ordinal))
            {
                yield return cells;
            }
        }
    }

    public override string ToString() => System.IO.Path.GetRelativePath(RepositoryRoot.Path, Path);

    [GeneratedRegex("^```.*?^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex CodeBlock();

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex("`([^`\n]+)`")]
    private static partial Regex CodeSpan();

    [GeneratedRegex(@"^#+ (.+?)\r?$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\p{L}\p{N} -]")]
    private static partial Regex NotInAnchor();
}
