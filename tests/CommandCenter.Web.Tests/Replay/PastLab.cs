using CommandCenter.Domain;
using CommandCenter.Domain.Cases;
using CommandCenter.Testing;
using CommandCenter.Testing.Cases;
using CommandCenter.Web.Reading;
using CommandCenter.Web.Replay;
using CommandCenter.Web.Tests.Grains;
using CommandCenter.Web.Wall;
using Microsoft.Extensions.Logging.Abstractions;

namespace CommandCenter.Web.Tests.Replay;

/// <summary>Real grains, a wall that shows what they count, and its recording. The clock of all of them is moved by hand.</summary>
internal sealed class PastLab : IAsyncDisposable
{
    private readonly TemporaryDirectory _directory = new();

    private PastLab(GrainLab grains)
    {
        Grains = grains;
        History = new ShownHistory(new ReplayOptions(), _directory.Path, grains.Time, NullLogger.Instance);
        Known = new KnownFigures(grains.Host, grains.Time);
        Machine = new TimeMachine(History, Known, grains.Time);
    }

    public GrainLab Grains { get; }

    public ShownHistory History { get; }

    public KnownFigures Known { get; }

    public TimeMachine Machine { get; }

    public DateTimeOffset Now => Grains.Time.GetUtcNow();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<PastLab> OpenAsync() => new(await GrainLab.OpenAsync(partitions: 2));

    /// <summary>Moves the clock to a moment, second by second while the wall shows the figures of the grains.</summary>
    public async Task ShowUntilAsync(DateTimeOffset until)
    {
        var figures = await FiguresAsync();
        while (Now < until)
        {
            Grains.Time.Advance(TimeSpan.FromSeconds(1));
            if (ShanghaiTime.DayOf(Now) != ShanghaiTime.DayOf(figures.AsOf) || Now >= until)
            {
                figures = await FiguresAsync();
            }

            History.Take(figures with { AsOf = Now, Funds24h = FundsAt(figures, Now) }, Now);
        }

        Assert.True(History.Flush());
    }

    /// <summary>Moves the clock without a wall.</summary>
    public void SleepUntil(DateTimeOffset until) => Grains.Time.Advance(until - Now);

    public Task FileAsync(int number, DateTimeOffset at) => Grains.AcceptedAsync(NewCase.Number(number), NewCase.Filing(at, number: number));

    public Task PayAsync(int number, string serial, long fen, DateTimeOffset at) =>
        Grains.AcceptedAsync(NewCase.Number(number), new CaseCommand.ReceiveFunds(fen, serial, null, at));

    public Task<PastMoment> LookAsync(DateTimeOffset at) => Machine.LookAsync(at, Token);

    public async ValueTask DisposeAsync()
    {
        History.Dispose();
        await Grains.DisposeAsync();
        _directory.Dispose();
    }

    // What the wall's own source counts, without its five looks a second.
    private async Task<CityFigures> FiguresAsync()
    {
        var now = Now;
        var parts = await Grains.Host.AskScopeAsync(
            Grains.Host.Courts.Root, model => PartitionFigures.Read(model, Grains.Host, now, null, isCheckDue: false), Token);
        var first = ShanghaiTime.WindowOf(now) - 287;
        return new CityFigures(
            now.ToUnixTimeSeconds(), now, [.. parts.SelectMany(part => part.Courts).OrderBy(court => court.Index).Select(court => court.Figures)],
            [.. Enumerable.Range(first, 288).Select(window => new FundsStep(
                ShanghaiTime.StartOfWindow(window), parts.Sum(part => part.FundsAt(window).InFen), parts.Sum(part => part.FundsAt(window).OutFen)))],
            [], [], new ProofMark(ProofMark.Holds, now, null), [], Demonstration: false);
    }

    private static FundsStep[] FundsAt(CityFigures figures, DateTimeOffset at)
    {
        var known = figures.Funds24h.ToDictionary(step => step.At);
        return [.. Enumerable.Range(ShanghaiTime.WindowOf(at) - 287, 288).Select(ShanghaiTime.StartOfWindow)
            .Select(start => known.TryGetValue(start, out var step) ? step : new FundsStep(start, 0, 0))];
    }
}
