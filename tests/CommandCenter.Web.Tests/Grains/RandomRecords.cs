using CommandCenter.Domain.Cases;
using CommandCenter.Domain.Funds;
using CommandCenter.Domain.Officers;
using CommandCenter.Domain.Properties;
using CommandCenter.Testing;
using CommandCenter.Web.Grains;

namespace CommandCenter.Web.Tests.Grains;

/// <summary>Records with anything in them that the types allow: Chinese, empty and long texts, empty lists, missing options, the ends of ranges.</summary>
internal sealed class RandomRecords(int seed)
{
    private static readonly string[] s_texts =
    [
        "", "a", "甲", "上海浦江（集团）有限公司", "Pujiang (Group) Ltd.", "😀𠮷", "\u0000\n\"\\", new('长', 100), new('x', 300), "沪0115", "\uFEFF",
    ];

    private static readonly string[] s_marks = ["沪", "沪01", "沪0115", "沪0101", "京0105", "最高法"];

    private readonly Random _random = new(seed);

    public IEnumerable<GrainRecord> All()
    {
        foreach (var @event in CaseEvents())
        {
            yield return new GrainRecord.OfCase(
                Instant(), Maybe(Envelope), MaybeValue(() => new Delivery(_random.Next(64), Position())), Number(), Link(), @event);
        }

        foreach (var @event in OfficerEvents())
        {
            yield return new GrainRecord.OfOfficer(Instant(), Envelope(), Text(), @event);
        }

        foreach (var command in Messages().Prepend(null))
        {
            yield return new GrainRecord.OfDelivery(Instant(), new Delivery(_random.Next(64), Position()), Number(), command, command is null ? 0 : _random.Next(64));
        }
    }

    /// <summary>One of each event of a case.</summary>
    public IEnumerable<CaseEvent> CaseEvents() =>
    [
        new CaseEvent.CaseFiled(Number(), Mark(), Text(), Amount(), Text(), Texts(), Texts(), MaybeValue(Number), Instant(), Flags()),
        new CaseEvent.CaseAssigned(Text(), Instant(), Flags()),
        new CaseEvent.NodeReached(_random.Next(1, 38), (NodePhase)_random.Next(2), _random.Next(1, NodeFlow.OccurrenceMax + 1), Instant(), Flags()),
        new CaseEvent.ClaimChanged(Amount(), Instant(), Flags()),
        new CaseEvent.PartyRenamed(Text(), Text(), Instant(), Flags()),
        new CaseEvent.CaseSuspended(Text(), Instant(), Flags()),
        new CaseEvent.CaseResumed(Text(), Instant(), Flags()),
        new CaseEvent.CaseClosed((CloseWay)_random.Next(CloseWays.Count), Instant(), Flags()),
        new CaseEvent.ClosingRevoked((CloseWay)_random.Next(CloseWays.Count), Text(), Instant(), Flags()),
        new CaseEvent.CaseTransferred(Mark(), Instant(), Flags()),
        new CaseEvent.CaseAdmitted(File(), Mark(), Instant(), Flags()),
        new CaseEvent.ReinstatementNoted(Number(), Instant(), Flags()),
        new CaseEvent.FundsReceived(Amount(), Text(), Maybe(Text), Instant(), Flags()),
        new CaseEvent.FundsDisbursed(Amount(), Text(), Maybe(Text), Instant(), Flags()),
        new CaseEvent.FundsReversed((FundsDirection)_random.Next(2), Amount(), Text(), Text(), Instant(), Flags()),
        new CaseEvent.PropertyControlled(Property(), Instant(), Flags()),
        new CaseEvent.PropertyRenewed(Text(), Day(), Instant(), Flags()),
        new CaseEvent.PropertyReleased(Text(), Instant(), Flags()),
        new CaseEvent.PetitionReceived(Text(), Instant(), Flags()),
        new CaseEvent.PetitionAnswered(Text(), Instant(), Flags()),
        new CaseEvent.CaseUrged(Text(), (UrgeAbout)_random.Next(4), Maybe(Text), Text(), MaybeValue(Day), Instant(), Flags()),
        new CaseEvent.UrgeAnswered(Text(), Text(), Text(), Instant(), Flags()),
    ];

    public IEnumerable<OfficerEvent> OfficerEvents() =>
    [
        new OfficerEvent.DutyChanged(_random.Next(2) == 0, Maybe(Text), Instant()),
        new OfficerEvent.SosChanged(_random.Next(2) == 0, Maybe(Text), Instant()),
        new OfficerEvent.PositionReported(Position(_random.Next(2) == 0), Instant()),
        new OfficerEvent.Dispatched(Target(), Instant()),
        new OfficerEvent.Recalled(Instant()),
    ];

    public IEnumerable<CaseCommand> Messages() =>
        [new CaseCommand.AdmitCase(File(), Mark(), Instant()), new CaseCommand.NoteReinstatement(Number(), Instant())];

