using System.Globalization;

namespace CommandCenter.Cameras.Recording;

/// <summary>Where the files of a camera lie, relative to its folder. All times in names are UTC.</summary>
internal static class SegmentName
{
    public const string Video = ".mp4", Manifest = ".ndjson";

    private const string DayFormat = "yyyy-MM-dd", TimeFormat = "HHmmss";

    /// <summary>A name for a segment that begins now; a number follows when one began in the same second before, or the clock was set back.</summary>
    public static string Next(string folder, DateTimeOffset begun)
    {
        var stem = begun.UtcDateTime.ToString($"{DayFormat}'/'{TimeFormat}", CultureInfo.InvariantCulture);
        var name = stem + Video;
        for (var number = 2; File.Exists(Path.Combine(folder, name)) || File.Exists(Path.Combine(folder, ManifestOf(name))); number++)
        {
            name = string.Create(CultureInfo.InvariantCulture, $"{stem}-{number:D2}{Video}");
        }

        return name;
    }

    /// <summary>The manifest of a segment.</summary>
    public static string ManifestOf(string name) => Path.ChangeExtension(name, Manifest);

    /// <summary>File of the chain of a camera that is written on a day.</summary>
    public static string ChainOf(DateTimeOffset at) => DayOf(at) + Manifest;

    /// <summary>The day, UTC.</summary>
    public static string DayOf(DateTimeOffset at) => at.UtcDateTime.ToString(DayFormat, CultureInfo.InvariantCulture);

    /// <summary>When the segment of this name began; <see langword="null"/> for a name that is none of ours.</summary>
    public static DateTimeOffset? BeginOf(string name)
    {
        var length = DayFormat.Length + 1 + TimeFormat.Length;
        return name.Length >= length && name.EndsWith(Video, StringComparison.Ordinal)
            && DateTimeOffset.TryParseExact(
                name.AsSpan(0, length), $"{DayFormat}'/'{TimeFormat}", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var begun) ? begun : null;
    }

    /// <summary>Segments of a camera, oldest first by name.</summary>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    public static IEnumerable<string> List(string folder) => Days(folder).SelectMany(day => ListDay(folder, day));

    /// <summary>Segments of one day, oldest first.</summary>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    public static IEnumerable<string> ListDay(string folder, string day) => !Directory.Exists(Path.Combine(folder, day)) ? [] : Directory.EnumerateFiles(Path.Combine(folder, day), "*" + Video)
        .Select(path => $"{day}/{Path.GetFileName(path)}").Where(static name => BeginOf(name) is not null).Order(StringComparer.Ordinal);

    /// <summary>Days of which there are segments, oldest first.</summary>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    public static IEnumerable<string> Days(string folder) => !Directory.Exists(folder) ? [] : Directory.EnumerateDirectories(folder)
        .Select(static path => Path.GetFileName(path)).Where(IsDay).Order(StringComparer.Ordinal);

    /// <summary>Files of the chain of a camera, oldest first.</summary>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    public static IEnumerable<string> Chains(string folder) => !Directory.Exists(folder) ? [] : Directory.EnumerateFiles(folder, "*" + Manifest)
        .Select(static path => Path.GetFileName(path)).Where(static name => IsDay(Path.GetFileNameWithoutExtension(name))).Order(StringComparer.Ordinal);

    /// <summary>Whether a camera may have this name: it is the name of a folder.</summary>
    public static bool IsCamera(string name) =>
        name.Length is > 0 and <= 64 && name[0] != '.' && name.All(static letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-' or '_');

    private static bool IsDay(string name) =>
        DateOnly.TryParseExact(name, DayFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out _);
}
