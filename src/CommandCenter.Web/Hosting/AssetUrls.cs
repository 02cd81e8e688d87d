using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace CommandCenter.Web.Hosting;

/// <summary>Addresses of our own static files with a part of their hash, so that a new build never runs with an old script.</summary>
internal sealed class AssetUrls(IWebHostEnvironment environment)
{
    private const string ModuleSuffix = ".js";

    private readonly ConcurrentDictionary<string, string> _urls = new(StringComparer.Ordinal);

    /// <param name="path">From the web root, with a leading slash. A missing file gives the plain path: the browser then reports it.</param>
    public string UrlOf(string path) => _urls.GetOrAdd(path, Versioned);

    /// <summary>Our own script modules for an import map: <c>panels/courts</c> for <c>/js/panels/courts.js</c>.</summary>
    public IReadOnlyDictionary<string, string> Modules => field ??= ModulesUnder("/js").ToDictionary(StringComparer.Ordinal);

    /// <summary>The addresses of all files, in the order of their paths.</summary>
    public IEnumerable<string> All => PathsUnder("").Select(UrlOf);

    private IEnumerable<KeyValuePair<string, string>> ModulesUnder(string folder) =>
        PathsUnder(folder).Where(static path => path.EndsWith(ModuleSuffix, StringComparison.Ordinal))
            .Select(path => new KeyValuePair<string, string>(path[(folder.Length + 1)..^ModuleSuffix.Length], UrlOf(path)));

    private IEnumerable<string> PathsUnder(string folder) =>
        environment.WebRootFileProvider.GetDirectoryContents(folder).OrderBy(static file => file.Name, StringComparer.Ordinal).SelectMany(file =>
            file.IsDirectory ? PathsUnder($"{folder}/{file.Name}") : [$"{folder}/{file.Name}"]);

    private string Versioned(string path)
    {
        var file = environment.WebRootFileProvider.GetFileInfo(path);
        if (!file.Exists)
        {
            return path;
        }

        using var content = file.CreateReadStream();
        return path + "?v=" + Convert.ToHexStringLower(SHA256.HashData(content))[..12];
    }
}
