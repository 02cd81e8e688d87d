using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace CommandCenter.Web.Wall;

/// <summary>A wall file cannot be used. The message names the file and every fault.</summary>
internal sealed class WallConfigException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>The walls of this house, read once at start.</summary>
internal sealed class WallCatalog
{
    private const string SchemaSuffix = ".schema.json";

    private static readonly JsonSerializerOptions s_strict = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
        PropertyNameCaseInsensitive = false,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    private readonly Dictionary<string, WallDefinition> _walls;

    private WallCatalog(Dictionary<string, WallDefinition> walls) => _walls = walls;

    /// <summary>All walls by id.</summary>
    public IEnumerable<WallDefinition> Walls => _walls.Values.OrderBy(wall => wall.Id, StringComparer.Ordinal);

    public WallDefinition? Find(string id) => _walls.GetValueOrDefault(id);

    /// <exception cref="WallConfigException">The folder is missing or empty, or a file in it is wrong.</exception>
    public static WallCatalog Load(string directory)
    {
        if (!Directory.Exists(directory))
        {
            throw new WallConfigException($"There is no folder {directory}; key {WallOptions.Section}:Directory names it.");
        }

        var walls = Directory.EnumerateFiles(directory, "*.json")
            .Where(path => !path.EndsWith(SchemaSuffix, StringComparison.Ordinal))
            .Select(Read)
            .ToDictionary(wall => wall.Id, StringComparer.Ordinal);
        return walls.Count > 0
            ? new WallCatalog(walls)
            : throw new WallConfigException($"{directory} holds no wall; it needs at least one file such as main.json.");
    }

    /// <summary>Reads one wall file.</summary>
    /// <exception cref="WallConfigException">It is wrong.</exception>
    public static WallDefinition Read(string path)
    {
        WallDefinition wall;
        byte[] content;
        try
        {
            content = File.ReadAllBytes(path);
            wall = JsonSerializer.Deserialize<WallDefinition>(content, s_strict)
                ?? throw new WallConfigException($"{path}: the file holds null.");
        }
        catch (Exception exception) when (exception is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new WallConfigException($"{path}: {exception.Message}", exception);
        }

        var faults = WallRules.FaultsOf(wall, Path.GetFileNameWithoutExtension(path)).ToList();
        return faults.Count == 0
            ? wall with { Revision = Convert.ToHexStringLower(SHA256.HashData(content))[..12] }
            : throw new WallConfigException($"{path}: {string.Join(" ", faults)}");
    }
}
