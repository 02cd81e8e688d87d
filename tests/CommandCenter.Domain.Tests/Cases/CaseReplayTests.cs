using CommandCenter.Domain.Cases;
using CommandCenter.Domain.Courts;
using CommandCenter.Domain.Indicators;
using CommandCenter.Testing;
using CommandCenter.Testing.Cases;
using static CommandCenter.Domain.Cases.CaseCommand;
using static CommandCenter.Domain.Cases.CaseEvent;

namespace CommandCenter.Domain.Tests.Cases;

/// <summary>What must hold whatever the sources send: two courts, ten cases, a thousand commands a seed.</summary>
public sealed class CaseReplayTests
{
    private const int Steps = 1_000;

    /// <summary>The seed is the test case's name: a failure repeats by itself.</summary>
    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 25)];

    /// <summary>Whatever Decide accepts, Evolve must be able to apply; and applying it from the start gives the same state.</summary>
    [Theory]
    [MemberData(nameof(Seeds))]
    public void Every_accepted_event_can_be_replayed(int seed)
    {
        var courts = TwoCourts.Run(seed, Steps);

        Assert.NotEmpty(courts.Journals);
        foreach (var (key, journal) in courts.Journals)
        {
            Assert.Equal(StateText.Of(courts.States[key]), StateText.Of(NewCase.NotFiled.Given(journal).State));
        }
    }

    /// <summary>States are shared with readers on other threads, so an event may never change the state that was before it.</summary>
    [Theory]
    [MemberData(nameof(Seeds))]
    public void No_event_changes_a_state_that_was_before_it(int seed)
    {
        foreach (var journal in TwoCourts.Run(seed, Steps).Journals.Values)
        {
            var states = new List<(CaseState State, string Text)>();
            var given = NewCase.NotFiled;
            foreach (var @event in journal)
            {
                given = given.Given(@event);
                states.Add((given.State, StateText.Of(given.State)));
            }

            Assert.All(states, then => Assert.Equal(then.Text, StateText.Of(then.State)));
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void The_stock_of_a_court_is_what_its_cases_count_for(int seed)
    {
        var courts = TwoCourts.Run(seed, Steps);

        foreach (var court in TwoCourts.Marks)
        {
            var counted = courts.StatesOf(court).Aggregate(
                default(CourtStock), (stock, state) => stock.After(NewCase.NotFiled.State, state));
            Assert.Equal(counted, courts.Stocks[court]);
        }
    }

    /// <summary>收结存: what came in less what went out is what is there. The identity that every window is held to.</summary>
    [Theory]
    [MemberData(nameof(Seeds))]
    public void Received_and_taken_over_less_closed_and_given_away_is_pending_in_every_class(int seed)
    {
        var courts = TwoCourts.Run(seed, Steps);

        foreach (var court in TwoCourts.Marks)
        {
            var load = courts.LoadOf(court);
            Assert.All(Enum.GetValues<CaseClass>(), @class =>
            {
                Assert.Equal(courts.StatesOf(court).Count(state => state is CaseState.Open s && s.File.Number.Type.Class == @class), load.PendingGrowthOf(@class));
                Assert.Equal(courts.StatesOf(court).Count(state => state is CaseState.Closed s && s.File.Number.Type.Class == @class), load.ClosedOf(@class));
            });
            Assert.Equal(courts.Stocks[court].Pending, load.PendingGrowth);
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void The_terminal_stock_grows_by_terminal_closings_less_those_undone_or_reinstated(int seed)
    {
        var courts = TwoCourts.Run(seed, Steps);

        Assert.All(TwoCourts.Marks, court => Assert.Equal(courts.Stocks[court].Terminal, courts.LoadOf(court).TerminalGrowth));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Every_closing_of_a_main_class_is_counted_by_exactly_one_way(int seed)
    {
        var courts = TwoCourts.Run(seed, Steps);

        foreach (var court in TwoCourts.Marks)
        {
            var load = courts.LoadOf(court);
            Assert.Equal(load.Closed, Enum.GetValues<CloseWay>().Sum(load.ClosedByWay));
            Assert.All(Enum.GetValues<CloseWay>(), way => Assert.Equal(
                courts.StatesOf(court).Count(state => state is CaseState.Closed s && s.Way == way && s.File.Number.Type.Class <= CaseClass.Reinstated),
                load.ClosedByWay(way)));
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void The_money_of_the_windows_is_the_money_of_the_cases(int seed)
    {
        var courts = TwoCourts.Run(seed, Steps);
        var held = TwoCourts.Marks.SelectMany(courts.StatesOf).Where(state => state is CaseState.Open or CaseState.Closed)
            .Select(state => state.FileOrNull!.Funds).ToArray();

        Assert.Equal(held.Sum(funds => funds.InFen), TwoCourts.Marks.Sum(court => courts.LoadOf(court).FundsInFen));
        Assert.Equal(held.Sum(funds => funds.OutFen), TwoCourts.Marks.Sum(court => courts.LoadOf(court).FundsOutFen));

        // The sum kept in a case is the sum of its movements.
        Assert.All(held, funds => Assert.Equal(
            funds.HeldFen,
            funds.Entries.Sum(entry => (entry.AmountFen - entry.ReversedFen) * (entry.Direction == Domain.Funds.FundsDirection.In ? 1 : -1))));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_transfer_changes_no_figure_of_the_city(int seed)
    {
        var courts = TwoCourts.Run(seed, Steps);

        Assert.Equal(
            TwoCourts.Marks.Sum(court => courts.LoadOf(court).TransferredOut), TwoCourts.Marks.Sum(court => courts.LoadOf(court).TransferredIn));
        Assert.All(
            courts.Journals.Keys.Select(key => key.Number).Distinct(),
            number => Assert.Single(TwoCourts.Marks, court => courts.States[(court, number)] is CaseState.Open or CaseState.Closed));
    }

    /// <summary>Without this the properties above could hold because nothing ever happened.</summary>
    [Fact]
    public void The_random_commands_reach_every_event_every_irregularity_and_every_refusal()
    {
        var runs = Seeds.Select(seed => TwoCourts.Run(seed.Data, Steps)).ToArray();

        var events = runs.SelectMany(run => run.Journals.Values).SelectMany(journal => journal).ToArray();
        Assert.Equal(
            typeof(CaseEvent).GetNestedTypes().Select(type => type.Name).Order(),
            events.Select(@event => @event.GetType().Name).Distinct().Order());
        Assert.Equal(
            Enum.GetValues<Irregularities>().Aggregate((all, flag) => all | flag),
            events.Aggregate(Irregularities.None, (all, @event) => all | @event.Irregular));
        Assert.Equal(
            [
                "case.already-closed", "case.already-filed", "case.already-reinstated", "case.already-suspended", "case.before-last-change",
                "case.no-handler", "case.not-closed", "case.not-suspended", "case.number-of-other-court", "case.own-parent", "case.transfer-to-itself",
                "case.transferred-away", "case.unknown", "case.unknown-urge", "case.urge-answered", "case.urged-before", "funds.reversed-beyond-original", "funds.serial-repeated", "funds.unknown-original",
                "party.already-renamed", "party.same-name", "party.unknown", "petition.already-received", "petition.unknown", "property.already-controlled", "property.unknown",
            ],
            runs.SelectMany(run => run.Refusals).Distinct().Order(StringComparer.Ordinal));
    }

    /// <summary>Two courts with their grains, stocks and columns, as two partitions would hold them.</summary>
    private sealed class TwoCourts
    {
        public static readonly string[] Marks = [ShippedConfig.Pudong, ShippedConfig.Huangpu];

        private readonly Dictionary<string, long[]> _columns = Marks.ToDictionary(mark => mark, _ => new long[Flows.ColumnCount]);

        public Dictionary<(string Court, CaseNumber Number), CaseState> States { get; } = [];

        public Dictionary<(string Court, CaseNumber Number), List<CaseEvent>> Journals { get; } = [];

        public Dictionary<string, CourtStock> Stocks { get; } = Marks.ToDictionary(mark => mark, _ => default(CourtStock));

        public List<string> Refusals { get; } = [];

        public static TwoCourts Run(int seed, int steps)
        {
            var commands = new RandomCaseCommands(seed);
            var courts = new TwoCourts();
            foreach (var key in Marks.SelectMany(_ => commands.Cases, (mark, number) => (mark, number)))
            {
                courts.States[key] = NewCase.NotFiled.State;
            }

            for (var step = 0; step < steps; step++)
            {
                var number = commands.NextCase();
                courts.Tell(commands, number, commands.Next(number));
            }

            return courts;
        }

        public IEnumerable<CaseState> StatesOf(string court) => States.Where(pair => pair.Key.Court == court).Select(pair => pair.Value);

        public Caseload LoadOf(string court) => new(_columns[court]);

        private void Tell(RandomCaseCommands commands, CaseNumber number, CaseCommand command)
        {
            // Only the court of the number is asked to file, so that no case is held twice; now and then as the other court.
            var court = command is FileCase ? number.CourtMark : commands.NextCourt();
            var told = command is FileCase filing && commands.NextCourt() != court ? filing with { CourtMark = commands.NextCourt() } : command;
            foreach (var @event in Tell(court, number, told))
            {
                if (@event is CaseTransferred transferred)
                {
                    var file = States[(court, number)].FileOrNull!;
                    Assert.Single(Tell(transferred.ToCourt, number, new AdmitCase(file, transferred.ToCourt, @event.At)));
                }
            }
        }

        private IReadOnlyList<CaseEvent> Tell(string court, CaseNumber number, CaseCommand command)
        {
            var key = (court, number);
            var before = States[key];
            var decision = CaseDecider.Decide(before, command, ShippedConfig.Nodes);
            if (decision is Decision<CaseEvent>.Rejected refused)
            {
                Refusals.Add(refused.Code);
                return [];
            }

            var accepted = Assert.IsType<Decision<CaseEvent>.Accepted>(decision);

            Span<Flow> flows = stackalloc Flow[Flows.PerEventMax];
            foreach (var @event in accepted.Events)
            {
                States[key] = CaseDecider.Evolve(States[key], @event, ShippedConfig.Nodes);
                (Journals.TryGetValue(key, out var journal) ? journal : Journals[key] = []).Add(@event);
                foreach (var flow in flows[..Flows.Read(@event, number.Type.Class, flows)])
                {
                    _columns[court][flow.Column] += flow.Delta;
                }
            }

            Stocks[court] = Stocks[court].After(before, States[key]);
            return accepted.Events;
        }
    }
}
