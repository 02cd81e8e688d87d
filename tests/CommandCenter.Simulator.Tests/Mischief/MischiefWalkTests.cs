using CommandCenter.Simulator.City;
using CommandCenter.Simulator.Events;
using CommandCenter.Simulator.Mischief;
using static CommandCenter.Simulator.Events.EventData;

namespace CommandCenter.Simulator.Tests.Mischief;

public sealed class MischiefWalkTests
{
    private const MischiefKinds All = MischiefKinds.Late | MischiefKinds.Duplicate | MischiefKinds.OutOfOrder | MischiefKinds.Contradictory
        | MischiefKinds.ClockSkew | MischiefKinds.SilentCourt;

    private static readonly PlannedEvent[] s_plan = [.. Plan().Until(Cities.At(18))];

    [Fact]
    public void Without_mischief_everything_passes_as_it_is() =>
        Assert.Equal(s_plan.Select(Cities.LineOf), Tell(MischiefKinds.None).Select(Cities.LineOf));

    [Fact]
    public void The_same_seed_makes_the_same_mischief_byte_for_byte() =>
        Assert.Equal(Tell(All).Select(Cities.LineOf), Tell(All).Select(Cities.LineOf));

    [Theory]
    [InlineData(MischiefKinds.Late)]
    [InlineData(MischiefKinds.Duplicate)]
    [InlineData(MischiefKinds.OutOfOrder)]
    [InlineData(MischiefKinds.Contradictory)]
    [InlineData(MischiefKinds.ClockSkew)]
    [InlineData(MischiefKinds.SilentCourt)]
    [InlineData(All)]
    internal void Every_fact_is_told_once_and_something_goes_wrong(MischiefKinds kinds)
    {
        var told = Tell(kinds);

        Assert.Equal(s_plan.Select(planned => planned.Id).Order(), told.Where(planned => planned.IsFact).Select(planned => planned.Id).Order());
        Assert.NotEqual(s_plan.Select(Cities.LineOf), told.Select(Cities.LineOf));
    }

    [Fact]
    public void Steps_that_need_the_one_before_keep_their_order()
    {
        var order = s_plan.Index().ToDictionary(planned => planned.Item.Id, planned => planned.Index, StringComparer.Ordinal);

        Assert.All(Tell(All).Where(planned => planned.IsFact && planned.Data is not (CaseNode or FundsReceived)).GroupBy(planned => planned.Case), @case =>
            Assert.Equal(@case.Select(planned => order[planned.Id]).Order(), @case.Select(planned => order[planned.Id])));
    }

    [Fact]
    public void Nothing_is_repeated_or_contradicted_before_it_was_told()
    {
        var told = new HashSet<string>(StringComparer.Ordinal);
        foreach (var planned in Tell(All))
        {
            if (planned.IsFact)
            {
                told.Add(planned.Id);
            }
            else
            {
                Assert.Contains(planned.Id.EndsWith(".x", StringComparison.Ordinal) || planned.Id.EndsWith(".f", StringComparison.Ordinal) ? planned.Id[..^2] : planned.Id, told);
            }
        }
    }

    [Fact]
    public void A_case_that_is_late_is_told_after_others_that_happened_later()
    {
        var told = Tell(MischiefKinds.Late);
        var latest = DateTimeOffset.MinValue;
        var longest = TimeSpan.Zero;
        foreach (var planned in told)
        {
            latest = planned.At > latest ? planned.At : latest;
            longest = latest - planned.At > longest ? latest - planned.At : longest;
        }

        Assert.InRange(longest, TimeSpan.FromHours(12), TimeSpan.FromDays(9));
    }

    private static PlannedEvent[] Tell(MischiefKinds kinds)
    {
        var walk = new MischiefWalk(Plan(), kinds, seed: 5);
        return [.. walk.Until(Cities.At(18)), .. walk.Rest()];
    }

    private static CityWalk Plan() => new(Cities.Small(), Cities.Day.AddDays(-6), DateTimeOffset.MinValue);
}
