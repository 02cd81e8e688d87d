using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace CommandCenter.Web.Wall;

/// <summary>A wall file cannot be used. The message names the file and every fault.</summary>
internal sealed class WallConfigException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>The walls of this house: read at start, and again whenever a file changes.</summary>
/// <remarks>A file that cannot be used leaves the wall as its last good file describes it; <see cref="Faults"/> says what is wrong.</remarks>
internal sealed class WallCatalog
{
    private const string SchemaSuffix = ".schema.json";
    private const int FileBytesMax = 1024 * 1024;

    private static readonly JsonSerializerOptions s_strict = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
        PropertyNameCaseInsensitive = false,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    private readonly Lock _reloading = new();
    private Contents _contents;

    private WallCatalog(string directory, Contents contents)
    {
        Folder = directory;
        _contents = contents;
    }

    /// <summary>Where the files are.</summary>
    public string Folder { get; }

    /// <summary>All walls by id.</summary>
    public IEnumerable<WallDefinition> Walls => Volatile.Read(ref _contents).Walls.Values.OrderBy(wall => wall.Id, StringComparer.Ordinal);

    /// <summary>Files that cannot be used as they are now.</summary>
    public IReadOnlyList<WallFileFault> Faults => Volatile.Read(ref _contents).Faults;

    public WallDefinition? Find(string id) => Volatile.Read(ref _contents).Walls.GetValueOrDefault(id);

    /// <exception cref="WallConfigException">The folder is missing or empty, or a file in it is wrong.</exception>
    public static WallCatalog Load(string directory)
    {
        if (!Directory.Exists(directory))
        {
            throw new WallConfigException($"There is no folder {directory}; key {WallOptions.Section}:Directory names it.");
        }

        var contents = ReadAll(directory, Contents.None, DateTimeOffset.UnixEpoch);
        return contents.Faults is [var first, ..]
            ? throw new WallConfigException(first.Message)
            : contents.Walls.Count > 0
                ? new WallCatalog(directory, contents)
                : throw new WallConfigException($"{directory} holds no wall; it needs at least one file such as main.json.");
    }

    /// <summary>Reads one wall file.</summary>
    /// <exception cref="WallConfigException">It is wrong.</exception>
    public static WallDefinition Read(string path) => Parse(path, ReadContent(path));

    /// <summary>Reads the folder again. Only what changed is looked at.</summary>
    /// <param name="now">When, for the faults.</param>
    /// <returns>What came of it; <see langword="null"/> when nothing changed.</returns>
    public WallReload? Reload(DateTimeOffset now)
    {
        lock (_reloading)
        {
            var before = _contents;
            var after = ReadAll(Folder, before, now);
            if (before.Equals(after))
            {
                return null;
            }

            Volatile.Write(ref _contents, after);
            return new WallReload(
                [.. after.Walls.Values.Where(wall => !ReferenceEquals(wall, before.Walls.GetValueOrDefault(wall.Id))).Select(static wall => wall.Id)],
                [.. before.Walls.Keys.Where(id => !after.Walls.ContainsKey(id))],
                [.. after.Faults.Except(before.Faults)]);
        }
    }

