using System.Globalization;
using System.Text.Json;

namespace CommandCenter.Web.Watch;

/// <summary>What the lists can be told in a wall file.</summary>
internal static class WatchPanelOptions
{
    private const string ControlDays = "controlDays";
    private const string RollCallAt = "rollCallAt";

    private static readonly int[] s_controlDays = [30, 15, 7, 1];

    /// <summary>Days ahead within which a control lapses, one column each; default 30, 15, 7, 1.</summary>
    public static IReadOnlyList<int> ControlDaysOf(IReadOnlyDictionary<string, JsonElement> options) =>
        options.TryGetValue(ControlDays, out var days) ? [.. days.EnumerateArray().Select(static day => day.GetInt32())] : s_controlDays;

    /// <summary>The roll-calls that the panel shows, <c>HH:mm</c>; empty for all that are called.</summary>
    public static IReadOnlyList<string> RollCallsOf(IReadOnlyDictionary<string, JsonElement> options) =>
        options.TryGetValue(RollCallAt, out var hours) ? [.. hours.EnumerateArray().Select(static hour => hour.GetString()!)] : [];

    public static string? CheckControls(IReadOnlyDictionary<string, JsonElement> options) =>
        !options.TryGetValue(ControlDays, out var days) || IsListOf(days, 4, static day => day.ValueKind == JsonValueKind.Number && day.TryGetInt32(out var value) && ControlsState.Days.Contains(value))
            ? null
            : $"{ControlDays} is {days}; it must be a list of 1 to 4 different ones of {string.Join(", ", ControlsState.Days)}.";

    public static string? CheckRollCall(IReadOnlyDictionary<string, JsonElement> options) =>
        !options.TryGetValue(RollCallAt, out var hours) || IsListOf(hours, 8, static hour => hour.ValueKind == JsonValueKind.String
            && TimeOnly.TryParseExact(hour.GetString(), "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
            ? null
            : $"{RollCallAt} is {hours}; it must be a list of 1 to 8 different times such as \"09:00\".";

    private static bool IsListOf(JsonElement list, int countMax, Predicate<JsonElement> isRight) =>
        list.ValueKind == JsonValueKind.Array && list.GetArrayLength() is var count && count >= 1 && count <= countMax
        && list.EnumerateArray().All(item => isRight(item)) && list.EnumerateArray().Select(static item => item.GetRawText()).Distinct().Count() == count;
}
