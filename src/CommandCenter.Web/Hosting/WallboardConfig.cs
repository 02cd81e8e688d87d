using System.Text.Json;
using System.Text.Json.Serialization;
using CommandCenter.Domain.Calendar;
using CommandCenter.Domain.Cases;
using CommandCenter.Domain.Courts;

namespace CommandCenter.Web.Hosting;

/// <summary>The files of <c>wallboard-config</c> that the host stands on: courts, nodes and working days. Read strictly, at start, all faults named.</summary>
internal static class WallboardConfig
{
    private const int HolidayDaysMax = 31;

    private static readonly JsonSerializerOptions s_strict = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
        PropertyNameCaseInsensitive = false,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    /// <summary>Reads <c>courts.json</c>.</summary>
    /// <exception cref="ConfigurationException">The file is missing or wrong.</exception>
    public static CourtTree ReadCourts(string directory)
    {
        var (path, file) = Read<CourtsFile>(directory, "courts.json");
        return Build(path, () => CourtTree.Create([.. file.Courts.Select(court => new CourtDefinition(
            court.Mark, court.NameZh, court.NameEn, court.Level, court.Institution, court.Superior))]));
    }

    /// <summary>Reads <c>nodes.json</c>.</summary>
    /// <exception cref="ConfigurationException">The file is missing or wrong.</exception>
    public static NodeCatalog ReadNodes(string directory)
    {
        var (path, file) = Read<NodesFile>(directory, "nodes.json");
        return Build(path, () => NodeCatalog.Create([.. file.Nodes.Select(node => new NodeDefinition(
            node.Seq, node.Code, node.NameZh, node.NameEn, node.Stage, node.After, node.Repeatable, node.Limit))]));
    }

    /// <summary>Reads <c>calendar.json</c>.</summary>
    /// <exception cref="ConfigurationException">The file is missing or wrong.</exception>
    public static WorkingDays ReadWorkingDays(string directory)
    {
        var (path, file) = Read<CalendarFile>(directory, "calendar.json");
        var holidays = file.Years.SelectMany(static year => year.Holidays).ToArray();
        if (holidays.FirstOrDefault(static holiday => holiday.To < holiday.From || holiday.To.DayNumber - holiday.From.DayNumber >= HolidayDaysMax) is { } odd)
        {
            throw new ConfigurationException($"{path}: {odd.Name} of {odd.From:yyyy-MM-dd} must last 1 to {HolidayDaysMax} days.", null);
        }

        return Build(path, () => new WorkingDays(
            holidays.SelectMany(static holiday => Enumerable.Range(0, holiday.To.DayNumber - holiday.From.DayNumber + 1).Select(holiday.From.AddDays)),
            holidays.SelectMany(static holiday => holiday.Work ?? []),
            file.Years.Select(static year => year.Year)));
    }

    private static (string Path, T File) Read<T>(string directory, string name)
    {
        var path = Path.Combine(directory, name);
        try
        {
            return (path, JsonSerializer.Deserialize<T>(File.ReadAllBytes(path), s_strict)
                ?? throw new ConfigurationException($"{path} holds null.", null));
        }
        catch (Exception exception) when (exception is IOException or JsonException or UnauthorizedAccessException)
        {
            throw new ConfigurationException($"{path}: {exception.Message}", exception);
        }
    }

    private static T Build<T>(string path, Func<T> build)
    {
        try
        {
            return build();
        }
        catch (ArgumentException exception)
        {
            throw new ConfigurationException($"{path}: {exception.Message}", exception);
        }
    }

    private sealed record CourtsFile(
        [property: JsonPropertyName("$schema")] string? Schema, string? Description, IReadOnlyList<CourtRow> Courts);

    private sealed record CourtRow(
        string Mark, string NameZh, string NameEn, CourtLevel Level, string Institution, bool Specialised = false, string? Superior = null);

    private sealed record CalendarFile(
        IReadOnlyList<CalendarYear> Years,
        [property: JsonPropertyName("$schema")] string? Schema = null,
        string? Description = null,
        string? Source = null);

    private sealed record CalendarYear(int Year, IReadOnlyList<string> Notices, IReadOnlyList<HolidayRow> Holidays);

    private sealed record HolidayRow(string Name, DateOnly From, DateOnly To, IReadOnlyList<DateOnly>? Work = null);

    private sealed record NodesFile(
        [property: JsonPropertyName("$schema")] string? Schema,
        string? Description,
        IReadOnlyDictionary<string, string> Stages,
        IReadOnlyList<NodeRow> Nodes);

    private sealed record NodeRow(
        int Seq, string Code, string NameZh, string NameEn, string Stage, IReadOnlyList<string> After, bool Repeatable, bool Pushed, NodeLimit? Limit = null);
}

/// <summary>An option or a file of the configuration is missing or wrong; the message names it and the fault.</summary>
internal sealed class ConfigurationException(string message, Exception? innerException) : Exception(message, innerException);
