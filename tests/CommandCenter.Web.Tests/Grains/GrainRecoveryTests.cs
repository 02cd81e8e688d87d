using CommandCenter.Domain.Cases;
using CommandCenter.Testing;
using CommandCenter.Testing.Cases;
using CommandCenter.Web.Grains;

namespace CommandCenter.Web.Tests.Grains;

public sealed class GrainRecoveryTests
{
    private static readonly GrainLimits s_limits = new(IdsPerGeneration: 1 << 20, PassivateAfter: TimeSpan.FromDays(20));

    public static TheoryData<int> Seeds => [.. LongRun.Seeds(1, 8)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Snapshot_and_journal_give_what_the_journal_alone_gives(int seed)
    {
        await using var lab = await GrainLab.OpenAsync(partitions: 1 + (seed % 4), s_limits);
        var run = new CityRun(seed, lab);
        await run.TellAsync(150);
        await lab.PassivateAsync();
        await lab.SnapshotAsync();
        var old = lab.CopySnapshots();
        await run.TellAsync(100);
        await lab.PassivateAsync();
        await lab.SnapshotAsync();
        await run.TellAsync(50);
        await lab.PassivateAsync();
        var living = await lab.ImageAsync();
        Assert.Contains(run.Told, told => told.Reply.Outcome == Outcome.Accepted);
        Assert.True(await lab.PassiveCountAsync() > 0);

        await lab.KillAsync();
        Assert.Equal(living, await SettledImageAsync(lab));

        await lab.RestartFromAsync(old);
        Assert.Equal(living, await SettledImageAsync(lab));

        await lab.RebuildAsync();
        Assert.Equal(living, await SettledImageAsync(lab));
        Assert.Equal(0, await lab.PassiveCountAsync());

        await lab.RestartAsync();
        Assert.Equal(living, await SettledImageAsync(lab));
        Assert.DoesNotContain(lab.Observer.Lines, line => line.StartsWith("snapshot-ignored", StringComparison.Ordinal) || line.StartsWith("stopped", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Whatever_was_accepted_is_a_duplicate_after_a_kill(int seed)
    {
        await using var lab = await GrainLab.OpenAsync(partitions: 2, s_limits);
        var run = new CityRun(seed, lab);
        await run.TellAsync(100);
        await lab.SnapshotAsync();
        await run.TellAsync(100);
        await lab.PassivateAsync();
        await lab.KillAsync();
        var before = await SettledImageAsync(lab);

        foreach (var (fact, reply) in run.Told.Where(told => told.Reply.Outcome == Outcome.Accepted))
        {
            Assert.Equal((Outcome.Duplicate, fact), ((await lab.TellAsync(fact)).Outcome, fact));
        }

        await lab.SettleAsync();
        Assert.Equal(before, await lab.ImageAsync());
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task A_city_goes_on_after_each_kill_as_if_none_had_been(int seed)
    {
        await using var lab = await GrainLab.OpenAsync(partitions: 3, s_limits);
        await using var calm = await GrainLab.OpenAsync(partitions: 3, s_limits);
        var run = new CityRun(seed, lab);
        var calmRun = new CityRun(seed, calm);
        for (var i = 0; i < 5; i++)
        {
            await run.TellAsync(30);
            await calmRun.TellAsync(30);
            if (i == 2)
            {
                await lab.SnapshotAsync();
            }

            await lab.KillAsync();
        }

        Assert.Equal(calmRun.Told.Select(told => told.Reply), run.Told.Select(told => told.Reply));
        Assert.Equal(await calm.ImageAsync(), await SettledImageAsync(lab));
    }

    [Fact]
    public async Task A_snapshot_of_no_cases_is_read_back()
    {
        await using var lab = await GrainLab.OpenAsync(partitions: 1);
        Assert.Equal(
            GrainReply.Accepted,
            await lab.TellAsync(lab.Fact("officer-1", ShippedConfig.Pudong, new Domain.Officers.OfficerCommand.SetDuty(IsOn: true, "手持-1", TestCalendar.Day(0)))));
        var living = await lab.ImageAsync();

        await lab.RestartAsync();

        Assert.Equal(living, await lab.ImageAsync());
        Assert.Contains(lab.Observer.Lines, line => line == "recovered 0 at 1 replayed 0");
    }

    [Fact]
    public async Task After_a_start_the_old_ids_of_busy_courts_push_out_none_of_a_quiet_one()
    {
        const int Remembered = 6_400;
        await using var lab = await GrainLab.OpenAsync(partitions: 4, new GrainLimits(Remembered, TimeSpan.FromDays(180)));
        var quiet = NewCase.Number(1);
        var quietIds = await FillAsync(lab, quiet, 500);
        var busy = new Dictionary<CaseNumber, string[]>();
        foreach (var court in lab.Host.Courts.Courts.DistinctBy(lab.Host.Map.PartitionOf).Where(court => lab.Host.Map.PartitionOf(court) != lab.PartitionOf(quiet.CourtMark)))
        {
            var number = NewCase.Number(2, court: court.Mark);
            busy.Add(number, await FillAsync(lab, number, (Remembered * 2) - 100)); // Nearly as many as a partition remembers at most.
        }

        await lab.RestartAsync();

        Assert.Equal(3, busy.Count);
        foreach (var (number, ids) in busy)
        {
            Assert.All(await TellClaimsAsync(lab, number, quietIds), IsOfAnotherCourt);
            Assert.All(await TellClaimsAsync(lab, quiet, ids[^(Remembered / 4)..]), IsOfAnotherCourt);
        }

        static void IsOfAnotherCourt(GrainReply reply) => Assert.Equal(GrainReply.Rejected("event.id-conflict", "id"), reply);
    }

    private static async Task<string[]> FillAsync(GrainLab lab, CaseNumber number, int count)
    {
        await lab.AcceptedAsync(number, NewCase.Filing(TestCalendar.Day(0)) with { Number = number, CourtMark = number.CourtMark });
        string[] ids = [.. Enumerable.Range(0, count).Select(i => $"{number.CourtMark}-{i}")];
        Assert.All(await TellClaimsAsync(lab, number, ids), static reply => Assert.Equal(GrainReply.Accepted, reply));
        return ids;
    }

    private static Task<GrainReply[]> TellClaimsAsync(GrainLab lab, CaseNumber number, string[] ids) => lab.PostAsync(
        lab.PartitionOf(number.CourtMark), [.. ids.Select((id, i) => lab.Fact(number, new CaseCommand.ChangeClaim(i, TestCalendar.Day(1)), id: id))]);

    // A replay fills the outboxes again with what was delivered long ago; carrying it anew must change nothing.
    private static async Task<string> SettledImageAsync(GrainLab lab)
    {
        await lab.SettleAsync();
        return await lab.ImageAsync();
    }
}
