using System.Globalization;

namespace CommandCenter.Audit.Format;

/// <summary>
/// Name of a file without its ending, e.g. <c>00000017-20170901T02</c>: number, and the hour (UTC) in which it was begun.
/// The number alone orders files: a clock that is set back cannot put a later file before an earlier one.
/// </summary>
/// <param name="Number">From 1, without gaps; the number of its checkpoint too.</param>
/// <param name="Hour">Begin of the hour.</param>
internal readonly record struct FileStem(int Number, DateTimeOffset Hour)
{
    /// <summary>The records.</summary>
    public const string Records = ".ndjson";

    /// <summary>What seals them.</summary>
    public const string Checkpoint = ".checkpoint";

    /// <summary>What a crash left behind the last whole line.</summary>
    public const string Torn = ".torn";

    private const int NumberDigits = 8;
    private const string HourFormat = "yyyyMMdd'T'HH";

    /// <summary>Reads a file name; the ending is returned apart.</summary>
    public static bool TryParse(string name, out FileStem stem, out string ending)
    {
        stem = default;
        ending = Path.GetExtension(name);
        var text = Path.GetFileNameWithoutExtension(name);
        if (ending is not (Records or Checkpoint or Torn) || text.Length < NumberDigits + 1
            || !int.TryParse(text.AsSpan(0, NumberDigits), NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number < 1
            || !DateTimeOffset.TryParseExact(
                text.AsSpan(NumberDigits + 1), HourFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var hour))
        {
            return false;
        }

        stem = new FileStem(number, hour);
        return stem.ToString() == text;
    }

    /// <summary>The hour that a moment lies in.</summary>
    public static DateTimeOffset HourOf(DateTimeOffset at) => new(at.UtcTicks - (at.UtcTicks % TimeSpan.TicksPerHour), TimeSpan.Zero);

    /// <summary>Path of one of the files of this name.</summary>
    public string In(string folder, string ending) => Path.Combine(folder, this + ending);

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Number:D8}-{Hour.UtcDateTime:yyyyMMdd'T'HH}");
}
