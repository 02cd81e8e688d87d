using CommandCenter.Domain.Cases;
using CommandCenter.Testing;

namespace CommandCenter.Domain.Tests.Cases;

public sealed class CaseNumberTests
{
    private static readonly string[] s_enforcementTypes = ["执", "执恢", "执保"];
    private static readonly string[] s_marksElsewhere = ["最高法", "浙", "浙01", "浙0102", "京0105", "军", "兵01", "新4001"];

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 20)];

    [Theory]
    [InlineData("(2017)沪0115执1234号", 2017, "沪0115", "执", 1234)]
    [InlineData("（2017）沪0115执1234号", 2017, "沪0115", "执", 1234)]
    [InlineData("(2000)沪执1号", 2000, "沪", "执", 1)]
    [InlineData("(2099)沪01执恢99999999号", 2099, "沪01", "执恢", 99_999_999)]
    [InlineData("(2018)沪7101财保7号", 2018, "沪7101", "财保", 7)]
    public void A_case_number_is_read(string text, int year, string mark, string type, int ordinal)
    {
        var number = Read(text);

        Assert.Equal(year, number.Year);
        Assert.Equal(mark, number.CourtMark);
        Assert.Equal(type, number.Type.Mark);
        Assert.Equal(ordinal, number.Number);
    }

    [Fact]
    public void Full_width_and_half_width_brackets_are_the_same_number()
    {
        Assert.Equal(Read("(2017)沪0115执1234号"), Read("（2017）沪0115执1234号"));
        Assert.Equal(Read("(2017)沪0115执1234号").GetHashCode(), Read("（2017）沪0115执1234号").GetHashCode());
    }

    [Fact]
    public void A_number_is_stored_with_half_width_brackets() =>
        Assert.Equal("(2017)沪0115执1234号", Read("（2017）沪0115执1234号").ToString());

    [Theory]
    [InlineData("(2017)浙0102执1号", "浙0102")]
    [InlineData("(2017)最高法执复1号", "最高法")]
    [InlineData("(2017)京执1号", "京")]
    public void A_court_of_another_province_is_read_too_because_a_parent_may_lie_there(string text, string mark)
    {
        Assert.False(ShippedConfig.Courts.TryFind(mark, out _));
        Assert.Equal(mark, Read(text).CourtMark);
    }

    [Fact]
    public void The_mark_of_a_known_court_is_always_the_same_instance()
    {
        Assert.True(ShippedConfig.Courts.TryFind("沪0115", out var court));

        Assert.Same(court.Mark, Read("(2017)沪0115执1234号").CourtMark);
    }

    [Theory]
    [InlineData("")]
    [InlineData("(2017)")]
    [InlineData("(2017)沪0115执1234")] // no 号
    [InlineData("2017)沪0115执1234号")] // no opening bracket
    [InlineData("(2017沪0115执1234号")] // no closing bracket
    [InlineData("[2017]沪0115执1234号")] // square brackets
    [InlineData("(1999)沪0115执1234号")] // before the numbering began
    [InlineData("(2100)沪0115执1234号")]
    [InlineData("(20l7)沪0115执1234号")] // a letter in the year
    [InlineData("(+217)沪0115执1234号")]
    [InlineData("(201７)沪0115执1234号")] // a full-width digit
    [InlineData("(2017)沪0115执01234号")] // a leading zero
    [InlineData("(2017)沪0115执0号")]
    [InlineData("(2017)沪0115执号")] // no ordinal
    [InlineData("(2017)沪0115执123456789号")] // nine digits
    [InlineData("(2017)沪0115执-1号")]
    [InlineData("(2017)沪0115执１２号")] // full-width digits
    [InlineData("(2017)沪0115民初1234号")] // not a type of enforcement
    [InlineData("(2017)沪0115执1234号之一")] // a document of the case, not the case
    [InlineData("(2017)沪0115执1234之一号")]
    [InlineData("(2017)沪01155执1号")] // five digits in the mark
    [InlineData("(2017)沪011执1号")] // three
    [InlineData("(2017)沪1执1号")] // one
    [InlineData("(2017)沪1234号")] // no type
    [InlineData("(2017)0115执1234号")] // no province
    [InlineData("(2017)港0115执1234号")] // no such province character
    [InlineData("(2017)执1234号")] // no court
    [InlineData("(2017) 沪0115执1234号")]
    [InlineData(" (2017)沪0115执1234号")]
    [InlineData("(2017)沪0115执1234号 ")]
    [InlineData("(2017)沪0115执12 34号")]
    [InlineData("(2017)沪0115执1234号\0")]
    [InlineData("(2017)沪0115执\ud83d1234号")] // a lone surrogate
    [InlineData("(2017)沪0115沪0115沪0115执1234号")]
    [InlineData("(2017)沪0115执执执执执执执执执执执执执执执执执执执执执执1234号")] // longer than any number
    public void An_impossible_number_is_not_read(string text)
    {
        Assert.False(CaseNumber.TryParse(text, ShippedConfig.Courts, out var number));
        Assert.Equal(default, number);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Whatever_is_printed_is_read_back_in_both_brackets(int seed)
    {
        var random = new Random(seed);
        string[] marks = [.. ShippedConfig.Courts.Courts.Select(court => court.Mark), .. s_marksElsewhere];
        for (var i = 0; i < 500; i++)
        {
            var digits = random.Next(1, 9);
            var number = new CaseNumber(
                random.Next(2000, 2100), marks[random.Next(marks.Length)], CaseType.All[random.Next(CaseType.All.Count)],
                random.Next((int)Math.Pow(10, digits - 1), (int)Math.Pow(10, digits)));
            var printed = number.ToString();

            Assert.Equal(number, Read(printed));
            Assert.Equal(number, Read(printed.Replace('(', '（').Replace(')', '）')));
            Assert.True(printed.Length <= CaseNumber.LengthMax, $"{printed} is longer than {CaseNumber.LengthMax}.");
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_damaged_number_is_refused_or_reads_as_what_it_prints(int seed)
    {
        var random = new Random(seed);
        const string Letters = "()（）沪浙京执恢保异财委0123456789号之一 Ａ\0\ud800";
        for (var i = 0; i < 500; i++)
        {
            var text = "(2017)沪0115执恢1234号".ToCharArray();
            text[random.Next(text.Length)] = Letters[random.Next(Letters.Length)];
            text[random.Next(text.Length)] = Letters[random.Next(Letters.Length)];

            if (CaseNumber.TryParse(text, ShippedConfig.Courts, out var number))
            {
                Assert.Equal(new string(text).Replace('（', '(').Replace('）', ')'), number.ToString());
            }
        }
    }

    [Theory]
    [InlineData("(2018)沪0115执1234号")]
    [InlineData("(2017)沪0116执1234号")]
    [InlineData("(2017)沪0115执恢1234号")]
    [InlineData("(2017)沪0115执1235号")]
    public void Numbers_that_differ_in_year_court_type_or_ordinal_are_different_cases(string other) =>
        Assert.NotEqual(Read("(2017)沪0115执1234号"), Read(other));

    /// <summary>A million cases of 22 courts sit in dictionaries by number; a hash that clusters would make each look-up a search.</summary>
    [Fact]
    public void The_hashes_of_a_years_numbers_hardly_collide()
    {
        var numbers = ShippedConfig.Courts.Courts.SelectMany(court => s_enforcementTypes.SelectMany(type =>
            Enumerable.Range(1, 1_000).Select(ordinal => Read($"(2017){court.Mark}{type}{ordinal}号")))).ToArray();

        var distinct = numbers.Select(number => number.GetHashCode()).Distinct().Count();

        Assert.True(distinct > numbers.Length * 0.95, $"{numbers.Length} numbers have {distinct} hashes.");
    }

    private static CaseNumber Read(string text)
    {
        Assert.True(CaseNumber.TryParse(text, ShippedConfig.Courts, out var number), $"{text} was not read.");
        return number;
    }
}
