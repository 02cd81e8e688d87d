using System.Diagnostics.Metrics;

namespace CommandCenter.Web.Tests.Hosting;

/// <summary>Makes meters that nobody reads.</summary>
internal sealed class LooseMeters : IMeterFactory
{
    public Meter Create(MeterOptions options) => new(options.Name);

    public void Dispose()
    {
    }
}
