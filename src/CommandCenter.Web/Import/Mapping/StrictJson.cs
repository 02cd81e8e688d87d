using System.Text.Json;

namespace CommandCenter.Web.Import.Mapping;

/// <summary>Reads a configuration file so that a mistyped name is an error with file and place, never a silent default.</summary>
internal readonly struct StrictJson
{
    private readonly JsonElement _element;
    private readonly string _file;
    private readonly string _path;

    private StrictJson(JsonElement element, string file, string path)
    {
        _element = element;
        _file = file;
        _path = path;
    }

    public JsonValueKind Kind => _element.ValueKind;

    /// <exception cref="ImportInputException">Not JSON, or a property stands twice.</exception>
    public static StrictJson Parse(ReadOnlyMemory<byte> utf8, string file)
    {
        try
        {
            using var document = JsonDocument.Parse(utf8, new() { AllowDuplicateProperties = false, MaxDepth = 16 });
            return new(document.RootElement.Clone(), file, "$");
        }
        catch (JsonException exception)
        {
            throw new ImportInputException($"{file}: {exception.Message}", exception);
        }
    }

    public ImportInputException Fault(string message) => new($"{_file}: {_path}: {message}");

    /// <summary>Requires an object that has no property but these.</summary>
    public StrictJson Only(params ReadOnlySpan<string> names)
    {
        Require(JsonValueKind.Object, "an object");
        foreach (var property in _element.EnumerateObject())
        {
            if (!names.Contains(property.Name))
            {
                throw Fault($"unknown property '{property.Name}' (known: {string.Join(", ", names.ToArray())})");
            }
        }

        return this;
    }

    public bool TryGet(string name, out StrictJson value)
    {
        if (_element.TryGetProperty(name, out var element))
        {
            value = new(element, _file, $"{_path}.{name}");
            return true;
        }

        value = default;
        return false;
    }

    public StrictJson Get(string name) =>
        TryGet(name, out var value) ? value : throw Fault($"property '{name}' is missing");

    public string Text()
    {
        Require(JsonValueKind.String, "a text");
        var text = _element.GetString()!;
        return text.Length > 0 ? text : throw Fault("an empty text");
    }

    public long Number() => Kind == JsonValueKind.Number && _element.TryGetInt64(out var number)
        ? number
        : throw Fault("must be a whole number");

    public IEnumerable<StrictJson> Items()
    {
        Require(JsonValueKind.Array, "a list");
        var (file, path) = (_file, _path);
        return _element.EnumerateArray().Select((item, index) => new StrictJson(item, file, $"{path}[{index}]"));
    }

    public IEnumerable<(string Name, StrictJson Value)> Members()
    {
        Require(JsonValueKind.Object, "an object");
        var (file, path) = (_file, _path);
        return _element.EnumerateObject()
            .Select(property => (property.Name, new StrictJson(property.Value, file, $"{path}.{property.Name}")));
    }

    private void Require(JsonValueKind kind, string what)
    {
        if (Kind != kind)
        {
            throw Fault($"must be {what}");
        }
    }
}
