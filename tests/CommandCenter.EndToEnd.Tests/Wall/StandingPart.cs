using System.Text.Json;
using CommandCenter.Testing;
using CommandCenter.Web.Wall;
using Microsoft.Extensions.DependencyInjection;

namespace CommandCenter.EndToEnd.Tests.Wall;

/// <summary>A part of the wall as a file of this folder has it, for panels whose part needs more of the product than a figure source:
/// <c>parts/{name}.json</c> with the part in <c>zh</c> and in <c>en</c>, as it travels.</summary>
internal sealed class StandingPart : IWallPartSource
{
    private readonly JsonElement _texts;

    private StandingPart(string path)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(path));
        _texts = document.RootElement.Clone();
        Name = Path.GetFileNameWithoutExtension(path);
    }

    public string Name { get; }

    /// <summary>All that the wall itself does not register.</summary>
    public static IEnumerable<IWallPartSource> All(IServiceCollection services)
    {
        var folder = RepositoryRoot.Combine("tests", "CommandCenter.EndToEnd.Tests", "Wall", "parts");
        // By the constant, and not by making one: a part of the product may need all of it.
        var known = services.Where(static service => service.ServiceType == typeof(IWallPartSource))
            .Select(static service => service.ImplementationType?.GetField("PartName")?.GetRawConstantValue() as string)
            .ToHashSet(StringComparer.Ordinal);
        return Directory.Exists(folder)
            ? Directory.EnumerateFiles(folder, "*.json").Select(static path => new StandingPart(path)).Where(part => !known.Contains(part.Name))
            : [];
    }

    public object Read(WallSample sample) => this;

    public void Write(Utf8JsonWriter json, object state, WallLanguage language) => _texts.GetProperty(language == WallLanguage.En ? "en" : "zh").WriteTo(json);
}
