using CommandCenter.Testing.Cases;
using CommandCenter.Web.Grains;

namespace CommandCenter.Web.Tests.Grains;

public sealed class CaseTableTests
{
    [Fact]
    public void A_capture_does_not_see_what_changes_later()
    {
        var table = new CaseTable();
        var place = table.Add(NewCase.Number(1), "甲"u8);
        table.ForChange(place).ClaimFen = 100;
        table.SetState(place, [1, 2]);

        var captured = table.Capture();
        table.ForChange(place).ClaimFen = 200;
        table.SetState(place, [3, 4, 5]);
        _ = table.Add(NewCase.Number(2), "乙"u8);

        Assert.Equal((1, 100L), (captured.Count, captured[place].ClaimFen));
        Assert.Equal([1, 2], captured[captured[place].State].ToArray());
        Assert.Equal((2, 200L), (table.Count, table[place].ClaimFen));
        Assert.Equal([3, 4, 5], table.StateAt(place).ToArray());
    }

    [Fact]
    public void Every_capture_stays_as_it_was_however_many_follow()
    {
        var table = new CaseTable();
        var place = table.Add(NewCase.Number(1), "甲"u8);
        var captures = new List<CapturedCases>();
        for (byte i = 1; i <= 5; i++)
        {
            table.ForChange(place).ClaimFen = i;
            table.SetState(place, [i]);
            captures.Add(table.Capture());
        }

        Assert.Equal([1L, 2, 3, 4, 5], captures.Select(captured => captured[place].ClaimFen));
        Assert.Equal([1, 2, 3, 4, 5], captures.Select(captured => captured[captured[place].State][0]));
    }

    [Fact]
    public void Every_case_is_found_and_no_other_among_many_and_among_numbers_of_one_hash()
    {
        var numbers = Enumerable.Range(1, 5_000).Select(static number => NewCase.Number(number)).ToList();
        var alike = Enumerable.Range(5_001, 400_000).Select(static number => NewCase.Number(number)).GroupBy(CaseIndex.HashOf)
            .First(static group => group.Count() > 1).ToList();
        var missing = alike[^1];
        numbers.AddRange(alike.SkipLast(1));
        var table = new CaseTable();

        Assert.All(numbers, number => Assert.Equal(numbers.IndexOf(number), table.Add(number, [])));

        Assert.All(numbers, number => Assert.True(table.TryFind(number, out var place) && table[place].Number == number));
        Assert.False(table.TryFind(missing, out _));
        Assert.False(table.TryFind(NewCase.Number(999_999), out _));
    }

    [Fact]
    public void Room_made_beforehand_changes_nothing_that_is_found()
    {
        var table = new CaseTable();
        var first = table.Add(NewCase.Number(1), []);

        table.Reserve(100_000);

        Assert.True(table.TryFind(NewCase.Number(1), out var place));
        Assert.Equal(first, place);
    }
}
