using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace CommandCenter.Web.Hosting;

/// <summary>Addresses of our own static files with a part of their hash, so that a new build never runs with an old script.</summary>
internal sealed class AssetUrls(IWebHostEnvironment environment)
{
    private readonly ConcurrentDictionary<string, string> _urls = new(StringComparer.Ordinal);

    /// <param name="path">From the web root, with a leading slash. A missing file gives the plain path: the browser then reports it.</param>
    public string UrlOf(string path) => _urls.GetOrAdd(path, Versioned);

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
