using System.Globalization;
using CommandCenter.Web.Import.Mapping;

namespace CommandCenter.Web.Tests.Import;

public sealed class CaseIdTests
{
    [Theory]
    [InlineData("letterNumber", "A1", "1000001")]
    [InlineData("letterNumber", "S66168", "19066168")]
    [InlineData("letterNumber", "Z999999", "26999999")]
    [InlineData("letterNumber", "N0", "14000000")]
    [InlineData("number", "173688", "173688")]
    [InlineData("number", "99999999", "99999999")]
    [InlineData("base36", "1Z", "71")]
    [InlineData("after:case-", "case-10011", "10011")]
    public void An_id_that_fits_becomes_a_number(string function, string id, string number) =>
        Assert.Equal(number, Apply(function, id));

    [Theory]
    [InlineData("letterNumber", "A01")] // Would be A1's number.
    [InlineData("letterNumber", "a1")]
    [InlineData("letterNumber", "AB1")]
    [InlineData("letterNumber", "A")]
    [InlineData("letterNumber", "17")]
    [InlineData("letterNumber", "A1000000")] // Would be B0's number.
    [InlineData("letterNumber", "A１")]
    [InlineData("letterNumber", "")]
    [InlineData("number", "0")]
    [InlineData("number", "0123")]
    [InlineData("number", "100000000")]
    [InlineData("number", "12a")]
    [InlineData("base36", "0A")]
    [InlineData("base36", "ZZZZZZ")]
    [InlineData("after:case-", "Case-1")]
    [InlineData("after:case-", "case-")]
    public void An_id_that_does_not_fit_has_no_number(string function, string id) => Assert.Null(Apply(function, id));

    [Fact]
    public void No_two_ids_of_the_fines_kind_share_a_number()
    {
        var seen = new HashSet<string>();
        for (var letter = 'A'; letter <= 'Z'; letter++)
        {
            foreach (var number in Enumerable.Range(0, 2_000).Append(99_999).Append(100_000).Append(999_999))
            {
                var result = Apply("letterNumber", letter + number.ToString(CultureInfo.InvariantCulture));
                Assert.NotNull(result);
                Assert.True(seen.Add(result), $"{letter}{number} has the number {result} of another id.");
                Assert.Matches("^[1-9][0-9]{0,7}$", result);
            }
        }
    }

    [Fact]
    public void The_court_of_an_id_never_changes_and_all_courts_get_their_share()
    {
        var marks = Enumerable.Range(1, 22).Select(i => $"沪{i:00}").ToArray();
        var spread = new CourtSpread(marks);

        // Computed once by other code: a change here would give every imported case another number.
        Assert.Equal("沪02 沪20 沪01", $"{spread.For("A1")} {spread.For("S66168")} {spread.For("案卷7")}");
        var counts = Enumerable.Range(0, 22_000).GroupBy(i => spread.For($"N{i}")).Select(group => group.Count()).ToArray();
        Assert.Equal(22, counts.Length);
        Assert.All(counts, count => Assert.InRange(count, 850, 1150));
    }

    private static string? Apply(string name, string id)
    {
        Assert.True(CaseIdFunctions.TryGet(name, out var function));
        Span<char> result = stackalloc char[64];
        return function!(id, result, out var length) ? result[..length].ToString() : null;
    }
}
