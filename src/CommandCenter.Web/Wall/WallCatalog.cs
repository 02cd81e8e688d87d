using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace CommandCenter.Web.Wall;

/// <summary>One wall as its file describes it.</summary>
internal sealed record WallDefinition
{
    [JsonPropertyName("$schema")]
    public string? Schema { get; init; }

    /// <summary>Part of the address: <c>/wall/{id}</c>. Equals the file's name.</summary>
    public required string Id { get; init; }

    public required WallLabel Title { get; init; }

    /// <summary>What the top bar calls the picture that is shown.</summary>
    public required WallLabel Scene { get; init; }

    /// <summary>A picture older than this says 数据陈旧. 2 to 60 seconds; default 5.</summary>
    public int StaleAfterSeconds { get; init; } = 5;
}

/// <summary>A name in both languages.</summary>
internal sealed record WallLabel
{
    public required string Zh { get; init; }

    public required string En { get; init; }

    public string In(WallLanguage language) => language == WallLanguage.En ? En : Zh;
}

/// <summary>A wall file cannot be used. The message names the file and every fault.</summary>
internal sealed class WallConfigException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>The walls of this house, read once at start.</summary>
internal sealed partial class WallCatalog
{
    private const string SchemaSuffix = ".schema.json";

    private static readonly JsonSerializerOptions s_strict = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        PropertyNameCaseInsensitive = false,
        RespectNullableAnnotations = true,
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

    private static WallDefinition Read(string path)
    {
        WallDefinition wall;
        try
        {
            using var file = File.OpenRead(path);
            wall = JsonSerializer.Deserialize<WallDefinition>(file, s_strict)
                ?? throw new WallConfigException($"{path}: the file holds null.");
        }
        catch (JsonException exception)
        {
            throw new WallConfigException($"{path}: {exception.Message}", exception);
        }

        var faults = FaultsOf(wall, Path.GetFileNameWithoutExtension(path)).ToList();
        return faults.Count == 0 ? wall : throw new WallConfigException($"{path}: {string.Join(" ", faults)}");
    }

    private static IEnumerable<string> FaultsOf(WallDefinition wall, string fileName)
    {
        if (wall.Id != fileName || !IdPattern().IsMatch(wall.Id))
        {
            yield return $"id is \"{wall.Id}\"; it must equal the file's name and be 1 to 32 of a-z, 0-9 and -.";
        }

        if (wall.StaleAfterSeconds is < 2 or > 60)
        {
            yield return $"staleAfterSeconds is {wall.StaleAfterSeconds}; it must be 2 to 60.";
        }

        foreach (var (key, label) in new[] { ("title", wall.Title), ("scene", wall.Scene) })
        {
            if (string.IsNullOrWhiteSpace(label.Zh) || string.IsNullOrWhiteSpace(label.En))
            {
                yield return $"{key} needs a text in both zh and en.";
            }
        }
    }

    [GeneratedRegex("^[a-z0-9-]{1,32}$")]
    private static partial Regex IdPattern();
}
