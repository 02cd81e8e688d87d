using System.Text.Json;
using CommandCenter.Domain.Cases;
using CommandCenter.Domain.Courts;

namespace CommandCenter.Testing;

/// <summary>The courts and nodes that the product ships, for tests of everything that needs them.</summary>
/// <remarks>Read without the product's own loader: that one has its own tests, and a fault in it must not hide here.</remarks>
public static class ShippedConfig
{
    /// <summary>The court of most tests.</summary>
    public const string Pudong = "沪0115";

    /// <summary>The court to which tests transfer.</summary>
    public const string Huangpu = "沪0101";

    private static readonly JsonDocumentOptions s_options = new() { AllowDuplicateProperties = false };

    /// <summary>The courts as configured.</summary>
    public static IReadOnlyList<CourtDefinition> CourtDefinitions { get; } = ReadCourts();

    /// <summary>The nodes as configured.</summary>
    public static IReadOnlyList<NodeDefinition> NodeDefinitions { get; } = ReadNodes();

    /// <summary>The tree of the shipped courts.</summary>
    public static CourtTree Courts { get; } = CourtTree.Create(CourtDefinitions);

    /// <summary>The catalogue of the shipped nodes.</summary>
    public static NodeCatalog Nodes { get; } = NodeCatalog.Create(NodeDefinitions);

    /// <summary>The number of a node.</summary>
    /// <exception cref="ArgumentException">There is no such node.</exception>
    public static int Seq(string code) =>
        Nodes.TryFind(code, out var node) ? node.Seq : throw new ArgumentException($"There is no node {code}.", nameof(code));

    private static CourtDefinition[] ReadCourts()
    {
        using var document = Read("courts.json");
        return [.. document.RootElement.GetProperty("courts").EnumerateArray().Select(court => new CourtDefinition(
            Text(court, "mark"), Text(court, "nameZh"), Text(court, "nameEn"),
            Enum.Parse<CourtLevel>(Text(court, "level"), ignoreCase: true), Text(court, "institution"),
            court.TryGetProperty("superior", out var superior) ? superior.GetString() : null))];
    }

    private static NodeDefinition[] ReadNodes()
    {
        using var document = Read("nodes.json");
        return [.. document.RootElement.GetProperty("nodes").EnumerateArray().Select(node => new NodeDefinition(
            node.GetProperty("seq").GetInt32(), Text(node, "code"), Text(node, "nameZh"), Text(node, "nameEn"), Text(node, "stage"),
            [.. node.GetProperty("after").EnumerateArray().Select(code => code.GetString()!)],
            node.GetProperty("repeatable").GetBoolean(),
            node.TryGetProperty("limit", out var limit) ? new NodeLimit(Text(limit, "from"), Text(limit, "basis"), Count(limit, "days"), Count(limit, "months")) : null))];
    }

    private static JsonDocument Read(string file) =>
        JsonDocument.Parse(File.ReadAllBytes(RepositoryRoot.Combine("wallboard-config", file)), s_options);

    private static int Count(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value.GetInt32() : 0;

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;
}
