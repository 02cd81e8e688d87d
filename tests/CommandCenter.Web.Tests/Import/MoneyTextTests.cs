using CommandCenter.Web.Import.Mapping;

namespace CommandCenter.Web.Tests.Import;

public sealed class MoneyTextTests
{
    [Theory]
    [InlineData("35.0", 3500)]
    [InlineData("35", 3500)]
    [InlineData("0.29", 29)] // 0.29 * 100 is 28.999… as a double.
    [InlineData("1.1", 110)]
    [InlineData("4.35", 435)]
    [InlineData("0", 0)]
    [InlineData("0.0", 0)]
    [InlineData("007.50", 750)]
    [InlineData("12.3400000", 1234)]
    [InlineData("90071992547409.91", 9007199254740991)]
    public void A_decimal_amount_becomes_exact_fen(string text, long fen)
    {
        Assert.Null(MoneyText.Parse(text, out var parsed));
        Assert.Equal(fen, parsed);
    }

    [Theory]
    [InlineData("12.345", RowFault.MoneyPrecision)]
    [InlineData("0.001", RowFault.MoneyPrecision)]
    [InlineData("-1", RowFault.MoneyNegative)]
    [InlineData("-0.5", RowFault.MoneyNegative)]
    [InlineData("1e3", RowFault.MoneyInvalid)]
    [InlineData("NaN", RowFault.MoneyInvalid)]
    [InlineData("Infinity", RowFault.MoneyInvalid)]
    [InlineData("1,000.00", RowFault.MoneyInvalid)]
    [InlineData("1.", RowFault.MoneyInvalid)]
    [InlineData(".5", RowFault.MoneyInvalid)]
    [InlineData("+5", RowFault.MoneyInvalid)]
    [InlineData("--5", RowFault.MoneyInvalid)]
    [InlineData(" 5", RowFault.MoneyInvalid)]
    [InlineData("１２", RowFault.MoneyInvalid)]
    [InlineData("", RowFault.MoneyInvalid)]
    [InlineData("90071992547409.92", RowFault.MoneyTooLarge)]
    [InlineData("99999999999999999999999999", RowFault.MoneyTooLarge)]
    public void What_is_not_an_exact_amount_is_refused_with_its_code(string text, string code) =>
        Assert.Equal(code, MoneyText.Parse(text, out _)?.Code);

    /// <summary>Every amount of two decimals is compared with the framework's decimal.</summary>
    [Fact]
    public void All_small_amounts_agree_with_decimal_arithmetic()
    {
        for (var fen = 0; fen <= 20_000; fen++)
        {
            var text = (fen / 100m).ToString(System.Globalization.CultureInfo.InvariantCulture);
            Assert.Null(MoneyText.Parse(text, out var parsed));
            Assert.Equal(fen, parsed);
        }
    }
}
