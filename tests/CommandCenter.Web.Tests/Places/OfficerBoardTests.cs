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

        Assert.Equal(["c", "b", "a"], board.Shown.Select(officer => officer.Id));
        Assert.Equal([false, true, false], board.Shown.Select(officer => officer.IsPosition));
        Assert.Equal(s_now.AddSeconds(-5).ToUnixTimeMilliseconds(), board.Shown[1].ReportedAtMs);
        Assert.Equal([true, true, false], board.Shown.Select(officer => officer.At is not null));
        Assert.Equal(3, board.CountOf(OfficerCondition.Live));
    }

    [Fact]
    public void Those_on_duty_come_first_however_long_they_are_silent()
    {
        var board = Board(Off("a", ago: 1), On("b", dutyAgo: 4_000), On("c", dutyAgo: 100), OfficerState.New("d"));

        Assert.Equal(["c", "b", "a", "d"], board.Shown.Select(officer => officer.Id));
        Assert.Equal([0, 1, 1, 2], board.Counts);
        Assert.Null(board.Shown[3].ReportedAtMs);
    }

    [Fact]
    public void Who_has_just_arrived_where_he_was_sent_comes_before_others_the_latest_first()
    {
        var target = new Target(31.2304, 121.4737, 100, Case: null, Datum.Wgs84);
        var board = Board(
            On("a", dutyAgo: 900, positionAgo: 1), Arrived("b", ago: 601), Arrived("c", ago: 600), Arrived("d", ago: 30), Off("e", ago: 1) with { Errand = new Errand(target, s_now, s_now) });

        Assert.Equal(["d", "c", "a", "b", "e"], board.Shown.Select(officer => officer.Id));
        Assert.Equal(s_now.AddSeconds(-30).ToUnixTimeMilliseconds(), board.Shown[0].Errand!.ArrivedAtMs);
        Assert.Null(board.Shown[4].Errand); // Whoever is off duty is on no errand.

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
    public void A_board_is_bounded_and_its_counts_tell_of_the_rest()
    {
        var board = Board([.. Enumerable.Range(0, 700).Select(i => On($"{i:D3}", dutyAgo: i % 50))]);

        Assert.Equal(OfficerBoard.ShownMax, board.Shown.Count);
        Assert.Equal((200, 700), (board.More, board.CountOf(OfficerCondition.Live)));
        Assert.Equal(board.Shown.Max(officer => officer.ReportedAtMs), board.Shown[0].ReportedAtMs);
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
        Assert.Equal([(courts.Length + 1) / 2, 0, 0, courts.Length / 2], first.Counts);
        Assert.All(first.Shown, officer => Assert.Equal(ShippedMap.Map.At(At(31.23, 121.47)), officer.At));
        Assert.Equal([0, (courts.Length + 1) / 2, 0, courts.Length / 2], watch.Read().Counts);

        async Task TellAsync(string court, int index, OfficerCommand command) =>
            Assert.Equal(GrainReply.Accepted, await lab.TellAsync(lab.Fact($"officer-{index}", court, command)));
    }

    private static OfficerBoard Board(params OfficerState[] officers) => OfficerBoard.Of(officers.Select(officer => (ShippedConfig.Pudong, officer)), ShippedMap.Map, s_now);

    private static OfficerState On(string id, int dutyAgo, int? positionAgo = null) => new(
        id, IsOnDuty: true, s_now.AddSeconds(-dutyAgo), "cam", positionAgo is null ? null : At(31.2, 121.5),
        positionAgo is { } ago ? s_now.AddSeconds(-ago) : DateTimeOffset.UnixEpoch);

    private static OfficerState Off(string id, int ago) => new(id, IsOnDuty: false, s_now.AddSeconds(-ago), "cam", null, DateTimeOffset.UnixEpoch);

    private static Position At(double lat, double lon) => new(lat, lon, null, null, null, Datum.Wgs84);
}
