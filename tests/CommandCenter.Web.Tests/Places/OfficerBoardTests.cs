using CommandCenter.Domain.Officers;
using CommandCenter.Testing;
using CommandCenter.Web.Grains;
using CommandCenter.Web.Places;
using CommandCenter.Web.Tests.Grains;
using Microsoft.Extensions.Logging.Abstractions;

namespace CommandCenter.Web.Tests.Places;

public sealed class OfficerBoardTests
{
    private static readonly DateTimeOffset s_now = new(2026, 11, 22, 1, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(0, OfficerCondition.Live)]
    [InlineData(60, OfficerCondition.Live)]
    [InlineData(61, OfficerCondition.Stalled)]
    [InlineData(300, OfficerCondition.Stalled)]
    [InlineData(301, OfficerCondition.Lost)]
    [InlineData(-500, OfficerCondition.Live)]
    internal void Silence_makes_an_officer_stalled_and_then_lost(int seconds, OfficerCondition condition)
    {
        Assert.Equal(condition, OfficerBoard.ConditionOf(isOnDuty: true, TimeSpan.FromSeconds(seconds)));
        Assert.Equal(OfficerCondition.Off, OfficerBoard.ConditionOf(isOnDuty: false, TimeSpan.FromSeconds(seconds)));
    }

    [Fact]
    public void Who_is_on_duty_and_was_never_heard_of_is_lost() =>
        Assert.Equal(OfficerCondition.Lost, OfficerBoard.ConditionOf(isOnDuty: true, silence: null));

    [Fact]
    public void Going_on_duty_is_a_report_and_a_position_after_it_counts_more()
    {
        var board = Board(On("a", dutyAgo: 20), On("b", dutyAgo: 400, positionAgo: 5), On("c", dutyAgo: 3, positionAgo: 90));

        var byId = board.Officers.OrderBy(static officer => officer.Id, StringComparer.Ordinal).ToArray();
        Assert.Equal([false, true, false], byId.Select(static officer => officer.IsPosition));
        Assert.Equal(s_now.AddSeconds(-5).ToUnixTimeMilliseconds(), byId[1].ReportedAtMs);
        Assert.Equal([false, true, true], byId.Select(static officer => officer.At is not null));
        Assert.Equal(3, board.CountOf(OfficerCondition.Live));
    }

    [Fact]
    public void Those_on_duty_come_first_however_long_they_are_silent()
    {
        var board = Board(Off("a", ago: 1), On("b", dutyAgo: 4_000), On("c", dutyAgo: 100), OfficerState.New("d"));

        Assert.Equal(["b", "c"], board.Shown.Take(2).Select(static officer => officer.Id).Order());
        Assert.Equal([0, 1, 1, 2], CountsOf(board));
        Assert.Null(board.Officers.Single(static officer => officer.Id == "d").ReportedAtMs);
    }

    [Fact]
    public void Who_has_just_arrived_where_he_was_sent_comes_before_others_the_latest_first()
    {
        var target = new Target(31.2304, 121.4737, 100, Case: null, Datum.Wgs84);
        var board = Board(
            On("a", dutyAgo: 900, positionAgo: 1), Arrived("b", ago: 601), Arrived("c", ago: 600), Arrived("d", ago: 30), Off("e", ago: 1) with { Errand = new Errand(target, s_now, s_now) });

        Assert.Equal(["d", "c"], board.Shown.Take(2).Select(static officer => officer.Id));
        Assert.Equal(s_now.AddSeconds(-30).ToUnixTimeMilliseconds(), board.Officers[0].Errand!.ArrivedAtMs);
        Assert.Equal("e", board.Officers[4].Id);
        Assert.Null(board.Officers[4].Errand); // Whoever is off duty is on no errand.

        OfficerState Arrived(string id, int ago) => On(id, dutyAgo: 900, positionAgo: 5) with { Errand = new Errand(target, s_now.AddSeconds(-800), s_now.AddSeconds(-ago)) };
    }

    [Fact]
    public void An_officer_who_is_in_another_district_than_his_courts_is_away()
    {
        var map = ShippedMap.Map;
        var pudong = map.Districts.Single(static district => district.CourtMark == ShippedConfig.Pudong);
        var other = map.Districts.First(static district => district.CourtMark != ShippedConfig.Pudong);

        Assert.Null(map.AwayFrom(ShippedConfig.Pudong, pudong.Point));
        Assert.Equal(other, map.AwayFrom(ShippedConfig.Pudong, other.Point));
        Assert.Null(map.AwayFrom(ShippedConfig.Pudong, new MapPoint(-500, -500))); // Outside the city: no district of ours to name.
        Assert.All(map.Courts.Where(court => map.Districts.All(district => district.CourtMark != court.Mark)), court => Assert.Null(map.AwayFrom(court.Mark, other.Point)));
    }

