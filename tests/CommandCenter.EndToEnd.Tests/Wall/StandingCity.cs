using CommandCenter.Domain.Courts;
using CommandCenter.Testing;
using CommandCenter.Web.Recount;
using CommandCenter.Web.Wall;

namespace CommandCenter.EndToEnd.Tests.Wall;

/// <summary>A city that stands still at figures of a chosen size, to see whether a wall has room for them.</summary>
internal sealed class StandingCity(CityFigures figures) : IFigureSource
{
    private const int StepCount = 288;

    private static readonly string[] s_indicators = ["core1", "core2", "core3", "core4"];
    // The parts in parts/ were taken then.
    private static readonly DateTimeOffset s_now = DateTimeOffset.FromUnixTimeMilliseconds(1_795_360_440_050);

    /// <summary>When a page looks at it: a day of the longest name, and an age among the longest to read.</summary>
    public static DateTimeOffset LongAfter { get; } = new(2026, 12, 30, 21, 40, 0, TimeSpan.Zero);

    /// <summary>When a page looks at it live.</summary>
    public static DateTimeOffset SoonAfter { get; } = s_now + TimeSpan.FromSeconds(1);

    /// <summary>All that the layout is tried with.</summary>
    public static IReadOnlyList<string> Names { get; } = ["zero", "one case", "ordinary day", "reversed day", "huge", "foreign names"];

    public CityFigures Read() => figures;

