using System.Text.Json.Serialization;

namespace CommandCenter.Simulator.Calendar;

/// <summary><c>calendar.json</c> of the product's configuration.</summary>
internal sealed record CalendarFile(
    IReadOnlyList<CalendarYear> Years,
    [property: JsonPropertyName("$schema")] string? Schema = null,
    string? Description = null,
    string? Source = null);

/// <summary>A year as it was announced.</summary>
/// <param name="Year">The year.</param>
/// <param name="Notices">The notices (通知) of the State Council.</param>
/// <param name="Holidays">Its holidays.</param>
internal sealed record CalendarYear(int Year, IReadOnlyList<string> Notices, IReadOnlyList<Holiday> Holidays);

/// <summary>A holiday.</summary>
/// <param name="Name">Its name.</param>
/// <param name="From">First day off.</param>
/// <param name="To">Last day off.</param>
/// <param name="Work">Days of a weekend on which the free weekdays are made up (补班).</param>
internal sealed record Holiday(string Name, DateOnly From, DateOnly To, IReadOnlyList<DateOnly>? Work = null);

/// <summary>The calendar is read strictly: a misspelt field would silently be a day without its holiday.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false,
    RespectRequiredConstructorParameters = true,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(CalendarFile))]
internal sealed partial class CalendarJson : JsonSerializerContext;
