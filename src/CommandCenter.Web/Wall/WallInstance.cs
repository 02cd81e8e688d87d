using System.Reflection;
using System.Security.Cryptography;

namespace CommandCenter.Web.Wall;

/// <summary>Tells one run of one build from every other, so that a page notices that its server was replaced.</summary>
internal sealed class WallInstance
{
    public WallInstance()
    {
        var build = typeof(WallInstance).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion;
        Id = $"{build ?? "0"}/{RandomNumberGenerator.GetHexString(12, lowercase: true)}";
    }

    /// <summary>Build version and a random part that is drawn at start.</summary>
    public string Id { get; }
}
