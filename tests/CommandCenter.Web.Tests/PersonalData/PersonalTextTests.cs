using CommandCenter.Testing;
using CommandCenter.Web.PersonalData;
using CommandCenter.Web.Reading;
using Microsoft.AspNetCore.DataProtection;

namespace CommandCenter.Web.Tests.PersonalData;

public sealed class PersonalTextTests
{
    [Theory]
    [InlineData("身份证11010519491231002X号", "身份证1****************X号")]
    [InlineData("电话13812345678，另021-62345678", "电话*******5678，另********5678")]
    [InlineData("+86 138 1234 5678", "*************5678")]
    [InlineData("账号6222 0212 3456 7890 128", "账号*******************128")]
    [InlineData("卡6222021234567890128", "卡***************0128")]
    [InlineData("老身份证110105491231002", "老身份证1*************2")]
    [InlineData("(2017)沪0115执1234号", "(2017)沪0115执1234号")]
    [InlineData("2016-09-01 至 2016-10-01", "2016-09-01 至 2016-10-01")]
    [InlineData("标的 123,456.78 元", "标的 123,456.78 元")]
    [InlineData("", "")]
    public void A_text_loses_the_numbers_of_people_and_keeps_the_others(string text, string masked) => Assert.Equal(masked, PersonalText.Of(text), ignoreAllWhiteSpace: true);

    [Theory]
    [InlineData("20260901000012345", "20260901000012345")] // A bank's serial number: its digits check nothing.
    [InlineData("S-6222021234567890128", "S-***************0128")]
    [InlineData("deposit-13812345678", "deposit-*******5678")]
    [InlineData("p:13812345678", "p:*******5678")]
    [InlineData("11010519491231002X", "1****************X")]
    public void A_reference_loses_only_what_its_digits_give_away(string text, string masked) => Assert.Equal(masked, PersonalText.OfReference(text));

    [Fact]
    public void A_mask_put_on_twice_is_the_same()
    {
        foreach (var text in new[] { "身份证11010519491231002X号", "电话13812345678", "卡6222021234567890128", "6222 0212 3456 7890 128" })
        {
            Assert.Equal(PersonalText.Of(text), PersonalText.Of(PersonalText.Of(text)));
        }
    }

    [Fact]
    public void The_texts_of_a_case_lose_the_names_of_its_people_and_a_reveal_keeps_them()
    {
        string[] names = ["欧阳修竹", "欧阳", "示例贸易有限公司"];

        Assert.Equal("与欧**和解；示例贸易有限公司担保", PersonMask.On.For(names).Text("与欧阳修竹和解；示例贸易有限公司担保"));
        Assert.Equal("与欧阳修竹和解 13812345678", PersonMask.Off.For(names).Text("与欧阳修竹和解 13812345678"));
    }
}

public sealed class QuestionTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("(2017)沪0115执1234号", "number (2017)沪0115执1234号")]
    [InlineData("执12", "number 执12")]
    [InlineData("1234", "number 1234")]
    [InlineData("张三丰", "name, 3 characters, print ")]
    [InlineData("zsf", "letters, 3 characters, print ")]
    [InlineData("13812345678", "digits, 11 characters, print ")]
    [InlineData("11010519491231002X", "digits, 18 characters, print ")]
    [InlineData("张三丰执1", "name, 5 characters, print ")]
    public void The_trace_keeps_numbers_of_cases_and_prints_of_names(string text, string kept)
    {
        var print = QuestionPrint.Open(_folder.Path).Of(text);

        Assert.StartsWith(kept, print, StringComparison.Ordinal);
        Assert.Equal(kept.EndsWith(' ') ? kept.Length + 16 : kept.Length, print.Length);
    }

    [Fact]
    public void One_name_has_one_print_however_it_is_typed_and_another_under_another_key()
    {
        using var other = new TemporaryDirectory();
        var print = QuestionPrint.Open(_folder.Path);

        Assert.Equal(print.Of("（集团）有限公司"), print.Of(" (集团)有限公司 "));
        Assert.Equal(print.Of("张三"), QuestionPrint.Open(_folder.Path).Of("张三"));
        Assert.NotEqual(print.Of("张三"), print.Of("张四"));
        Assert.NotEqual(print.Of("张三"), QuestionPrint.Open(other.Path).Of("张三"));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(_folder.Path, "question.key")));
    }

    [Fact]
    public void A_seal_opens_for_half_a_day_and_only_here()
    {
        var time = new SetTime { Now = new DateTimeOffset(2026, 3, 1, 9, 0, 0, TimeSpan.Zero) };
        var seal = new QuestionSeal(new EphemeralDataProtectionProvider(), time);
        var closed = seal.Seal("张三丰");

        Assert.DoesNotContain("张", closed, StringComparison.Ordinal);
        Assert.NotEqual(closed, seal.Seal("张三丰"));
        Assert.Equal("张三丰", seal.Open(closed));
        Assert.Null(new QuestionSeal(new EphemeralDataProtectionProvider(), time).Open(closed));
        Assert.Null(seal.Open(closed[..^4] + "AAAA"));
        Assert.Null(seal.Open("x"));
        Assert.Null(seal.Open(new string('A', 5_000)));
        time.Now += QuestionSeal.Life;
        Assert.Equal("张三丰", seal.Open(closed));
        time.Now += TimeSpan.FromSeconds(1);
        Assert.Null(seal.Open(closed));
        Assert.Equal("query.bad-ask", seal.Open(new CaseParameters { Ask = closed }).Fault!.Code);
    }

    private sealed class SetTime : TimeProvider
    {
        public DateTimeOffset Now { get; set; }

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
