using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using CommandCenter.Simulator.Delivery;

namespace CommandCenter.Simulator.Scale;

/// <summary>A country made of the city: its court tree once more for every region of 30 provinces, under one supreme court.</summary>
/// <remarks>
/// Shanghai stays as it is. A region has intermediate courts 冀01 to 冀05 and basic courts 冀0101 and on, as the marks of 法〔2015〕137号
/// are made; the next region of the province goes on with 冀06. ×150 is 3,332 courts; the country has about 3,500.
/// </remarks>
internal static class ScaledCourts
{
    /// <summary>Greatest scale: the product's court tree holds 4,096 courts.</summary>
    public const int ScaleMax = 180;

    private const string CourtsFile = "courts.json";
    private const string Supreme = "最高法";
    private const string Provinces = "京津渝冀晋辽吉黑苏浙皖闽赣鲁豫鄂湘粤琼川贵云陕甘青内桂藏宁新";

    private static readonly JsonSerializerOptions s_json = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The marks of all courts.</summary>
    /// <param name="config">The product's configuration, whose tree is multiplied, or a configuration that was written from it.</param>
    /// <param name="scale">How often, 1 to <see cref="ScaleMax"/>.</param>
    /// <exception cref="RunException">The tree cannot be read.</exception>
    public static IReadOnlyList<string> Marks(string config, int scale)
    {
        var courts = Read(config);
        return [.. (IsCountry(courts) ? courts : Tree(courts, scale)).Select(court => (string)court["mark"]!)];
    }

    /// <summary>Writes a configuration with the multiplied tree; all other files are those of the product.</summary>
    /// <returns>How many courts it has.</returns>
    /// <exception cref="RunException">The folder holds files already, or the tree cannot be read.</exception>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public static int Write(string config, int scale, string folder)
    {
        if (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any())
        {
            throw new RunException(2, $"{folder} is not empty; nothing was written.");
        }

        var city = Read(config);
        if (IsCountry(city))
        {
            throw new RunException(2, $"{config} holds a country already; a country is made of the city.");
        }

        var courts = Tree(city, scale).ToArray();
        foreach (var file in Directory.EnumerateFiles(config, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(folder, Path.GetRelativePath(config, file));
            _ = Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        var document = new JsonObject
        {
            ["$schema"] = "courts.schema.json",
            ["description"] = $"Made up: the courts of Shanghai {scale} times over, for tests of size. Written by the simulator.",
            ["courts"] = new JsonArray([.. courts]),
        };
        File.WriteAllText(Path.Combine(folder, CourtsFile), document.ToJsonString(s_json));
        MakeMapPartial(Path.Combine(folder, "map", "map.json"));
        return courts.Length;
    }

    // The map is of the one city; nobody knows where courts stand that were made up.
    private static void MakeMapPartial(string file)
    {
        var map = JsonNode.Parse(File.ReadAllBytes(file))!.AsObject();
        map["partial"] = true;
        File.WriteAllText(file, map.ToJsonString(s_json));
    }

    private static bool IsCountry(JsonObject[] courts) => courts.Any(court => (string?)court["mark"] == Supreme);

    private static JsonObject[] Read(string config)
    {
        var path = Path.Combine(config, CourtsFile);
        try
        {
            return [.. JsonNode.Parse(File.ReadAllBytes(path))!["courts"]!.AsArray().Select(court => court!.AsObject())];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException or InvalidOperationException or NullReferenceException)
        {
            throw new RunException(2, $"{path}: {exception.Message}");
        }
    }

    private static IEnumerable<JsonObject> Tree(JsonObject[] city, int scale)
    {
        if (scale == 1)
        {
            foreach (var court in city)
            {
                yield return court.DeepClone().AsObject();
            }

            yield break;
        }

        yield return Court(Supreme, "最高人民法院(示例)", "Supreme People's Court (sample)", "high", superior: null);
        foreach (var court in city)
        {
            var copy = court.DeepClone().AsObject();
            copy["superior"] ??= Supreme;
            yield return copy;
        }

        for (var region = 0; region < scale - 1; region++)
        {
            foreach (var court in Region(city, Provinces[region % Provinces.Length], region / Provinces.Length))
            {
                yield return court;
            }
        }
    }

    private static IEnumerable<JsonObject> Region(JsonObject[] city, char province, int ofProvince)
    {
        var high = province.ToString();
        if (ofProvince == 0)
        {
            yield return Court(high, $"{province}高级人民法院(示例)", $"High People's Court {province} (sample)", "high", Supreme);
        }

        var intermediate = city.Where(court => (string)court["level"]! == "intermediate").ToArray();
        for (var i = 0; i < intermediate.Length; i++)
        {
            var mark = string.Create(CultureInfo.InvariantCulture, $"{province}{(ofProvince * intermediate.Length) + i + 1:D2}");
            yield return Court(mark, $"{mark}中级人民法院(示例)", $"Intermediate People's Court {mark} (sample)", "intermediate", high);
            var inferior = city.Count(court => (string?)court["superior"] == (string)intermediate[i]["mark"]!);
            for (var k = 1; k <= inferior; k++)
            {
                var basic = string.Create(CultureInfo.InvariantCulture, $"{mark}{k:D2}");
                yield return Court(basic, $"{basic}人民法院(示例)", $"People's Court {basic} (sample)", "basic", mark);
            }
        }
    }

    private static JsonObject Court(string mark, string nameZh, string nameEn, string level, string? superior)
    {
        var court = new JsonObject { ["mark"] = mark, ["nameZh"] = nameZh, ["nameEn"] = nameEn, ["level"] = level, ["institution"] = "I-" + mark };
        if (superior is not null)
        {
            court["superior"] = superior;
        }

        return court;
    }
}
