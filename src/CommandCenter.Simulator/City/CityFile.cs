using System.Text.Json;
using System.Text.Json.Serialization;
using CommandCenter.Simulator.Officers;

namespace CommandCenter.Simulator.City;

/// <summary><c>shanghai.json</c>, which is part of the program: the sizes of the courts and where their officers are.</summary>
internal sealed record CityFile(string Description, string Source, IReadOnlyList<CourtSize> Courts, IReadOnlyList<District> Districts)
{
    /// <summary>The file.</summary>
    public static CityFile Shanghai { get; } = Read();

    private static CityFile Read()
    {
        using var file = typeof(CityFile).Assembly.GetManifestResourceStream("shanghai.json")!;
        return JsonSerializer.Deserialize(file, CityJson.Default.CityFile)!;
    }
}

/// <summary>The size of a court.</summary>
/// <param name="Mark">法院代字.</param>
/// <param name="CasesPerWorkingDay">New 执 and 执恢 cases.</param>
internal sealed record CourtSize(string Mark, double CasesPerWorkingDay);

/// <summary>Read strictly, as all our files.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(CityFile))]
internal sealed partial class CityJson : JsonSerializerContext;
