using System.Text;
using System.Text.Json;
using CommandCenter.Web.Recount;
using CommandCenter.Web.Replay;
using CommandCenter.Web.Tests.Wall;
using CommandCenter.Web.Wall;

namespace CommandCenter.Web.Tests.Replay;

/// <summary>A city in which, second by second, anything may change that a picture holds. The same seed gives the same city.</summary>
internal sealed class RandomPictures(int seed)
{
    private static readonly string[] s_states = [RecountState.Proved, RecountState.Recounting, RecountState.Differs, RecountState.Unknown];

    private readonly Random _random = new(seed);
    private readonly Dictionary<string, int[]> _parts = [];
    private CityFigures? _now;

    /// <summary>Everything of a picture as text: two pictures are the same when these are.</summary>
    public static string Image(CityFigures figures) => JsonSerializer.Serialize(figures);

    /// <summary>Everything of a picture and the parts beside it.</summary>
    public static string Image(ShownPicture picture) => Image(picture.Figures) + string.Concat(
        picture.Parts.Values.OrderBy(part => part.Name, StringComparer.Ordinal).Select(part => part.Name + Encoding.UTF8.GetString(part.Zh.Span) + Encoding.UTF8.GetString(part.En.Span)));

    /// <summary>Other parts of the walls, when somebody looks at them; some as they were, some a little changed, some quite another.</summary>
    public IReadOnlyList<ShownPart>? NextParts()
    {
        if (!Happens(20))
        {
            return null;
        }

        foreach (var name in (string[])["controls", "alarms", "officers"])
        {
            if (!_parts.TryGetValue(name, out var rows) || Happens(10))
            {
                _parts[name] = rows = [.. Enumerable.Range(0, _random.Next(12)).Select(_ => _random.Next())];
            }

            if (rows.Length > 0 && Happens(50))
            {
                rows[_random.Next(rows.Length)]++;
            }
        }

        return [.. _parts.Select(part => new ShownPart(part.Key, Encoding.UTF8.GetBytes($"[{string.Join(',', part.Value)}]"), Encoding.UTF8.GetBytes($"[\"é\",{string.Join(',', part.Value)}]")))];
    }

    /// <summary>The picture of the next second.</summary>
    public CityFigures Next(DateTimeOffset at)
    {
        var before = _now ??= First(at);
        var next = before with { Version = before.Version + _random.Next(2), AsOf = at.AddTicks(-_random.Next(3_000_000)) };
        next = Happens(60) ? next with { Courts = [.. next.Courts.Select(Changed)] } : next;
        next = next with { Funds24h = FundsAt(next.Funds24h, at) };
        next = Happens(20) ? next with { Indicators = [.. next.Indicators.Select(one => one with { Ratio = Happens(20) ? null : _random.NextDouble(), HasSource = !Happens(5) })] } : next;
        next = Happens(40) ? next with { Recent = [.. Enumerable.Range(0, _random.Next(4)).Select(_ => Recent(next, at)).Concat(next.Recent).Take(8)] } : next;
        next = Happens(10) ? next with { Proof = new ProofMark(Happens(20) ? ProofMark.Violated : ProofMark.Holds, Happens(80) ? at.AddTicks(-7) : null, Happens(20) ? "沪0115 存" : null) } : next;
        next = Happens(3) ? next with { Stopped = Happens(50) ? [] : [new StoppedPartition(_random.Next(4), "partition.poisoned", [next.Courts[0].Mark])] } : next;
        next = Happens(10) ? next with { Recount = Report(next, at) } : next;
        next = Happens(1) ? next with { Demonstration = !next.Demonstration } : next;
        next = Happens(1) ? next with { Courts = [.. next.Courts.Take(10 + _random.Next(12)).Reverse()] } : next;
        next = Happens(1) ? next with { Indicators = [.. next.Indicators.Skip(1)] } : next;
        next = Happens(5) ? next with { LastYear = new LastYearFigures(Happens(50) ? null : Period(), Happens(20) ? null : Period(), Period()) } : next;
        next = Happens(10) ? next with { Trends = Trends(next) } : next;
        return _now = next;
    }

