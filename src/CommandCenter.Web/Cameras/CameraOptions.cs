using Microsoft.Extensions.Options;

namespace CommandCenter.Web.Cameras;

/// <summary>How much the tiles of pages may ask of the server. The section <c>Cameras</c> of the configuration.</summary>
internal sealed class CameraOptions
{
    public const string Section = "Cameras";

    /// <summary>The section of the gateway in it, whose keys are those of <see cref="CommandCenter.Cameras.Sources.GatewayOptions"/>.</summary>
    public const string GatewaySection = Section + ":Gateway";

    /// <summary>Whether this server takes pictures at all; default true.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>Pages with tiles that are open at a time; 1 to 2,000, default 200. One more is answered 503 <c>camera.too-many-viewers</c>.</summary>
    public int ViewersMax { get; set; } = 200;

    /// <summary>Of one session or wall computer; 1 to 100, default 8.</summary>
    public int ViewersPerSessionMax { get; set; } = 8;

    /// <summary>Bytes that wait for one page at most; 256 KiB to 64 MiB, default 8 MiB. What comes more is left out up to the next key picture.</summary>
    public int BufferBytesMax { get; set; } = 8 << 20;

    /// <summary>Of those, for one tile; 64 KiB to <see cref="BufferBytesMax"/>, default 2 MiB.</summary>
    public int TileBytesMax { get; set; } = 2 << 20;

    /// <summary>A page that takes nothing for so long is let go; 1 s to 2 min, default 20 s.</summary>
    public TimeSpan SendTimeout { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>Who looks at the same camera again within this time goes on looking: one look, not two, in the trace; 0 to 10 min, default 1 min.</summary>
    public TimeSpan LookGrace { get; set; } = TimeSpan.FromMinutes(1);
}

/// <summary>Names every fault of the options.</summary>
internal sealed class CameraOptionsValidator : IValidateOptions<CameraOptions>
{
    public ValidateOptionsResult Validate(string? name, CameraOptions options)
    {
        List<string> faults = [];
        Check(nameof(options.ViewersMax), options.ViewersMax, 1, 2_000);
        Check(nameof(options.ViewersPerSessionMax), options.ViewersPerSessionMax, 1, 100);
        Check(nameof(options.BufferBytesMax), options.BufferBytesMax, 256 << 10, 64 << 20);
        Check(nameof(options.TileBytesMax), options.TileBytesMax, 64 << 10, options.BufferBytesMax);
        Check(nameof(options.SendTimeout), options.SendTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(2));
        Check(nameof(options.LookGrace), options.LookGrace, TimeSpan.Zero, TimeSpan.FromMinutes(10));
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);

        void Check<T>(string key, T value, T min, T max) where T : IComparable<T>
        {
            if (value.CompareTo(min) < 0 || value.CompareTo(max) > 0)
            {
                faults.Add(FormattableString.Invariant($"{CameraOptions.Section}:{key} is {value}; it must be {min} to {max}."));
            }
        }
    }
}
