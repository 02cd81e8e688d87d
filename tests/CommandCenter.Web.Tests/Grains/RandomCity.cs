using CommandCenter.Domain.Cases;
using CommandCenter.Domain.Courts;
using CommandCenter.Domain.Officers;
using CommandCenter.Domain.Properties;
using CommandCenter.Testing;
using CommandCenter.Web.Grains;
using static CommandCenter.Domain.Cases.CaseCommand;

namespace CommandCenter.Web.Tests.Grains;

/// <summary>Facts of some courts as unruly sources send them: often impossible, sometimes late, to the right court and to the wrong one.</summary>
/// <remarks>The same seed gives the same facts, as long as the city answers alike.</remarks>
internal sealed class RandomCity
{
    private static readonly string[] s_courts = ["沪0115", "沪0104", "沪0101", "沪0106", "沪0107", "沪02", "沪"];
    private static readonly string[] s_types = ["执", "执", "执", "执恢", "执恢", "执保", "执异"];
    private static readonly string[] s_causes = ["民间借贷纠纷", "买卖合同纠纷", "劳动争议"];
    private static readonly string[] s_parties = ["张三", "李四", "上海浦江（集团）有限公司", "Pujiang (Group) Ltd.", "王小明", "东方贸易公司"];
    private static readonly string[] s_grounds = ["和解", "执行异议"];

    private readonly Random _random;
    private readonly GrainLab _lab;
    private DateTimeOffset _now = TestCalendar.Day(-200);

    public RandomCity(int seed, GrainLab lab, int caseCount = 40)
    {
        _random = new Random(seed);
        _lab = lab;
        Cases = [.. Enumerable.Range(1, caseCount).Select(i => new CaseNumber(
            2017, Any(s_courts), CaseType.TryFind(Any(s_types), out var type) ? type : CaseType.First, i))];
    }

    public IReadOnlyList<CaseNumber> Cases { get; }

    public static IReadOnlyList<string> Handlers { get; } = ["承办人甲", "承办人乙", "承办人丙"];

    public static IReadOnlyList<string> Causes => s_causes;

    /// <summary>The next fact, mostly sent to the court that holds the case.</summary>
    public GrainCommand.Fact Next(NaiveCity naive)
    {
        _now = _now.AddSeconds(_random.Next(1, 60_000));
        if (_random.Next(20) == 0)
        {
            return Officer();
        }

        var number = Any(Cases);
        if (number.Type == CaseType.Reinstated && naive.HolderOf(number) is null && naive.Terminal.Count == 0 && _random.Next(8) != 0)
        {
            return Officer(); // A reinstatement mostly waits until there is something to reinstate.
        }

        var court = _random.Next(15) == 0 ? Any(s_courts) : naive.HolderOf(number) ?? number.CourtMark;
        var command = naive.HolderOf(number) is null ? File(number, naive.Terminal) : Command(number);
        return _lab.Fact(number, command is FileCase filing ? filing with { CourtMark = court } : command, court);
    }

    private GrainCommand.OfficerFact Officer() => _lab.Fact($"officer-{_random.Next(6)}", Any(s_courts), _random.Next(2) == 0
        ? new OfficerCommand.SetDuty(_random.Next(2) == 0, _random.Next(2) == 0 ? "手持-1" : null, _now)
        : PositionOrCall(new OfficerCommand.ReportPosition(
            new Position(31 + _random.NextDouble(), 121 + _random.NextDouble(), _random.Next(2) == 0 ? null : 12.5, null, 3, Datum.Gcj02), At())));

    // Taken from the position, so that the city is the same with calls as without.
    private static OfficerCommand PositionOrCall(OfficerCommand.ReportPosition report) =>
        (int)(report.Position.Latitude * 1_000) % 4 == 0 ? new OfficerCommand.SetSos((int)(report.Position.Longitude * 1_000) % 2 == 0, "手持-1", report.At) : report;

    private FileCase File(CaseNumber number, IReadOnlyList<CaseNumber> terminal) => new(
        number, number.CourtMark, Any(s_causes), _random.Next(1_000_000), $"(2016)沪民初{number.Number}号",
        [Any(s_parties)], [.. s_parties.Where(_ => _random.Next(3) == 0)],
        number.Type == CaseType.Reinstated ? Any(terminal.Count > 0 && _random.Next(4) != 0 ? terminal : Cases) : null,
        At());

    private CaseCommand Command(CaseNumber number) => _random.Next(29) switch
    {
        0 => File(number, []),
        1 or 2 => new AssignCase(Any(Handlers), At()),
        3 or 4 or 5 => new ReachNode(
            _random.Next(1, 38), (NodePhase)_random.Next(2), _random.Next(3) == 0 ? _random.Next(1, 5) : null, At()),
        6 => new ChangeClaim(_random.Next(1_000_000), At()),
        7 => new SuspendCase(Any(s_grounds), At()),
        8 => new ResumeCase(Any(s_grounds), At()),
        9 or 10 or 11 => new CloseCase(_random.Next(2) == 0 ? CloseWay.Terminal : (CloseWay)_random.Next(CloseWays.Count), At()),
        12 or 13 => new RevokeClosing("撤销", At()),
        14 or 15 => new TransferCase(Any(s_courts), At()),
        16 or 17 => new ReceiveFunds(_random.Next(1_000_000), $"S-{_random.Next(3)}", _random.Next(2) == 0 ? "乙" : null, At()),
        18 => new DisburseFunds(_random.Next(1_000_000), $"S-{_random.Next(3)}", "甲", At()),
        19 or 20 => new ReverseFunds(_random.Next(100_000), $"R-{_random.Next(30)}", $"S-{_random.Next(3)}", At()),
        21 => new ControlProperty(
            new ControlledProperty(
                $"P-{_random.Next(3)}", (PropertyClass)_random.Next(7), (ControlAct)_random.Next(3), new DateOnly(2018, 1, 1).AddDays(_random.Next(900)),
                _random.Next(2) == 0 ? null : _random.Next(1_000), _random.Next(2) == 0 ? null : 1),
            At()),
        22 => new RenewProperty($"P-{_random.Next(3)}", new DateOnly(2020, 1, 1), At()),
        23 => new ReleaseProperty($"P-{_random.Next(3)}", At()),
        26 => new RenameParty(Any(s_parties), _random.Next(2) == 0 ? Any(s_parties) : $"新名{_random.Next(9)}", At()),
        27 => new UrgeCase($"U-{_random.Next(9)}", (UrgeAbout)_random.Next(4), _random.Next(2) == 0 ? null : "请速办", "局长", null, At()),
        28 => new AnswerUrge($"U-{_random.Next(9)}", "已办", "承办人", At()),
        24 => new ReceivePetition($"X-{_random.Next(9)}", At()),
        _ => new AnswerPetition($"X-{_random.Next(9)}", At()),
    };

    private DateTimeOffset At() => _random.Next(6) == 0 ? _now.AddMinutes(-_random.Next(1, 90_000)) : _now;

    private T Any<T>(IReadOnlyList<T> values) => values[_random.Next(values.Count)];
}
