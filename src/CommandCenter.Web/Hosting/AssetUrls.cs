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
    public IReadOnlyDictionary<string, string> Modules => field ??= ModulesUnder("/js", "").ToDictionary(StringComparer.Ordinal);

    private IEnumerable<KeyValuePair<string, string>> ModulesUnder(string folder, string prefix) =>
        environment.WebRootFileProvider.GetDirectoryContents(folder).OrderBy(static file => file.Name, StringComparer.Ordinal).SelectMany(file =>
            file.IsDirectory ? ModulesUnder($"{folder}/{file.Name}", $"{prefix}{file.Name}/")
            : file.Name.EndsWith(ModuleSuffix, StringComparison.Ordinal) ? [new(prefix + file.Name[..^ModuleSuffix.Length], UrlOf($"{folder}/{file.Name}"))]
            : Enumerable.Empty<KeyValuePair<string, string>>());

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
