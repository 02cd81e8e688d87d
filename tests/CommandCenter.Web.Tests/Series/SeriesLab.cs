using CommandCenter.Testing;
using CommandCenter.TimeSeries;
using CommandCenter.TimeSeries.Embedded;
using CommandCenter.Web.Series;
using CommandCenter.Web.Tests.Grains;
using CommandCenter.Web.Tests.Watch;
using CommandCenter.Web.Wall;
using CommandCenter.Web.Watch;
using Microsoft.Extensions.Logging.Abstractions;

namespace CommandCenter.Web.Tests.Series;

/// <summary>A store and a feeder over the grains of a lab; turns are taken by hand.</summary>
internal sealed class SeriesLab : IFigureSource, IAsyncDisposable
{
    private readonly TemporaryDirectory _directory = new();

    private SeriesLab(GrainLab grains) => Grains = grains;

    public GrainLab Grains { get; }

    public SeriesStore Store { get; private set; } = null!;

    public SeriesFeeder Feeder { get; private set; } = null!;

    public CaseWatch Watch { get; private set; } = null!;

    /// <summary>Overdue cases by court mark, as the figures say.</summary>
    public Dictionary<string, long> Overdue { get; } = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<SeriesLab> OpenAsync(int partitions)
    {
        var lab = new SeriesLab(await GrainLab.OpenAsync(partitions));
        lab.Open();
        return lab;
    }

    public CityFigures Read() => new(
        0, Grains.Time.GetUtcNow(),
        [.. Grains.Host.Courts.Courts.Select(court => new CourtFigures(
            court.Mark, "", "", "", PeriodFigures.Zero, PeriodFigures.Zero, PeriodFigures.Zero, 0, 0, Overdue.TryGetValue(court.Mark, out var count) ? count : null))],
        [], [], [], new ProofMark(ProofMark.Unknown, null, null), [], false);

    /// <summary>A turn at a time when old corrections are due too.</summary>
    public async Task<int> TurnAsync()
    {
        Grains.Time.Advance(TimeSpan.FromMinutes(2));
        await Watch.TurnAsync(Token);
        return await Feeder.TurnAsync(Token);
    }

    /// <summary>Another process on the same store: what is in its file is what a kill leaves.</summary>
    public void Reopen()
    {
        Feeder.Dispose();
        Watch.Dispose();
        Store.Dispose();
        Open();
    }

    public IReadOnlyList<SeriesPoint> Points(SeriesStep step, string scope) => Store.Read(step, scope, 0, 4_000_000_000);

    /// <summary>The points in which something happened; the others hold samples alone.</summary>
    public IReadOnlyList<SeriesPoint> Counted(SeriesStep step, string scope) => [.. Points(step, scope).Where(static point => point.Values[0] is not null)];

    public async ValueTask DisposeAsync()
    {
        Feeder.Dispose();
        Watch.Dispose();
        Store.Dispose();
        await Grains.DisposeAsync();
        _directory.Dispose();
    }

    private void Open()
    {
        Store = SeriesStore.Open(new SeriesOptions().StoreIn(_directory.Path), Grains.Time);
        Watch = WatchLab.Open(Grains);
        Feeder = new SeriesFeeder(Grains.Host, Store, this, Watch, Grains.Time, NullLogger<SeriesFeeder>.Instance);
    }
}
