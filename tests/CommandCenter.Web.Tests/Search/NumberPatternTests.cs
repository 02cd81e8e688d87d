using CommandCenter.Domain.Cases;
using CommandCenter.Testing;
using CommandCenter.Testing.Cases;
using CommandCenter.Web.Search;

namespace CommandCenter.Web.Tests.Search;

public sealed class NumberPatternTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 20)];

    [Theory]
    [InlineData("(2017)沪0115执1234号", SearchRank.ExactNumber, "(2017)沪0115执1234号")]
    [InlineData("（２０１７）沪０１１５执１２３４号", SearchRank.ExactNumber, "(2017)沪0115执1234号")]
    [InlineData("〔2017〕沪0115执1234", SearchRank.ExactNumber, "(2017)沪0115执1234")]
    [InlineData("2017沪0115执1234", SearchRank.ExactNumber, "(2017)沪0115执1234")]
    [InlineData("2017 沪0115 执1234号", SearchRank.ExactNumber, "(2017)沪0115执1234号")]
    [InlineData("沪0115执1234", SearchRank.ExactNumber, "沪0115执1234")]
    [InlineData("执1234", SearchRank.ExactNumber, "执1234")]
    [InlineData("1234", SearchRank.ExactNumber, "1234")]
    [InlineData("1234号", SearchRank.ExactNumber, "1234号")]
    [InlineData("(2017)", SearchRank.NumberPrefix, "2017")]
    [InlineData("2017沪0115执12", SearchRank.NumberPrefix, "(2017)沪0115执12")]
    [InlineData("沪01", SearchRank.NumberPrefix, "沪01")]
    [InlineData("执12", SearchRank.NumberPrefix, "执12")]
    [InlineData("12", SearchRank.NumberPrefix, "12")]
    [InlineData("0115执1234", SearchRank.Substring, "0115执1234")]
    [InlineData("234", SearchRank.Substring, "234")]
    [InlineData("34号", SearchRank.Substring, "34号")]
    [InlineData("0115", SearchRank.Substring, "0115")]
    [InlineData("12号", SearchRank.None, "")]
    [InlineData("执01234", SearchRank.None, "")]
    [InlineData("执恢1234", SearchRank.None, "")]
    [InlineData("号", SearchRank.None, "")]
    [InlineData("执", SearchRank.None, "")]
    [InlineData("1", SearchRank.None, "")]
    [InlineData("()", SearchRank.None, "")]
    [InlineData("99999999999999999999", SearchRank.None, "")]
    public void A_number_is_found_by_what_people_type_of_it(string text, byte rank, string found)
    {
        var pattern = new NumberPattern(SearchFold.Of(text));
        var spot = pattern.Locate(NewCase.Number(1234));

        Assert.Equal(rank, spot.Rank);
        Assert.Equal(found, NewCase.Number(1234).ToString().Substring(spot.From, spot.Length));
        Assert.Equal(rank, pattern.TestOf(new SearchSeries(2017, "沪0115", CaseType.First)).RankOf(1234));
    }

    [Fact]
    public void A_single_digit_is_the_running_number_itself()
    {
        var pattern = new NumberPattern("7");

        Assert.Equal(SearchRank.ExactNumber, pattern.Locate(NewCase.Number(7)).Rank);
        Assert.Equal(SearchRank.None, pattern.Locate(NewCase.Number(77)).Rank);
    }

    /// <summary>The test of a series is arithmetic; what it must come to is a comparison of texts.</summary>
    [Theory]
    [MemberData(nameof(Seeds))]
    public void The_test_of_a_series_says_what_a_comparison_of_texts_says(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 400; round++)
        {
            var number = new CaseNumber(
                2000 + random.Next(30), ShippedConfig.Courts.Courts[random.Next(ShippedConfig.Courts.Courts.Count)].Mark,
                CaseType.All[random.Next(CaseType.All.Count)], 1 + random.Next((int)Math.Pow(10, 1 + random.Next(7))));
            var whole = $"{number.Year}{number.CourtMark}{number.Type}{number.Number}号";
            var from = random.Next(whole.Length);
            var piece = whole.Substring(from, 1 + random.Next(whole.Length - from));
            if (random.Next(3) == 0)
            {
                piece = piece.Replace(piece[random.Next(piece.Length)], "0123456789号执恢沪"[random.Next(14)]);
            }

            var pattern = new NumberPattern(piece);
            var series = new SearchSeries(number.Year, number.CourtMark, number.Type);
            Assert.Equal((number, piece, pattern.Locate(number).Rank), (number, piece, pattern.TestOf(series).RankOf(number.Number)));
            foreach (var other in new[] { 1, 10, 101, 1012, 20_17, random.Next(1, 100_000) })
            {
                var otherNumber = number with { Number = other };
                Assert.Equal((otherNumber, piece, pattern.Locate(otherNumber).Rank), (otherNumber, piece, pattern.TestOf(series).RankOf(other)));
            }
        }
    }
}