    [Fact]
    public void Who_calls_for_help_comes_before_all_others_the_longest_first_on_duty_or_not()
    {
        var board = Board(On("a", dutyAgo: 1), Off("b", ago: 90) with { CallingSince = s_now.AddSeconds(-5) }, On("c", dutyAgo: 400) with { CallingSince = s_now.AddSeconds(-50) });

        Assert.Equal(["c", "b", "a"], board.Shown.Select(officer => officer.Id));
        Assert.Equal([s_now.AddSeconds(-50).ToUnixTimeMilliseconds(), s_now.AddSeconds(-5).ToUnixTimeMilliseconds(), null], board.Shown.Select(officer => officer.CallingSinceMs));
    }

    [Fact]
    public void Beyond_five_hundred_the_same_are_known_one_by_one_whoever_reports_and_grows_silent_and_whoever_calls_joins_them()
    {
        var board = Board([.. Enumerable.Range(0, 5000).Select(static i => On($"{i:D4}", dutyAgo: 5, positionAgo: 5))]);
        var later = Board([.. Enumerable.Range(0, 5000).Select(static i => On($"{i:D4}", dutyAgo: 5 + (i % 400), positionAgo: i % 400))]);
        var last = later.Officers[^1];
        var called = Board([.. Enumerable.Range(0, 5000).Select(i => On($"{i:D4}", dutyAgo: 5) with { CallingSince = $"{i:D4}" == last.Id ? s_now : null })]);

        Assert.Equal(OfficerBoard.ShownMax, board.Shown.Count());
        Assert.Equal(4500, board.Rest.Count());
        Assert.Equal(5000, board.CountOf(OfficerCondition.Live));
        Assert.Equal(board.Shown.Select(static officer => officer.Id), later.Shown.Select(static officer => officer.Id));
        Assert.InRange(board.Shown.Count(static officer => string.CompareOrdinal(officer.Id, "2500") < 0), 200, 300); // A fair draw, and not the first by name.
        Assert.Equal(last.Id, called.Officers[0].Id);
    }

    [Fact]
    public void The_same_officers_are_the_same_board_in_whatever_order_they_come()
    {
        OfficerState[] officers = [On("a", 1), On("b", 1), On("c", 1)];

        Assert.Equal(Board(officers), Board([.. officers.Reverse()]));
        Assert.NotEqual(Board(officers), Board(officers[..2]));
    }

    [Fact]
    public async Task Officers_of_all_partitions_are_on_the_board()
    {
        await using var lab = await GrainLab.OpenAsync(partitions: 4);
        using var watch = new OfficerWatch(lab.Host, ShippedMap.Map, lab.Time, NullLogger<OfficerWatch>.Instance);
        var courts = lab.Host.Courts.Courts.Select(court => court.Mark).ToArray();
        foreach (var (index, court) in courts.Index())
        {
            await TellAsync(court, index, new OfficerCommand.SetDuty(IsOn: index % 2 == 0, "cam", lab.Time.GetUtcNow()));
            await TellAsync(court, index, new OfficerCommand.ReportPosition(At(31.23, 121.47), lab.Time.GetUtcNow()));
        }

        await watch.RefreshAsync(TestContext.Current.CancellationToken);
        var first = watch.Read();
        lab.Time.Advance(TimeSpan.FromMinutes(2));
        await watch.RefreshAsync(TestContext.Current.CancellationToken);

        Assert.Equal(courts.Order(), first.Shown.Select(officer => officer.CourtMark).Order());
        Assert.Equal([(courts.Length + 1) / 2, 0, 0, courts.Length / 2], CountsOf(first));
        Assert.All(first.Shown, officer => Assert.Equal(ShippedMap.Map.At(At(31.23, 121.47)), officer.At));
        Assert.Equal([0, (courts.Length + 1) / 2, 0, courts.Length / 2], CountsOf(watch.Read()));

        async Task TellAsync(string court, int index, OfficerCommand command) =>
            Assert.Equal(GrainReply.Accepted, await lab.TellAsync(lab.Fact($"officer-{index}", court, command)));
    }

    private static int[] CountsOf(OfficerBoard board) => [.. Enum.GetValues<OfficerCondition>().Select(board.CountOf)];

    private static OfficerBoard Board(params OfficerState[] officers) => OfficerBoard.Of(officers.Select(officer => (ShippedConfig.Pudong, officer)), ShippedMap.Map, s_now);

    private static OfficerState On(string id, int dutyAgo, int? positionAgo = null) => new(
        id, IsOnDuty: true, s_now.AddSeconds(-dutyAgo), "cam", positionAgo is null ? null : At(31.2, 121.5),
        positionAgo is { } ago ? s_now.AddSeconds(-ago) : DateTimeOffset.UnixEpoch);

    private static OfficerState Off(string id, int ago) => new(id, IsOnDuty: false, s_now.AddSeconds(-ago), "cam", null, DateTimeOffset.UnixEpoch);

    private static Position At(double lat, double lon) => new(lat, lon, null, null, null, Datum.Wgs84);
}
