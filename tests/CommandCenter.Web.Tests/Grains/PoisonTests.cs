using System.Text.Json;
using CommandCenter.Domain.Cases;
using CommandCenter.Runtime.Partitions;
using CommandCenter.Testing;
using CommandCenter.Testing.Cases;
using CommandCenter.Web.Grains;
using CommandCenter.Web.Reading;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using static CommandCenter.Domain.Cases.CaseCommand;
using static CommandCenter.Testing.TestCalendar;

namespace CommandCenter.Web.Tests.Grains;

public sealed class PoisonTests
{
    private const string Sick = ShippedConfig.Pudong;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_command_that_throws_stops_its_own_partition_and_no_other()
    {
        await using var lab = await GrainLab.OpenAsync();
        var healthy = lab.OtherCourt(Sick, samePartition: false);

        await Poison.StopAsync(lab, Sick);

        var refused = await Assert.ThrowsAsync<PartitionUnavailableException>(() => lab.TellAsync(NewCase.Number(5), NewCase.Filing(Day(0), number: 5)));
        Assert.Equal(PartitionUnavailableException.Stopped, refused.Code);
        var number = NewCase.Number(5, court: healthy);
        await lab.AcceptedAsync(number, NewCase.Filing(Day(0)) with { Number = number, CourtMark = healthy });
        Assert.Equal(1, (await lab.StockAsync(healthy)).Pending);
        foreach (var status in lab.Host.Statuses)
        {
            var isSick = status.Index == lab.PartitionOf(Sick);
            Assert.Equal(isSick ? PartitionState.Stopped : PartitionState.Running, status.State);
            Assert.Equal(isSick ? $"{GrainLab.Source}/{Poison.Id}" : null, status.PoisonKey);
        }
    }

    [Fact]
    public async Task A_skip_lets_the_partition_go_on_and_refuses_the_poison_for_ever()
    {
        await using var lab = await GrainLab.OpenAsync();
        await Poison.StopAsync(lab, Sick);

        await Poison.SkipAsync(lab, Sick);

        var poison = Poison.CaseOf(Sick);
        Assert.Equal(
            GrainReply.Rejected("event.skipped", "id"), await lab.TellAsync(poison, new ReceiveFunds(100, "S-1", "乙", Day(1)), id: Poison.Id));
        await lab.AcceptedAsync(NewCase.Number(5), NewCase.Filing(Day(0), number: 5));
        await lab.KillAsync();
        Assert.Equal(
            GrainReply.Rejected("event.skipped", "id"), await lab.TellAsync(poison, new ReceiveFunds(100, "S-1", "乙", Day(1)), id: Poison.Id));
        Assert.Null(await lab.CheckAsync());
    }

    [Fact]
    public async Task An_id_whose_event_was_lost_with_the_poison_is_free_for_another_court()
    {
        await using var lab = await GrainLab.OpenAsync();
        var lost = lab.Fact(NewCase.Number(5), NewCase.Filing(Day(0), number: 5), id: "filing-5");
        await Poison.StopAsync(lab, Sick, lost);
        await Poison.SkipAsync(lab, Sick);

        var elsewhere = NewCase.Number(5, court: lab.OtherCourt(Sick, samePartition: false));
        var filing = NewCase.Filing(Day(0)) with { Number = elsewhere, CourtMark = elsewhere.CourtMark };

        Assert.Equal(GrainReply.Accepted, await lab.TellAsync(elsewhere, filing, id: "filing-5"));
        Assert.Equal(GrainReply.Rejected("event.id-conflict", "id"), await lab.TellAsync(lost));
        Assert.Null(await lab.LookAsync(lost.Number));
    }

    [Fact]
    public async Task Health_names_the_stopped_partition_and_stays_ready_for_the_others()
    {
        await using var lab = await GrainLab.OpenAsync();
        await Poison.StopAsync(lab, Sick);
        await using var app = await ServeAsync(lab);
        using var client = app.GetTestClient();

        using var answer = await client.GetAsync(new Uri("/health/ready", UriKind.Relative), Cancellation);

        Assert.Equal(200, (int)answer.StatusCode);
        using var health = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Cancellation));
        var partitions = health.RootElement.GetProperty("partitions").EnumerateArray().ToDictionary(
            partition => partition.GetProperty("index").GetInt32(),
            partition => (partition.GetProperty("state").GetString(), partition.GetProperty("poisonKey").GetString()));
        Assert.Equal(4, partitions.Count);
        Assert.All(partitions, partition => Assert.Equal(
            partition.Key == lab.PartitionOf(Sick) ? ("stopped", $"{GrainLab.Source}/{Poison.Id}") : ("running", null), partition.Value));
    }

    [Fact]
    public async Task Nothing_is_ready_when_every_partition_is_stopped()
    {
        await using var lab = await GrainLab.OpenAsync(partitions: 1);
        await Poison.StopAsync(lab, Sick);
        await using var app = await ServeAsync(lab);
        using var client = app.GetTestClient();

        using var answer = await client.GetAsync(new Uri("/health/ready", UriKind.Relative), Cancellation);

        Assert.Equal(503, (int)answer.StatusCode);
        Assert.Contains("\"unavailable\"", await answer.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    private static async Task<WebApplication> ServeAsync(GrainLab lab)
    {
        var builder = WebApplication.CreateSlimBuilder();
        _ = builder.WebHost.UseTestServer();
        _ = builder.Logging.ClearProviders();
        _ = builder.Services.AddSingleton(lab.Host);
        var app = builder.Build();
        ReadingEndpoints.MapHealth(app);
        await app.StartAsync(Cancellation);
        return app;
    }
}