    private bool Happens(int inHundred) => _random.Next(100) < inHundred;

    private static CityFigures First(DateTimeOffset at) => new MovingCity(new ManualTime(at)).Read();

    private CourtFigures Changed(CourtFigures court) => Happens(70) ? court : court with
    {
        Today = new PeriodFigures(court.Today.Received + _random.Next(3), court.Today.Closed - _random.Next(2), _random.NextInt64(long.MinValue, long.MaxValue), court.Today.FundsOutFen + 1),
        Month = Happens(10) ? PeriodFigures.Zero : court.Month,
        Year = court.Year + new PeriodFigures(1, 0, -17, 0),
        Pending = court.Pending + _random.Next(-2, 3),
        TerminalStock = Happens(5) ? long.MaxValue : court.TerminalStock,
        Overdue = Happens(30) ? null : _random.Next(50),
    };

    private FundsStep[] FundsAt(IReadOnlyList<FundsStep> before, DateTimeOffset at)
    {
        if (Happens(1))
        {
            return []; // No partition answered.
        }

        if (before.Count == 0)
        {
            return [.. First(at).Funds24h];
        }

        var window = new DateTimeOffset(at.Ticks - (at.Ticks % TimeSpan.FromMinutes(5).Ticks), TimeSpan.Zero);
        var known = before.ToDictionary(step => step.At);
        return [.. Enumerable.Range(0, 288).Select(i => window.AddMinutes(5 * (i - 287)))
            .Select(start => known.TryGetValue(start, out var step) ? step : new FundsStep(start, 0, 0))
            .Select(step => step.At == window || Happens(1) ? step with { InFen = step.InFen + _random.Next(100_000_000), OutFen = step.OutFen - _random.Next(9) } : step)];
    }

    private PeriodFigures Period() => new(_random.Next(900), _random.Next(900), _random.NextInt64(), _random.NextInt64());

    private CourtTrend[] Trends(CityFigures figures) => [.. figures.Courts.Skip(_random.Next(2)).Select((court, index) => new CourtTrend(
        court.Mark, [.. Enumerable.Range(0, 30).Select(day => day < 29 && !Happens(3) ? 100L + day + index : _random.Next(9_000))]))];

    private RecentEvent Recent(CityFigures figures, DateTimeOffset at)
    {
        var court = figures.Courts[_random.Next(figures.Courts.Count)];
        return new RecentEvent(
            at.AddTicks(-_random.NextInt64(TimeSpan.TicksPerDay)), court.NameZh, court.NameEn, $"(2026){court.Mark}执{_random.Next(90_000)}号",
            Happens(50) ? "case.filed" : "funds.received", Happens(50) ? null : _random.NextInt64());
    }

    private RecountReport Report(CityFigures figures, DateTimeOffset at) => new(
        Happens(5), _random.Next(1_000),
        [.. Enumerable.Range(0, 1 + _random.Next(3)).Select(index => new PartitionProof(
            index, [.. figures.Courts.Skip(index).Take(3).Select(court => court.Mark)], s_states[_random.Next(4)], Happens(80) ? at.AddSeconds(-3) : null,
            _random.NextInt64(1_000_000), _random.Next(1_000), _random.Next(1_000), TimeSpan.FromTicks(_random.Next()),
            [.. figures.Courts.Skip(index).Take(3).Select(court => new CourtProof(court.Mark, _random.Next(9_000), _random.Next(2), Differences(court.Mark, at)))],
            Happens(10) ? "the journal cannot be read" : null))]);

    private RecountDifference[] Differences(string mark, DateTimeOffset at) =>
        Happens(70) ? [] : [new RecountDifference(mark, Happens(50) ? null : at, RecountDifference.Window, "fundsIn", _random.NextInt64(), _random.NextInt64())];
}
