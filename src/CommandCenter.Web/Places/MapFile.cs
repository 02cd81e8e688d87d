using System.Text.Json;
using System.Text.Json.Serialization;
using CommandCenter.Domain.Officers;
using CommandCenter.Web.Hosting;
using CommandCenter.Web.Wall;

namespace CommandCenter.Web.Places;

/// <summary><c>wallboard-config/map/map.json</c>: which district belongs to which court, where words and courts stand, and in which datum all of it is shown.</summary>
/// <remarks>All positions in it are WGS-84, whatever is shown.</remarks>
internal sealed record MapFile
{
    /// <summary>Its name in the folder of the map.</summary>
    public const string FileName = "map.json";

    private static readonly JsonSerializerOptions s_strict = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
        RespectNullableAnnotations = true,
        PropertyNameCaseInsensitive = false,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseUpper, allowIntegerValues: false) },
    };

    [JsonPropertyName("$schema")]
    public string? Schema { get; init; }

    public string? Description { get; init; }

    /// <summary>The frame in which outlines, courts and officers are shown; default WGS-84, in which officers are stored.</summary>
    public MapDatum DisplayDatum { get; init; }

    /// <summary>Whether the map shows a part of the courts only: those without a place are not on it. Default no: a court that was forgotten is a fault.</summary>
    [JsonPropertyName("partial")]
    public bool IsPartial { get; init; }

    /// <summary>What is to know about the approved map, once there is one.</summary>
    public required ApprovedMap Approved { get; init; }

    public required MapFrames Frames { get; init; }

    public required IReadOnlyList<DistrictPlace> Districts { get; init; }

    public required IReadOnlyList<CourtPlace> Courts { get; init; }

    /// <exception cref="ConfigurationException">The file is missing or is not of its form.</exception>
    public static MapFile Read(string directory)
    {
        var path = Path.Combine(directory, FileName);
        try
        {
            return JsonSerializer.Deserialize<MapFile>(File.ReadAllBytes(path), s_strict)
                ?? throw new ConfigurationException($"{path} holds null.", null);
        }
        catch (Exception exception) when (exception is IOException or JsonException or UnauthorizedAccessException)
        {
            throw new ConfigurationException($"{path}: {exception.Message}", exception);
        }
    }
}

/// <summary>How the file writes a datum: <c>WGS84</c> or <c>GCJ02</c>, as events do.</summary>
internal enum MapDatum
{
    [JsonStringEnumMemberName("WGS84")]
    Wgs84,

    [JsonStringEnumMemberName("GCJ02")]
    Gcj02,
}

/// <summary>The map that the court may publish.</summary>
/// <param name="Datum">The datum of its positions.</param>
/// <param name="Property">The property of its features that holds the code or the name of the district.</param>
/// <param name="ApprovalNumber">审图号, shown on the panel; needed as soon as the map is there.</param>
internal sealed record ApprovedMap(MapDatum Datum, string Property, string? ApprovalNumber);

/// <summary>The three pictures of the panel: the city's mainland, its centre enlarged, its islands.</summary>
internal sealed record MapFrames(MapFrame City, MapFrame Centre, MapFrame Islands)
{
    public MapFrame Find(MapFrameName name) => name switch
    {
        MapFrameName.City => City,
        MapFrameName.Centre => Centre,
        _ => Islands,
    };
}

/// <summary>One of <see cref="MapFrames"/>.</summary>
internal enum MapFrameName
{
    [JsonStringEnumMemberName("city")]
    City,

    [JsonStringEnumMemberName("centre")]
    Centre,

    [JsonStringEnumMemberName("islands")]
    Islands,
}

/// <summary>What a picture shows, in degrees.</summary>
internal sealed record MapFrame(double West, double South, double East, double North);

/// <summary>A position, in degrees.</summary>
internal readonly record struct GeoPoint(double Lat, double Lon)
{
    public GeoPoint From(MapDatum datum, MapDatum target) => (datum, target) switch
    {
        (MapDatum.Wgs84, MapDatum.Gcj02) => Of(Gcj02.FromWgs84(Lat, Lon)),
        (MapDatum.Gcj02, MapDatum.Wgs84) => Of(Gcj02.ToWgs84(Lat, Lon)),
        _ => this,
    };

    private static GeoPoint Of((double Latitude, double Longitude) position) => new(position.Latitude, position.Longitude);
}

/// <summary>One district of the map.</summary>
/// <param name="Code">Its code of GB/T 2260, such as 310101.</param>
/// <param name="Court">The mark of the court whose figures shade it.</param>
/// <param name="Name">Its name.</param>
/// <param name="Frame">The picture that carries its words.</param>
/// <param name="Point">A point well inside it.</param>
/// <param name="Label">The middle of its words; without, they stand at <paramref name="Point"/>. Outside of the district a line leads to it.</param>
internal sealed record DistrictPlace(string Code, string Court, WallLabel Name, MapFrameName Frame, GeoPoint Point, GeoPoint? Label = null);

/// <summary>The approximate seat of a court.</summary>
internal sealed record CourtPlace(string Mark, string District, double Lat, double Lon);