    /// <summary>One of the cities that the layout is tried with.</summary>
    public static StandingCity Named(string name) => name switch
    {
        // The first three have no year before.
        "zero" => new(Make(count: 0, overdue: null, fen: 0, ratio: null) with { Recount = Recounted(RecountState.Recounting) }),
        "one case" => new(OneCase(491_451_01) with { Recount = Recounted(RecountState.Unknown) }),
        "ordinary day" => new(WithPast(Ordinary(), 0.937)),
        "reversed day" => new(WithPast(
            Make(count: 3, overdue: 1, fen: -491_451_01 / 23, ratio: 0.5) with { Recount = Recounted(RecountState.Proved) with { IsPaused = true } }, 12)),
        // Twelve digits of yuan in every court, and its longest name in every row.
        "huge" => new(Named(
            WithPast(Make(count: 600, overdue: 12_345, fen: 10_000_000_000_000, ratio: 1) with { Recount = Recounted(RecountState.Differs) }, 1e-6),
            static _ => ShippedConfig.CourtDefinitions.MaxBy(static one => CourtNames.ShortZh(one.NameZh).Length)!.NameZh,
            static _ => ShippedConfig.CourtDefinitions.MaxBy(static one => CourtNames.ShortEn(one.NameEn).Length)!.NameEn)),
        // Courts of other places have names that no column has room for; those are cut where they say so.
        "foreign names" => new(Named(
            WithPast(Ordinary(), 1.1), static _ => "内蒙古自治区锡林郭勒盟中级人民法院", static _ => "Xilingol League Intermediate People's Court of Inner Mongolia")),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "No such city."),
    };

    private static CityFigures Ordinary() => Make(count: 28, overdue: 3, fen: 13_641_234_56, ratio: 0.8871) with { Recount = Recounted(RecountState.Proved) };

    private static CityFigures Named(CityFigures city, Func<CourtFigures, string> zh, Func<CourtFigures, string> en) =>
        city with
        {
            Courts = [.. city.Courts.Select(court => court with { NameZh = zh(court), NameEn = en(court) })],
            Recent = [.. city.Recent.Select(recent => recent with { CourtZh = zh(city.Courts[0]), CourtEn = en(city.Courts[0]) })],
        };

    /// <summary>With a last year of that share of this one, and thirty days of each court.</summary>
    private static CityFigures WithPast(CityFigures city, double share)
    {
        var now = CityTotals.Of(city.Courts);
        return city with
        {
            LastYear = new LastYearFigures(Of(now.Today), Of(now.Month), Of(now.Year)),
            Trends = [.. city.Courts.Select((court, index) => new CourtTrend(
                court.Mark, [.. Enumerable.Range(0, 30).Select(day => court.Pending + (long)(court.Pending * 0.02 * Math.Sin((day + (5 * index)) / 4.0)))]))],
        };

        PeriodFigures Of(PeriodFigures figures) => new(
            (long)(figures.Received * share), (long)(figures.Closed * share / 1.1), (long)(figures.FundsInFen * share), (long)(figures.FundsOutFen / share));
    }

    /// <summary>When it differs, then every figure of every court.</summary>
    private static RecountReport Recounted(string state) => new(IsPaused: false, 1, [new PartitionProof(
        0, [.. ShippedConfig.CourtDefinitions.Select(court => court.Mark)], state, s_now, 5_000_000, 5_000_000, 10_000_000, TimeSpan.FromSeconds(1),
        state == RecountState.Differs ? [.. ShippedConfig.CourtDefinitions.Select(Differing)] : [], null)]);

    private static CourtProof Differing(CourtDefinition court) => new(
        court.Mark, 9_000, 1_000,
        [new RecountDifference(court.Mark, s_now, RecountDifference.Window, "fundsOutReversed", 1_000_000_000_000_000, 1_000_000_000_000_001)]);

    private static CityFigures Make(long count, long? overdue, long fen, double? ratio)
    {
        var courts = ShippedConfig.CourtDefinitions.Select(court => CourtOf(court, count, overdue, fen)).ToArray();
        return new CityFigures(
            Version: 1,
            AsOf: s_now,
            courts,
            [.. Enumerable.Range(0, StepCount).Select(index => StepAt(index, fen))],
            [.. s_indicators.Select(code => new IndicatorFigure(code, ratio, code == "core4" ? 0.8 : 0.9))],
            count == 0 ? [] : [.. Enumerable.Range(0, 8).Select(index => RecentAt(index, fen))],
            new ProofMark(ProofMark.Holds, s_now, null),
            Stopped: [],
            Demonstration: true);
    }

    private static CourtFigures CourtOf(CourtDefinition court, long count, long? overdue, long fen) => new(
        court.Mark, court.NameZh, court.NameEn, court.Level.ToString().ToLowerInvariant(),
        new PeriodFigures(count, count * 9 / 10, fen, fen * 9 / 10),
        new PeriodFigures(count * 15, count * 14, fen * 3 / 2, fen),
        new PeriodFigures(count * 210, count * 200, fen * 2, fen * 2),
        Pending: count * 71,
        TerminalStock: count * 143,
        overdue);

    // Early in a day: the amount that once ran into its label, and beside it the smallest one.
    private static CityFigures OneCase(long fen)
    {
        var city = Make(count: 0, overdue: 0, fen: 0, ratio: 0.9);
        var figures = new PeriodFigures(1, 0, fen, 1);
        return city with
        {
            Courts = [city.Courts[0] with { Today = figures, Month = figures, Year = figures, Pending = 1 }, .. city.Courts.Skip(1)],
        };
    }

    private static FundsStep StepAt(int index, long fen) =>
        new(new DateTimeOffset(s_now.Ticks - (s_now.Ticks % TimeSpan.FromMinutes(5).Ticks), TimeSpan.Zero).AddMinutes((index - StepCount + 1) * 5), fen * (index % 7) / 7, fen * (index % 5) / 6);

    private static RecentEvent RecentAt(int index, long fen)
    {
        var court = ShippedConfig.CourtDefinitions[index * 3];
        return new RecentEvent(
            s_now.AddSeconds(-index), court.NameZh, court.NameEn, $"(2026){court.Mark}执{10_000_000 + index}号",
            index % 2 == 0 ? "funds.received" : "case.filed", index % 2 == 0 ? fen : null);
    }
}
