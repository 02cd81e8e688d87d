using System.Text;
using System.Text.Json;
using CommandCenter.Domain.Cases;
using CommandCenter.Domain.Courts;
using CommandCenter.Simulator.City;
using CommandCenter.Simulator.Delivery;
using CommandCenter.Simulator.Scale;
using CommandCenter.Testing;

namespace CommandCenter.Simulator.Tests.Scale;

public sealed class ScaledCourtsTests
{
    [Theory, InlineData(1, 23), InlineData(2, 47), InlineData(150, 3_332), InlineData(ScaledCourts.ScaleMax, 3_992)]
    public void The_written_courts_are_a_tree_that_the_product_takes(int scale, int count)
    {
        using var folder = new TemporaryDirectory();
        var target = Path.Combine(folder.Path, "config");

        Assert.Equal(count, ScaledCourts.Write(Cities.Config, scale, target));

        var tree = CourtTree.Create([.. JsonElement.Parse(File.ReadAllBytes(Path.Combine(target, "courts.json"))).GetProperty("courts").EnumerateArray().Select(Definition)]);
        Assert.Equal(count, tree.Courts.Count);
        Assert.Equal(count, tree.Root.Scope.Count);
        Assert.Equal(ScaledCourts.Marks(Cities.Config, scale), tree.Courts.Select(court => court.Mark));
        Assert.All(tree.Courts, court => Assert.True(CaseNumber.TryParse($"(2026){court.Mark}执恢1234号", tree, out var number) && number.CourtMark == court.Mark, court.Mark));
        Assert.True(File.Exists(Path.Combine(target, "nodes.json")) && File.Exists(Path.Combine(target, "walls", "main.json")));
        Assert.Equal(File.ReadAllBytes(Path.Combine(Cities.Config, "calendar.json")), File.ReadAllBytes(Path.Combine(target, "calendar.json")));
    }

    [Fact]
    public void A_country_is_not_multiplied_again()
    {
        using var folder = new TemporaryDirectory();
        var country = Path.Combine(folder.Path, "country");
        _ = ScaledCourts.Write(Cities.Config, 20, country);

        Assert.Equal(ScaledCourts.Marks(Cities.Config, 20), ScaledCourts.Marks(country, 20));
        Assert.Equal(2, Assert.Throws<RunException>(() => ScaledCourts.Write(country, 2, Path.Combine(folder.Path, "world"))).ExitCode);
    }

    [Fact]
    public void A_folder_that_holds_something_is_left_alone()
    {
        using var folder = new TemporaryDirectory();
        File.WriteAllText(Path.Combine(folder.Path, "mine"), "");

        var refused = Assert.Throws<RunException>(() => ScaledCourts.Write(Cities.Config, 2, folder.Path));

        Assert.Equal(2, refused.ExitCode);
        Assert.Equal(["mine"], Directory.GetFileSystemEntries(folder.Path).Select(Path.GetFileName));
    }

    [Fact]
    public void A_country_has_as_many_cases_as_its_scale_and_no_id_twice()
    {
        var country = new VirtualCity(1, ScaledCourts.Marks(Cities.Config, 20), Cities.Calendar);
        var city = Cities.Whole().CasesFiledOn(Cities.Day).Count();
        var ids = country.CasesFiledOn(Cities.Day).Select(plan => plan.EventOf(0).Id).ToArray();

        Assert.InRange(ids.Length / 20.0, 0.8 * city, 1.2 * city);
        Assert.Equal(ids.Length, ids.Distinct(StringComparer.Ordinal).Count());
        Assert.All(ids, id => Assert.True(id.Length <= 40 && Ascii.IsValid(id), id));
    }

    private static CourtDefinition Definition(JsonElement court) => new(
        court.GetProperty("mark").GetString()!,
        court.GetProperty("nameZh").GetString()!,
        court.GetProperty("nameEn").GetString()!,
        Enum.Parse<CourtLevel>(court.GetProperty("level").GetString()!, ignoreCase: true),
        court.GetProperty("institution").GetString()!,
        court.TryGetProperty("superior", out var superior) ? superior.GetString() : null);
}
