using CommandCenter.Domain.Courts;
using CommandCenter.Testing;

namespace CommandCenter.Domain.Tests.Courts;

public sealed class CourtTreeTests
{
    private static readonly CourtDefinition s_root = Define("沪", superior: null);

    [Fact]
    public void The_shipped_tree_has_23_names_of_22_institutions()
    {
        var courts = ShippedConfig.Courts.Courts;

        Assert.Equal(23, courts.Count);
        Assert.Equal(22, courts.Select(court => court.Definition.Institution).Distinct().Count());
        Assert.Equal(Institution("沪03"), Institution("沪73"));
    }

    [Theory]
    [InlineData(CourtLevel.High, 1)]
    [InlineData(CourtLevel.Intermediate, 5)]
    [InlineData(CourtLevel.Basic, 17)]
    public void The_shipped_tree_has_its_courts_of_each_level(CourtLevel level, int count) =>
        Assert.Equal(count, ShippedConfig.Courts.Courts.Count(court => court.Definition.Level == level));

    [Theory]
    [InlineData("沪", 23)]
    [InlineData("沪01", 8)]
    [InlineData("沪02", 10)]
    [InlineData("沪03", 2)]
    [InlineData("沪73", 1)]
    [InlineData("沪0115", 1)]
    public void A_scope_is_the_court_and_all_inferior_courts(string mark, int count) =>
        Assert.Equal(count, Find(mark).Scope.Count);

    [Fact]
    public void A_superior_court_sees_its_own_and_its_inferior_courts_and_no_other()
    {
        var scope = Find("沪03").Scope.Select(court => court.Mark);

        Assert.Equal(["沪03", "沪7101"], scope);
    }

    [Fact]
    public void Every_court_is_in_the_scope_of_itself_of_its_superior_and_of_the_root()
    {
        Assert.All(ShippedConfig.Courts.Courts, court =>
        {
            Assert.Contains(court, court.Scope);
            Assert.Contains(court, ShippedConfig.Courts.Root.Scope);
            Assert.Contains(court, Find(court.Definition.Superior ?? court.Mark).Scope);
        });
    }

    [Fact]
    public void The_root_is_the_court_without_a_superior() => Assert.Equal("沪", ShippedConfig.Courts.Root.Mark);

    [Fact]
    public void A_court_stands_at_its_index_and_is_found_by_its_mark()
    {
        foreach (var court in ShippedConfig.Courts.Courts)
        {
            Assert.Same(court, ShippedConfig.Courts.Courts[court.Index]);
            Assert.Same(court, Find(court.Mark));
            Assert.True(ShippedConfig.Courts.TryFind(court.Mark.AsSpan(), out var bySpan));
            Assert.Same(court, bySpan);
        }
    }

    [Theory]
    [InlineData("沪0199")]
    [InlineData("沪011")]
    [InlineData("")]
    [InlineData("浙0102")]
    public void An_unknown_mark_finds_no_court(string mark)
    {
        Assert.False(ShippedConfig.Courts.TryFind(mark, out _));
        Assert.False(ShippedConfig.Courts.TryFind(mark.AsSpan(), out _));
    }

    [Fact]
    public void A_mark_given_twice_is_named() =>
        Assert.Contains("沪01 is given twice", Faults(s_root, Define("沪01"), Define("沪01")), StringComparison.Ordinal);

    [Fact]
    public void An_empty_mark_is_a_fault() =>
        Assert.Contains("empty mark", Faults(s_root, Define("")), StringComparison.Ordinal);

    [Fact]
    public void An_unknown_superior_is_named_with_its_court() =>
        Assert.Contains("沪0101 names the unknown superior 沪09", Faults(s_root, Define("沪0101", "沪09")), StringComparison.Ordinal);

    [Fact]
    public void Two_roots_are_a_fault() =>
        Assert.Contains("2 courts have no superior", Faults(s_root, Define("浙", superior: null)), StringComparison.Ordinal);

    [Fact]
    public void No_court_at_all_is_a_fault() => Assert.Contains("0 courts have no superior", Faults(), StringComparison.Ordinal);

    [Fact]
    public void A_court_that_is_its_own_superior_is_named() =>
        Assert.Contains("沪01 is its own superior", Faults(s_root, Define("沪01", "沪01")), StringComparison.Ordinal);

    [Fact]
    public void Every_court_on_a_cycle_is_named()
    {
        var faults = Faults(s_root, Define("沪01", "沪02"), Define("沪02", "沪01"), Define("沪03"));

        Assert.Contains("沪01 is its own superior", faults, StringComparison.Ordinal);
        Assert.Contains("沪02 is its own superior", faults, StringComparison.Ordinal);
        Assert.DoesNotContain("沪03", faults, StringComparison.Ordinal);
    }

    [Fact]
    public void All_faults_are_named_at_once()
    {
        var faults = Faults(Define("沪", superior: null), Define("浙", superior: null), Define("沪01"), Define("沪01"), Define("沪02", "苏"), Define("沪03", "沪03"));

        Assert.Contains("2 courts have no superior", faults, StringComparison.Ordinal);
        Assert.Contains("沪01 is given twice", faults, StringComparison.Ordinal);
        Assert.Contains("unknown superior 苏", faults, StringComparison.Ordinal);
        Assert.Contains("沪03 is its own superior", faults, StringComparison.Ordinal);
    }

    private static Court Find(string mark) =>
        ShippedConfig.Courts.TryFind(mark, out var court) ? court : throw new ArgumentException($"There is no court {mark}.", nameof(mark));

    private static string Institution(string mark) => Find(mark).Definition.Institution;

    private static CourtDefinition Define(string mark, string? superior = "沪") =>
        new(mark, $"{mark}法院", $"Court {mark}", CourtLevel.Basic, "I-01", superior);

    private static string Faults(params CourtDefinition[] definitions) =>
        Assert.Throws<ArgumentException>(() => CourtTree.Create(definitions)).Message;
}
