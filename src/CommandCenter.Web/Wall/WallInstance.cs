using System.Security.Cryptography;
using System.Text;
using CommandCenter.Web.Hosting;
using Microsoft.Extensions.Options;

namespace CommandCenter.Web.Wall;

/// <summary>One run of the server, and what its pages are drawn with.</summary>
/// <remarks>
/// A page outlives its server. When the next one draws with the same things, the page goes on where it stands; when not, it has to be
/// loaded anew.
/// </remarks>
internal sealed class WallInstance(string version)
{
    public WallInstance(AssetUrls files, IOptions<WallOptions> options, IHostEnvironment environment)
        : this(VersionOf(files, options.Value, environment.ContentRootPath))
    {
    }

    /// <summary>Drawn at start: frames of two runs are not compared by their time.</summary>
    public string Id { get; } = RandomNumberGenerator.GetHexString(12, lowercase: true);

    /// <summary>Changes with the program, its scripts and style sheets, and the configuration beside the wall files, which have revisions of their own.</summary>
    public string Version { get; } = version;

    private static string VersionOf(AssetUrls files, WallOptions options, string root)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(typeof(WallInstance).Module.ModuleVersionId.ToByteArray());
        foreach (var url in files.All)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(url));
        }

        var walls = Path.GetFullPath(options.Directory, root);
        foreach (var path in options.DrawnFrom.SelectMany(static folder => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
            .Where(path => Path.GetDirectoryName(path) != walls).Order(StringComparer.Ordinal))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(Path.GetFileName(path)));
            hash.AppendData(File.ReadAllBytes(path));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset())[..12];
    }
}
