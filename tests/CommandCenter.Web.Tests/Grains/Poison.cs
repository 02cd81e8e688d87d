using CommandCenter.Domain.Cases;
using CommandCenter.Runtime.Partitions;
using CommandCenter.Testing.Cases;
using CommandCenter.Web.Grains;
using Microsoft.Data.Sqlite;
using static CommandCenter.Domain.Cases.CaseCommand;
using static CommandCenter.Testing.TestCalendar;

namespace CommandCenter.Web.Tests.Grains;

/// <summary>Poison, which nothing in nature makes: the state of a case that left memory is damaged on disk, and then money comes for it.</summary>
internal static class Poison
{
    public const string Id = "poison";

    private const int Number = 66_666;

    public static CaseNumber CaseOf(string court) => NewCase.Number(Number, court: court);

    /// <summary>Stops the partition of a court, and only that one.</summary>
    /// <param name="lab">The grains.</param>
    /// <param name="court">A court of the partition.</param>
    /// <param name="before">What is told in the same group, before the poison; it is lost with it.</param>
    public static async Task StopAsync(GrainLab lab, string court, params GrainCommand[] before)
    {
        var number = CaseOf(court);
        await lab.AcceptedAsync(number, NewCase.Filing(Day(-400), number: Number) with { Number = number, CourtMark = court });
        await lab.AcceptedAsync(number, new CloseCase(CloseWay.Performed, Day(-300)));
        await lab.AcceptedAsync(
            NewCase.Number(Number + 1, court: court), NewCase.Filing(Day(0)) with { Number = NewCase.Number(Number + 1, court: court), CourtMark = court });
        await lab.AcceptedAsync(NewCase.Number(Number + 1, court: court), new CloseCase(CloseWay.Ended, Day(0)));
        await lab.PassivateAsync();
        Damage(lab, court);

        var poison = lab.Fact(number, new ReceiveFunds(100, "S-1", "乙", Day(1)), id: Id);
        var stopped = await Assert.ThrowsAsync<PartitionUnavailableException>(() => lab.PostAsync(lab.PartitionOf(court), [.. before, poison]));

        Assert.Equal(PartitionUnavailableException.Stopped, stopped.Code);
    }

    /// <summary>The way out of it.</summary>
    public static Task SkipAsync(GrainLab lab, string court) =>
        lab.Host.SkipAsync(lab.PartitionOf(court), $"{GrainLab.Source}/{Id}", "状态损坏", "admin", TestContext.Current.CancellationToken);

    private static void Damage(GrainLab lab, string court)
    {
        var file = Path.Combine(lab.DataDirectory, $"partition-{lab.PartitionOf(court):D2}", "journal.db");
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ConnectionString);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "UPDATE passive SET state = x'09'";
        Assert.Equal(1, command.ExecuteNonQuery());
    }
}
