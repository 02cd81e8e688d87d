using CommandCenter.Domain.Cases;
using CommandCenter.Domain.Properties;
using static CommandCenter.Domain.Cases.CaseCommand;

namespace CommandCenter.Testing.Cases;

/// <summary>Commands as unruly sources send them: mostly possible, often repeated, sometimes late, never from outside the family.</summary>
/// <remarks>The same seed gives the same commands. Ids are drawn from few, so that repetitions and references meet.</remarks>
/// <param name="seed">The seed.</param>
public sealed class RandomCaseCommands(int seed)
{
    private static readonly string[] s_types = ["执", "执", "执恢", "执保", "执异"];
    private static readonly string[] s_grounds = ["和解", "执行异议", "暂缓执行"];
    private static readonly string[] s_courts = [ShippedConfig.Pudong, ShippedConfig.Huangpu];

    private readonly Random _random = new(seed);
    private DateTimeOffset _now = TestCalendar.Day(0);

    /// <summary>The cases that the commands are about.</summary>
    public IReadOnlyList<CaseNumber> Cases { get; } =
        [.. Enumerable.Range(1, 10).Select(i => NewCase.Number(i, s_types[i % s_types.Length], s_courts[i % 2]))];

    /// <summary>One of the cases.</summary>
    public CaseNumber NextCase() => Cases[_random.Next(Cases.Count)];

    /// <summary>One of the two courts.</summary>
    public string NextCourt() => s_courts[_random.Next(s_courts.Length)];

    /// <summary>A command to a case; a take-over from another court is not among them, since only that court's partition sends it.</summary>
    public CaseCommand Next(CaseNumber number)
    {
        _now = _now.AddMinutes(_random.Next(1, 600));
        var at = _random.Next(10) == 0 ? _now.AddDays(-_random.Next(1, 60)) : _now;
        return _random.Next(27) switch
        {
            0 or 1 => new FileCase(number, number.CourtMark, "民间借贷纠纷", Amount(), "判决", ["甲"], ["乙"], Parent(number), at),
            2 => new AssignCase($"officer-{_random.Next(5)}", at),
            3 or 4 or 5 => new ReachNode(
                _random.Next(1, 38), (NodePhase)_random.Next(2), _random.Next(3) == 0 ? _random.Next(1, 5) : null, at),
            6 => new ChangeClaim(Amount(), at),
            7 => new SuspendCase(s_grounds[_random.Next(s_grounds.Length)], at),
            8 => new ResumeCase(s_grounds[_random.Next(s_grounds.Length)], at),
            9 or 10 => new CloseCase(_random.Next(2) == 0 ? CloseWay.Terminal : (CloseWay)_random.Next(CloseWays.Count), at),
            11 or 12 => new RevokeClosing("撤销", at),
            13 => new TransferCase(NextCourt(), at),
            14 => new NoteReinstatement(NewCase.Number(_random.Next(90, 95), "执恢"), at),
            15 => new ReceiveFunds(Amount(), Id("S", 60), "乙", at),
            16 => new DisburseFunds(Amount(), Id("S", 60), "甲", at),
            17 or 18 => new ReverseFunds(Amount() / 4, Id("R", 60), Id("S", 60), at),
            19 => new ControlProperty(
                new ControlledProperty(Id("P", 4), (PropertyClass)_random.Next(7), (ControlAct)_random.Next(3), Until(), Amount(), Rank: null), at),
            20 => new RenewProperty(Id("P", 4), Until(), at),
            21 => new ReleaseProperty(Id("P", 4), at),
            24 => new RenameParty(_random.Next(2) == 0 ? "乙" : Id("曾", 3), Id("曾", 3), at),
            25 => new UrgeCase(Id("U", 2), (UrgeAbout)_random.Next(4), _random.Next(2) == 0 ? null : "请速办", "局长", _random.Next(2) == 0 ? null : Until(), at),
            26 => new AnswerUrge(Id("U", 2), "已办", "承办人", at),
            22 => new ReceivePetition(Id("X", 12), at),
            _ => new AnswerPetition(Id("X", 12), at),
        };
    }

    private CaseNumber? Parent(CaseNumber number) => _random.Next(4) switch
    {
        0 => number,
        1 => NewCase.Number(99),
        _ => null,
    };

    private long Amount() => _random.Next(1_000_000);

    private string Id(string prefix, int count) => $"{prefix}-{_random.Next(count)}";

    private DateOnly Until() => new DateOnly(2018, 1, 1).AddDays(_random.Next(1_000));
}
