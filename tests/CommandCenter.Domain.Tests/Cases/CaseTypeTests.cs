using CommandCenter.Domain.Cases;

namespace CommandCenter.Domain.Tests.Cases;

public sealed class CaseTypeTests
{
    /// <summary>Journals hold the place in the list, so this order may only grow at its end.</summary>
    [Fact]
    public void The_stored_order_of_the_types_never_changes() => Assert.Equal(
        ["执", "执恢", "执保", "执异", "执复", "执监", "执协", "执他", "执请", "财保", "委执"],
        CaseType.All.Select(type => type.Mark).Take(11));

    [Fact]
    public void A_type_stands_at_its_index_and_is_found_by_its_mark()
    {
        foreach (var type in CaseType.All)
        {
            Assert.Same(type, CaseType.All[type.Index]);
            Assert.True(CaseType.TryFind(type.Mark, out var found));
            Assert.Same(type, found);
        }
    }

    [Theory]
    [InlineData("执", CaseClass.First)]
    [InlineData("执恢", CaseClass.Reinstated)]
    [InlineData("执保", CaseClass.Preservation)]
    public void The_three_enforcement_types_have_a_column_each(string mark, CaseClass @class) =>
        Assert.Equal([mark], CaseType.All.Where(type => type.Class == @class).Select(type => type.Mark));

    [Theory]
    [InlineData("")]
    [InlineData("民初")]
    [InlineData("执 ")]
    public void An_unknown_mark_is_no_type(string mark) => Assert.False(CaseType.TryFind(mark, out _));
}
