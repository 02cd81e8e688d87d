using System.Runtime.InteropServices;
using CommandCenter.Testing;

namespace CommandCenter.EndToEnd.Tests.Product;

/// <summary>The built programs, of the same configuration as this test.</summary>
internal static class ProductFiles
{
    /// <summary>The host of the runtime that runs this test; an SDK need not be on PATH.</summary>
    public static string Dotnet { get; } =
        Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet"));

    public static string Web { get; } = Find("CommandCenter.Web");

    public static string Simulator { get; } = Find("CommandCenter.Simulator");

    // The product's own output, not the copies beside this test: only there the static files of the site are complete.
    private static string Find(string project)
    {
        var configuration = Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
        var path = RepositoryRoot.Combine("artifacts", "bin", project, configuration, project + ".dll");
        return File.Exists(path) ? path : throw new FileNotFoundException($"{project} is not built.", path);
    }
}
