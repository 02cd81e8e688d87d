using System.Text.Json;
using CommandCenter.Testing;

namespace CommandCenter.EndToEnd.Tests.Hostile;

/// <summary>Texts that have broken other people's software: the naughty strings, script injections and SQL injections of the shared data.</summary>
internal static class HostileTexts
{
    private const string Folder = "data/conformance";

    // One line each.
    private static readonly string[] s_lists = ["xss_sample.txt", "sqli/Auth_Bypass.txt", "sqli/Generic_SQLI.txt", "sqli/Generic_TimeBased.txt"];

    /// <summary>All of them, in the order of their files; skips the test where the shared data are missing.</summary>
    public static IReadOnlyList<string> All()
    {
        var folder = RepositoryRoot.FindShared(Folder);
        Assert.SkipWhen(folder is null, $"The shared data set is not beside the repository: {Folder}.");
        var naughty = JsonSerializer.Deserialize<string[]>(File.ReadAllText(Path.Combine(folder, "blns.json")))!;
        return [.. naughty.Concat(s_lists.SelectMany(list => File.ReadLines(Path.Combine(folder, list)))).Where(static text => text.Length > 0).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>Every so manieth of them, from another first one for each seed.</summary>
    public static IEnumerable<string> Some(int every, int seed) => All().Where((_, place) => place % every == seed % every);
}
