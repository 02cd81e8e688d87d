using CommandCenter.Web.Wall;

namespace CommandCenter.Web.Tests.Wall;

/// <summary>A city that moves by itself and the same way every time: a figure source for tests and for looking at the page.</summary>
internal sealed class MovingCity(TimeProvider time) : IFigureSource
{
    public const int StepCount = 288;

    private static readonly (string Mark, string Zh, string En, int Weight)[] s_courts =
    [
        ("沪01", "上海市第一中级人民法院", "Shanghai No.1 Intermediate People's Court", 5),
        ("沪02", "上海市第二中级人民法院", "Shanghai No.2 Intermediate People's Court", 5),
        ("沪03", "上海市第三中级人民法院", "Shanghai No.3 Intermediate People's Court", 2),
        ("沪73", "上海知识产权法院", "Shanghai Intellectual Property Court", 1),
        ("沪72", "上海海事法院", "Shanghai Maritime Court", 1),
        ("沪7101", "上海铁路运输法院", "Shanghai Railway Transport Court", 2),
        ("沪0101", "上海市黄浦区人民法院", "Huangpu District People's Court", 28),
        ("沪0104", "上海市徐汇区人民法院", "Xuhui District People's Court", 33),
        ("沪0105", "上海市长宁区人民法院", "Changning District People's Court", 22),
        ("沪0106", "上海市静安区人民法院", "Jing'an District People's Court", 37),
        ("沪0107", "上海市普陀区人民法院", "Putuo District People's Court", 27),
        ("沪0109", "上海市虹口区人民法院", "Hongkou District People's Court", 24),
        ("沪0110", "上海市杨浦区人民法院", "Yangpu District People's Court", 26),
        ("沪0112", "上海市闵行区人民法院", "Minhang District People's Court", 48),
        ("沪0113", "上海市宝山区人民法院", "Baoshan District People's Court", 41),
        ("沪0114", "上海市嘉定区人民法院", "Jiading District People's Court", 36),
        ("沪0115", "上海市浦东新区人民法院", "Pudong New Area People's Court", 118),
        ("沪0116", "上海市金山区人民法院", "Jinshan District People's Court", 17),
        ("沪0117", "上海市松江区人民法院", "Songjiang District People's Court", 38),
        ("沪0118", "上海市青浦区人民法院", "Qingpu District People's Court", 25),
        ("沪0120", "上海市奉贤区人民法院", "Fengxian District People's Court", 26),
        ("沪0151", "上海市崇明区人民法院", "Chongming District People's Court", 13),
    ];

    private static readonly (string Type, bool Money)[] s_types =
        [("funds.received", true), ("case.filed", false), ("funds.disbursed", true), ("case.closed", false), ("case.node", false)];

    private readonly DateTimeOffset _start = time.GetUtcNow();

    /// <summary>Partitions that the city reports as stopped.</summary>
    public IReadOnlyList<StoppedPartition> Stopped { get; set; } = [];

    /// <summary>What the recount said.</summary>
    public ProofMark Proof { get; set; } = new(ProofMark.Holds, null, null);

    /// <summary>Whether limits and indicators have sources.</summary>
    public bool EverySource { get; set; } = true;

    /// <summary>Multiplies all money, to see twelve-digit amounts.</summary>
    public long Scale { get; set; } = 1;

    public static IReadOnlyList<string> Marks { get; } = [.. s_courts.Select(court => court.Mark)];

    public CityFigures Read()
    {
        // A new version every 700 ms of the given clock.
        var version = 1_000 + (long)((time.GetUtcNow() - _start).TotalMilliseconds / 700);
        var asOf = _start + TimeSpan.FromMilliseconds((version - 1_000) * 700);
        return new CityFigures(
            version,
            asOf,
            [.. s_courts.Select((court, index) => CourtAt(court, index, version))],
            [.. Enumerable.Range(0, StepCount).Select(index => StepAt(index, asOf, version))],
            EverySource
                ? [new("core1", 0.9312, 0.9), new("core2", 0.8871, 0.9), new("core3", 0.9644, 0.9)]
                : [],
            [.. Enumerable.Range(0, 8).Select(index => EventAt(version - index, asOf))],
            Proof with { At = asOf },
            Stopped,
            Demonstration: true);
    }

    private CourtFigures CourtAt((string Mark, string Zh, string En, int Weight) court, int index, long version)
    {
        var (mark, zh, en, weight) = court;
        var received = weight + ((version + index) / 22);
        var closed = (weight * 9 / 10) + ((version + (index * 5)) / 23);
        var fundsIn = Scale * ((weight * 41_037_211L) + (((version + (index * 3)) / 4) * 1_234_567));
        var fundsOut = Scale * ((weight * 37_911_087L) + (((version + (index * 7)) / 6) * 1_034_501));
        return new CourtFigures(
            mark, zh, en, weight < 6 ? "intermediate" : "basic",
            new PeriodFigures(received, closed, fundsIn, fundsOut),
            new PeriodFigures((received * 15) + 7, (closed * 16) + 3, fundsIn * 15, fundsOut * 15),
            new PeriodFigures((received * 212) + 31, (closed * 211) + 17, fundsIn * 214, fundsOut * 211),
            ((weight * 71) + received - closed),
            weight * 143,
            EverySource ? (index * 7 % 5 is 0 ? weight / 6 : 0) : null);
    }

    private FundsStep StepAt(int index, DateTimeOffset asOf, long version)
    {
        var step = TimeSpan.FromMinutes(5);
        var last = new DateTimeOffset(asOf.Ticks - (asOf.Ticks % step.Ticks), TimeSpan.Zero);
        var at = last - (step * (StepCount - 1 - index));
        var hour = (at.AddHours(8).TimeOfDay.TotalHours) % 24;
        var shape = Math.Exp(-Math.Pow((hour - 10.3) / 2.1, 2)) + (0.85 * Math.Exp(-Math.Pow((hour - 15.2) / 1.9, 2))) + 0.04;
        var ripple = 1 + (0.35 * Math.Sin(index * 1.7)) + (0.25 * Math.Sin(index * 0.61));
        var open = index == StepCount - 1 ? version % 400 * 400_000 : 0;
        return new FundsStep(
            at, Scale * ((long)(shape * ripple * 330_000_000) + open), Scale * ((long)(shape * (2 - ripple) * 300_000_000) + (open / 2)));
    }

    private static RecentEvent EventAt(long number, DateTimeOffset asOf)
    {
        var (mark, zh, en, _) = s_courts[(int)(number * 7 % s_courts.Length)];
        var (type, money) = s_types[(int)(number % s_types.Length)];
        return new RecentEvent(
            asOf, zh, en, $"(2026){mark}执{1_000 + number}号", type, money ? number * 98_765_431 % 90_000_000 : null);
    }
}