    private static Contents ReadAll(string directory, Contents before, DateTimeOffset now)
    {
        var walls = new Dictionary<string, WallDefinition>(StringComparer.Ordinal);
        var faults = new List<WallFileFault>();
        string[] files;
        try
        {
            files = [.. Directory.EnumerateFiles(directory, "*.json").Where(path => !path.EndsWith(SchemaSuffix, StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // A share that is away for a moment must not take the walls with it.
            return before with { Faults = [before.FaultOf(directory, $"{directory}: {exception.Message}", now)] };
        }

        foreach (var path in files)
        {
            var id = Path.GetFileNameWithoutExtension(path);
            var last = before.Walls.GetValueOrDefault(id);
            try
            {
                var content = ReadContent(path);
                var wall = last is not null && last.Revision == RevisionOf(content) ? last : Parse(path, content);
                walls.Add(wall.Id, wall);
            }
            catch (WallConfigException exception)
            {
                faults.Add(before.FaultOf(path, exception.Message, now));
                if (last is not null)
                {
                    walls.Add(id, last);
                }
            }
        }

        // Editors replace a file by removing it first. Gone is what is gone twice.
        string[] missing = [.. before.Walls.Keys.Where(id => !walls.ContainsKey(id) && !before.Missing.Contains(id))];
        foreach (var id in missing)
        {
            walls.Add(id, before.Walls[id]);
        }

        return walls.Count > 0 || before.Walls.Count == 0
            ? new Contents(walls, faults, missing)
            : before with { Faults = [before.FaultOf(directory, $"{directory} holds no wall any more.", now), .. faults] };
    }

    private static byte[] ReadContent(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            if (file.Length > FileBytesMax)
            {
                throw new WallConfigException($"{path}: the file has {file.Length} bytes; a wall has at most {FileBytesMax}.");
            }

            var content = new byte[file.Length];
            file.ReadExactly(content);
            return content;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new WallConfigException($"{path}: {exception.Message}", exception);
        }
    }

    private static WallDefinition Parse(string path, byte[] content)
    {
        WallDefinition wall;
        try
        {
            wall = JsonSerializer.Deserialize<WallDefinition>(content, s_strict)
                ?? throw new WallConfigException($"{path}: the file holds null.");
        }
        catch (JsonException exception)
        {
            throw new WallConfigException($"{PlaceOf(path, exception)}: {exception.Message}", exception);
        }

        var faults = WallRules.FaultsOf(wall, Path.GetFileNameWithoutExtension(path)).ToList();
        return faults.Count == 0
            ? wall with { Revision = RevisionOf(content) }
            : throw new WallConfigException($"{path}: {string.Join(" ", faults)}");
    }

    // Lines are counted from 1 by everybody but the parser.
    private static string PlaceOf(string path, JsonException exception) => exception.LineNumber is { } line
        ? string.Create(CultureInfo.InvariantCulture, $"{path}, line {line + 1}")
        : path;

    private static string RevisionOf(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content))[..12];

    /// <summary>The folder as it was read last.</summary>
    private sealed record Contents(IReadOnlyDictionary<string, WallDefinition> Walls, IReadOnlyList<WallFileFault> Faults, IReadOnlyList<string> Missing)
    {
        public static readonly Contents None = new(new Dictionary<string, WallDefinition>(), [], []);

        public bool Equals(Contents? other) => other is not null && Faults.SequenceEqual(other.Faults) && Missing.SequenceEqual(other.Missing)
            && Walls.Count == other.Walls.Count && Walls.All(wall => ReferenceEquals(wall.Value, other.Walls.GetValueOrDefault(wall.Key)));

        public override int GetHashCode() => Walls.Count;

        /// <summary>A fault that was there before keeps its time.</summary>
        public WallFileFault FaultOf(string file, string message, DateTimeOffset now) =>
            Faults.FirstOrDefault(fault => fault.File == file && fault.Message == message) ?? new WallFileFault(file, message, now);
    }
}

/// <summary>A file that cannot be used.</summary>
/// <param name="File">Its path.</param>
/// <param name="Message">Path, line where it is known, and every fault.</param>
/// <param name="Since">Since when it has been so.</param>
internal sealed record WallFileFault(string File, string Message, DateTimeOffset Since)
{
    /// <summary>The wall that goes on without it.</summary>
    public string WallId => Path.GetFileNameWithoutExtension(File);
}

/// <summary>What came of reading the folder again.</summary>
/// <param name="Changed">Walls that are new or different.</param>
/// <param name="Removed">Walls whose file is gone.</param>
/// <param name="Faults">Faults that were not there before.</param>
internal sealed record WallReload(IReadOnlyList<string> Changed, IReadOnlyList<string> Removed, IReadOnlyList<WallFileFault> Faults);
