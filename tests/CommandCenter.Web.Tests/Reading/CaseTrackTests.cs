using CommandCenter.Domain;
using CommandCenter.Domain.Calendar;
using CommandCenter.Domain.Cases;
using CommandCenter.Testing;
using CommandCenter.Testing.Cases;
using CommandCenter.Web.Access;
using CommandCenter.Web.Reading;
using CommandCenter.Web.Tests.Access;
using CommandCenter.Web.Tests.Grains;
using static CommandCenter.Domain.Cases.CaseCommand;
using static CommandCenter.Testing.TestCalendar;

namespace CommandCenter.Web.Tests.Reading;

public sealed class CaseTrackTests
{
    private static readonly CaseNumber s_number = NewCase.Number();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_node_stands_against_its_limit()
    {
        await using var lab = await GrainLab.OpenAsync();
        await lab.AcceptedAsync(s_number, NewCase.Filing(Day(0))); // Friday 2017-09-01.
        await lab.AcceptedAsync(s_number, new AssignCase("承办人甲", Day(1)));
        await lab.AcceptedAsync(s_number, Done("TZ", Day(3)));
        await lab.AcceptedAsync(s_number, Done("GZ", Day(10)));
        await lab.AcceptedAsync(s_number, new ReachNode(SeqOf("XS"), NodePhase.Entered, null, Day(12)));
        lab.Time.Advance(TimeSpan.FromDays(20));

        var view = await new Api(lab).CaseAsync(s_number);
        var track = view.Track.ToDictionary(static node => node.Code);

        Assert.Equal(37, view.Track.Count);
        Assert.Equal("done", track["LA"].State);
        Assert.Equal("done", track["FA"].State);
        Assert.Equal(("done", ShanghaiTime.StartOf(new DateOnly(2017, 9, 6))), (track["TZ"].State, track["TZ"].DueAt)); // Saturday and three days.
        Assert.Equal(("doneLate", Day(10)), (track["GZ"].State, track["GZ"].At));
        Assert.Equal(("late", "本市规定"), (track["CX"].State, track["CX"].Basis));
        Assert.Equal(("late", ShanghaiTime.StartOf(new DateOnly(2017, 9, 5))), (track["CB"].State, track["CB"].DueAt));
        Assert.Equal("entered", track["XS"].State);
        Assert.Equal(("ahead", null), (track["FK"].State, track["FK"].DueAt)); // Its limit runs from a query that was not sent.
        Assert.Equal(("due", view.DueAt), (track["JA"].State, track["JA"].DueAt));
        Assert.False(view.Overdue);
    }

    [Fact]
    public async Task A_limit_that_ends_on_a_day_of_rest_moves_on_and_a_suspended_case_awaits_nothing()
    {
        await using var lab = await GrainLab.OpenAsync();
        await lab.AcceptedAsync(s_number, NewCase.Filing(Day(0)));
        await lab.AcceptedAsync(s_number, new AssignCase("承办人甲", Day(5))); // Wednesday: three days later is Saturday.
        var open = await new Api(lab).CaseAsync(s_number);
        await lab.AcceptedAsync(s_number, new SuspendCase("和解", Day(6)));
        var suspended = await new Api(lab).CaseAsync(s_number);

        Assert.Equal(ShanghaiTime.StartOf(new DateOnly(2017, 9, 12)), open.Track.Single(static node => node.Code == "TZ").DueAt);
        Assert.DoesNotContain(suspended.Track, static node => node.State is "due" or "late");
    }

    [Fact]
    public async Task A_closed_case_awaits_only_its_file()
    {
        await using var lab = await GrainLab.OpenAsync();
        await lab.AcceptedAsync(s_number, NewCase.Filing(Day(0)));
        await lab.AcceptedAsync(s_number, new CloseCase(CloseWay.Performed, Day(30)));
        lab.Time.Advance(TimeSpan.FromDays(400));

        var view = await new Api(lab).CaseAsync(s_number);

        Assert.DoesNotContain(view.Track, static node => node.State is "due" or "late");
        Assert.False(view.Overdue);
    }

    [Fact]
    public async Task Related_cases_are_those_that_the_viewer_may_see_and_no_other_is_counted()
    {
        const string Neighbour = "沪0104";
        await using var lab = await GrainLab.OpenAsync();
        var (own, same, elsewhere, child) = (NewCase.Number(), NewCase.Number(2), NewCase.Number(3, court: Neighbour), NewCase.Number(4, "执恢", Neighbour));
        await lab.AcceptedAsync(own, NewCase.Filing(Day(0)) with { Debtors = ["欧阳修竹", "甲公司"] });
        await lab.AcceptedAsync(same, NewCase.Filing(Day(1), number: 2) with { Debtors = ["欧阳修竹"] });
        await lab.AcceptedAsync(NewCase.Number(5), NewCase.Filing(Day(1), number: 5) with { Debtors = ["欧阳修竹子"] });
        await lab.AcceptedAsync(elsewhere, NewCase.Filing(Day(2), number: 3) with { Number = elsewhere, CourtMark = Neighbour, Debtors = ["欧阳修竹"] });
        await lab.AcceptedAsync(own, new CloseCase(CloseWay.Terminal, Day(100)));
        await lab.AcceptedAsync(child, NewCase.Filing(Day(120), "执恢", own, 4) with { Number = child, CourtMark = Neighbour, Debtors = ["欧阳修竹"] });
        await lab.SettleAsync();
        var related = new RelatedCases(lab.Host, new CaseDetail(lab.Host, WorkingDays.WeekendsOnly, lab.Time));

        var city = (await related.FindAsync(Viewers.Command, own.ToString(), Token))!;
        var chief = (await related.FindAsync(Viewers.Of(Role.CourtChief) with { CourtMark = ShippedConfig.Pudong }, own.ToString(), Token))!;
        var stranger = await related.FindAsync(Viewers.Of(Role.CourtChief) with { CourtMark = Neighbour }, own.ToString(), Token);

        Assert.Equal(("child", child.ToString(), Neighbour), (city.Items[0].Relation, city.Items[0].Number, city.Items[0].Court));
        Assert.Equal((3, 3), (city.SameParty, city.Items.Count)); // The child is against the same debtor, and stands first.
        Assert.Equal([("child", child.ToString(), null), ("party", same.ToString(), ShippedConfig.Pudong)], chief.Items.Select(static item => (item.Relation, item.Number, item.Court)));
        Assert.Equal(1, chief.SameParty);
        Assert.Null(stranger);
    }

    private static int SeqOf(string code) => ShippedConfig.Nodes.Nodes.Single(node => node.Code == code).Seq;

    private static ReachNode Done(string code, DateTimeOffset at) => new(SeqOf(code), NodePhase.Done, null, at);
}
