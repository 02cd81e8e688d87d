using CommandCenter.TimeSeries.Embedded;
using Microsoft.Extensions.Options;

namespace CommandCenter.Web.Series;

/// <summary>How long the time series keeps what. Bound from the section <c>Series</c>, for example the variable <c>Series__FiveMinuteDays</c>.</summary>
internal sealed class SeriesOptions
{
    public const string Section = "Series";

    /// <summary>The variable that holds the password or token of InfluxDB; never on the command line, where every user of the machine reads it.</summary>
    public const string PasswordVariable = "COMMANDCENTER_INFLUX_PASSWORD";

    /// <summary>Days for which five-minute points are kept; at least 2. Default 3,660.</summary>
    public int FiveMinuteDays { get; set; } = 3_660;

    /// <summary>Days for which hourly points are kept; at least as long. Default 36,600.</summary>
    public int HourDays { get; set; } = SeriesStoreOptions.DaysMax;

    /// <summary>Days for which daily points are kept; at least as long. Default 36,600.</summary>
    public int DayDays { get; set; } = SeriesStoreOptions.DaysMax;

    /// <summary>The options of the store in a data directory.</summary>
    public SeriesStoreOptions StoreIn(string dataDirectory) => new()
    {
        Directory = Path.Combine(dataDirectory, "series"),
        Schema = KpiFields.Schema,
        DayOffset = Domain.ShanghaiTime.Offset,
        FiveMinuteDays = FiveMinuteDays,
        HourDays = HourDays,
        DayDays = DayDays,
    };
}

/// <summary>Names every fault by its key.</summary>
internal sealed class SeriesOptionsValidator : IValidateOptions<SeriesOptions>
{
    public ValidateOptionsResult Validate(string? name, SeriesOptions options)
    {
        var faults = options.StoreIn("").Validate();
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults.Select(static fault => $"{SeriesOptions.Section}:{fault}"));
    }
}
