using System.Text.Json;
using CommandCenter.Simulator.City;
using CommandCenter.Simulator.Events;
using CommandCenter.Simulator.Truth;
using CommandCenter.Testing;
using static CommandCenter.Simulator.Events.EventData;

namespace CommandCenter.Simulator.Tests.Truth;

public sealed class CityTruthTests
{
    private const string Court = "沪0116";

    [Fact]
    public void The_figures_are_those_of_a_story_told_by_hand()
    {
        var truth = new CityTruth(Cities.Small().Courts);
        Tell(
            truth,
            Event(1, Cities.At(9), Filing("执")),
            Event(2, Cities.At(9, 4), Filing("执")),
            Event(3, Cities.At(9, 5), Filing("执保")),
            Event(1, Cities.At(10), new FundsReceived(500, "a", "x")),
            Event(1, Cities.At(10, 1), new FundsReversed(200, "b", "a")),
            Event(1, Cities.At(11), new FundsDisbursed(300, "c", "y")),
            Event(1, Cities.At(11), new CaseClosed("WB")),
            Event(1, Cities.At(11), new CaseClosed("ZJ")) with { Refusal = "case.already-closed" },
            Event(2, Cities.At(11), new CaseClosed("ZB")),
            Event(2, Cities.At(11), new CaseClosed("ZB")) with { IsRepeat = true },
            Event(1, Cities.At(12), new CaseClosingRevoked("wrong")),
            Event(4, Cities.At(13), Filing("执恢", parent: "2")),
            Event(5, Cities.At(13), Filing("执恢", parent: "2")));

        var day = Assert.Single(Assert.Single(truth.Courts, court => court.Mark == Court).Days).Sums;
        Assert.Equal((4, 1, 3, 0), (day.Received, day.Closed, day.Pending, day.TerminalStock));
        Assert.Equal((300, 300, 1), (day.Of(Figure.FundsInFen), day.Of(Figure.FundsOutFen), day.Of(Figure.Revoked)));
        Assert.Equal((0, 1, 1), (day.Of(Figure.WB), day.Of(Figure.ZB), day.Of(Figure.ReceivedPreservation)));
        Assert.Equal((11, 1), (truth.FactCount, truth.RepeatCount));
        Assert.Equal(1, Assert.Single(truth.RefusalCounts).Value);
    }

    [Fact]
    public void The_file_adds_up_and_is_written_the_same_again()
    {
        using var folder = new TemporaryDirectory();
        var files = Enumerable.Range(0, 2).Select(number => Path.Combine(folder.Path, $"{number}.json")).ToArray();
        foreach (var file in files)
        {
            var city = Cities.Small();
            var truth = new CityTruth(city.Courts);
            Tell(truth, [.. new CityWalk(city, Cities.Day.AddDays(-3), DateTimeOffset.MinValue).Until(Cities.At(18))]);
            ExpectFile.Write(file, city, Cities.At(18), truth, new Dictionary<string, int>());
        }

        Assert.Equal(File.ReadAllBytes(files[0]), File.ReadAllBytes(files[1]));
        Assert.All(JsonElement.Parse(File.ReadAllBytes(files[0])).GetProperty("courts").EnumerateArray(), court =>
        {
            var all = court.GetProperty("all");
            var windows = court.GetProperty("windows").EnumerateArray().ToArray();
            Assert.Equal(Number(all, "received"), windows.Sum(window => window[1].GetInt64()));
            Assert.Equal(Number(all, "fundsInFen"), court.GetProperty("days").EnumerateArray().Sum(day => Number(day, "fundsInFen")));
            Assert.Equal(Number(all, "pending"), Number(all, "received") - Number(all, "closed"));
            Assert.Equal(Number(all, "pending"), windows[^1][3].GetInt64());
        });
    }

    private static void Tell(CityTruth truth, params PlannedEvent[] events) => Assert.Equal(events.Length, truth.Note(events).Count());

    private static PlannedEvent Event(int number, DateTimeOffset at, EventData data) => new($"{number}.{at:HHmm}", at, Court, $"{number}", "x", data);

    private static CaseFiled Filing(string kind, string? parent = null) => new(kind, "c", 1, "b", ["a"], ["d"], parent);

    private static long Number(JsonElement element, string name) => element.GetProperty(name).GetInt64();
}