    /// <summary>One of each state that is ever stored.</summary>
    public IEnumerable<CaseState> States() =>
    [
        new CaseState.Open(File()),
        new CaseState.Closed(File(), (CloseWay)_random.Next(CloseWays.Count), Instant(), MaybeValue(Number)),
        new CaseState.Moved(File(), Mark()),
    ];

    public OfficerState Officer() => new(Text(), _random.Next(2) == 0, Instant(), Maybe(Text), Maybe(() => Position(_random.Next(2) == 0)), Instant())
    {
        CallingSince = MaybeValue(Instant),
        SosAt = Instant(),
        Errand = Maybe(() => new Errand(Target(), Instant(), MaybeValue(Instant))),
        ErrandAt = Instant(),
    };

    private Target Target() => new(_random.NextDouble(), _random.NextDouble(), 20 + _random.Next(1_000), MaybeValue(Number), (Datum)_random.Next(2));

    private CaseFile File()
    {
        var entries = Many(() => new FundsEntry(Text(), (FundsDirection)_random.Next(2), Amount(), 0, Texts()));
        return new CaseFile
        {
            Number = Number(),
            CourtMark = Mark(),
            Cause = Text(),
            Basis = Text(),
            ClaimFen = Amount(),
            ClaimAt = Instant(),
            Applicants = Texts(),
            Debtors = Texts(),
            FormerNames = Many(() => new FormerName(Text(), Text(), Instant())),
            Parent = MaybeValue(Number),
            FiledAt = Instant(),
            StatusAt = Instant(),
            Handler = Maybe(Text),
            HandlerAt = Instant(),
            Irregular = Flags(),
            SuspendedUntil = Instant(),
            SuspendedFor = TimeSpan.FromTicks(_random.NextInt64(TimeSpan.MaxValue.Ticks)),
            Flow = new NodeFlow(
                (ulong)_random.NextInt64(), (ulong)_random.NextInt64(), Many(() => (ushort)_random.Next(NodeFlow.OccurrenceMax + 1)), _random.Next(38), Instant()),
            Suspensions = Many(() => new Suspension(Text(), Instant())),
            Funds = new CaseFunds(
                entries.Where(entry => entry.Direction == FundsDirection.In).Sum(entry => entry.AmountFen),
                entries.Where(entry => entry.Direction == FundsDirection.Out).Sum(entry => entry.AmountFen),
                entries),
            Properties = Many(Property),
            OpenPetitions = Texts(),
            AnsweredPetitions = Texts(),
            Urges = Many(Urge),
        };
    }

    private ControlledProperty Property() => new(
        Text(), (PropertyClass)_random.Next(7), (ControlAct)_random.Next(3), Day(), MaybeValue(Amount), MaybeValue(() => _random.Next(100)));

    private Urge Urge() => new(Text(), (UrgeAbout)_random.Next(4), Maybe(Text), Text(), Instant(), MaybeValue(Day))
    {
        Answer = Maybe(() => new UrgeAnswer(Text(), Text(), Instant())),
    };

    private Position Position(bool isBare) => new(
        (_random.NextDouble() * 180) - 90, (_random.NextDouble() * 360) - 180, isBare ? null : 0, isBare ? null : 359.5, isBare ? null : 12.25, (Datum)_random.Next(2));

    private Envelope Envelope() => new(Text(), Text(), (ulong)_random.NextInt64() << 1, Mark(), Maybe(Text));

    private CaseNumber Number() => new(
        _random.Next(2000, 2100), Mark(), CaseType.All[_random.Next(CaseType.All.Count)], _random.Next(4) == 0 ? 99_999_999 : _random.Next(1, 10_000));

    private ChainLink Link() => _random.Next(3) == 0 ? ChainLink.None : new ChainLink(_random.Next(64), Position());

    private long Position() => _random.Next(4) == 0 ? long.MaxValue : _random.NextInt64(1, 1L << 40);

    private long Amount() => _random.Next(5) switch
    {
        0 => 0,
        1 => CaseFunds.AmountFenMax / 8, // Eight of them still fit one case.
        _ => _random.NextInt64(1_000_000_000),
    };

    private DateTimeOffset Instant() => _random.Next(10) == 0 ? DateTimeOffset.UnixEpoch : TestCalendar.Day(0).AddTicks(_random.NextInt64(1L << 55));

    private DateOnly Day() => _random.Next(10) == 0 ? DateOnly.MaxValue : new DateOnly(2017, 1, 1).AddDays(_random.Next(10_000));

    private Irregularities Flags() => (Irregularities)_random.Next(1 << 8);

    private string Text() => s_texts[_random.Next(s_texts.Length)];

    private string Mark() => s_marks[_random.Next(s_marks.Length)];

    private string[] Texts() => Many(Text);

    private T[] Many<T>(Func<T> make) => [.. Enumerable.Range(0, _random.Next(5)).Select(_ => make())];

    private T? Maybe<T>(Func<T> make)
        where T : class => _random.Next(2) == 0 ? null : make();

    private T? MaybeValue<T>(Func<T> make)
        where T : struct => _random.Next(2) == 0 ? null : make();
}
