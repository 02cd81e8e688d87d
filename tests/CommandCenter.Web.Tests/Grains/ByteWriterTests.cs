using CommandCenter.Web.Grains;

namespace CommandCenter.Web.Tests.Grains;

public sealed class ByteWriterTests
{
    [Theory]
    [InlineData("", 1)]
    [InlineData("a", 1)]
    [InlineData("沪", 1)]
    [InlineData("a", 42)]
    [InlineData("沪", 42)]
    [InlineData("a", 43)]
    [InlineData("沪", 43)]
    [InlineData("a", 127)]
    [InlineData("a", 128)]
    [InlineData("😀", 21)]
    [InlineData("😀", 400)]
    public void A_text_of_any_length_is_read_back(string unit, int count)
    {
        var text = string.Concat(Enumerable.Repeat(unit, count));
        var writer = new ByteWriter();
        writer.Text(text);
        writer.Byte(7);

        var reader = new ByteReader(writer.Written, new TextPool());

        Assert.Equal(text, reader.Text());
        Assert.Equal(7, reader.Byte());
        Assert.True(reader.IsAtEnd);
    }

    [Fact]
    public void Equal_shared_texts_are_one_string()
    {
        var texts = new TextPool();
        var own = texts[texts.NumberOf("沪0115")];
        var writer = new ByteWriter();
        writer.Text("沪0115");
        writer.Text("沪0115");
        var reader = new ByteReader(writer.Written, texts);

        Assert.Same(own, reader.SharedText());
        Assert.Same(own, reader.SharedText());
    }
}
