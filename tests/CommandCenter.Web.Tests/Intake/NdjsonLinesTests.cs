using System.Text;
using CommandCenter.Web.Intake;

namespace CommandCenter.Web.Tests.Intake;

public sealed class NdjsonLinesTests
{
    private const int LineMax = 8;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> Bodies =>
    [
        "",
        "\n",
        "a",
        "a\n",
        "a\nb",
        "a\r\nb\r\n",
        "a\n\nb\n",
        "a\n \t\r\nb\n",
        "12345678\n12345678",
        "12345678\r\n12345678\r",
        "123456789\nb\n",
        "a\n123456789\r\nb\n",
        "a\n12345678901234567890123456789012345678901234567890\nb\n",
        "12345678901234567890123456789012345678901234567890",
        "12345678901234567890\r\n\r\n12345678901234567890\n\nz",
        "        \n         \nb", // Eight blanks are a blank line; nine are too long a line.
        "\uFEFFa\nb\n",
        "\uFEFF12345678\nb\n",
        "\uFEFF12345678\r\nb\n",
        "\uFEFF123456789\nb\n",
        "\uFEFF\n\uFEFFa\n",
        "\uFEFF",
        "a\rb\r\rc\n\r\n",
        "沪沪\n沪沪沪\n",
    ];

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task Where_the_network_cuts_a_body_makes_no_difference(string body)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        var expected = Naively(bytes);

        Assert.Equal(expected, await ReadAsync(bytes, [bytes.Length]));
        Assert.Equal(expected, await ReadAsync(bytes, [1]));
        for (var first = 1; first < bytes.Length; first++)
        {
            Assert.Equal(expected, await ReadAsync(bytes, [first, bytes.Length]));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(10)]
    public async Task Random_bodies_in_random_pieces_give_the_lines_of_a_naive_split(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 200; round++)
        {
            var bytes = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, random.Next(80)).Select(_ => random.Next(7) switch
            {
                0 or 1 => "\n",
                2 => "\r",
                3 => " ",
                4 => round % 2 == 0 ? "沪" : "\uFEFF",
                _ => new string('x', random.Next(1, 12)),
            })));
            var pieces = Enumerable.Range(0, 100).Select(_ => random.Next(1, 30)).ToArray();

            Assert.Equal(Naively(bytes), await ReadAsync(bytes, pieces));
        }
    }

    [Fact]
    public async Task A_body_of_exactly_the_limit_is_complete_and_one_byte_more_is_too_large()
    {
        Assert.Equal(BodyEnd.Complete, await EndAsync("123456789\n", bytesMax: 10, linesMax: 9));
        Assert.Equal(BodyEnd.TooLarge, await EndAsync("123456789\n1", bytesMax: 10, linesMax: 9));
    }

    [Theory]
    [InlineData("a\nb\nc\n", false)]
    [InlineData("a\nb\nc", false)]
    [InlineData("a\nb\nc\nd\n", true)]
    [InlineData("a\nb\nc\nd", true)]
    [InlineData("\n\n\n\n", true)]
    [InlineData("a\nb\nc\n12345678901234567890", true)]
    public async Task More_lines_than_the_limit_are_too_many_with_or_without_a_last_line_end(string body, bool isTooMany) =>
        Assert.Equal(isTooMany ? BodyEnd.TooManyLines : BodyEnd.Complete, await EndAsync(body, bytesMax: 1_000, linesMax: 3));

    [Fact]
    public async Task An_endless_line_is_read_without_holding_it()
    {
        const long BodyBytes = 64L << 20;
        await using var body = new PiecesStream(new byte[64 << 10], [64 << 10]) { Repeats = BodyBytes / (64 << 10) };
        var lines = new List<(int, bool)>();
        var before = GC.GetAllocatedBytesForCurrentThread();

        var end = NdjsonLines.ReadAsync(body, EventParser.LineBytesMax, long.MaxValue, 10, (_, number, isTooLong) => lines.Add((number, isTooLong)), Token);

        Assert.True(end.IsCompletedSuccessfully, "The stream answers at once, so all happened on this thread.");
        Assert.Equal([(1, true)], lines);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    private static async Task<BodyEnd> EndAsync(string body, long bytesMax, int linesMax)
    {
        var ends = new List<BodyEnd>();
        foreach (var piece in new[] { 1, 3, 1_000 })
        {
            await using var stream = new PiecesStream(Encoding.UTF8.GetBytes(body), [piece]);
            ends.Add(await NdjsonLines.ReadAsync(stream, LineMax, bytesMax, linesMax, (_, _, _) => { }, Token));
        }

        return Assert.Single(ends.Distinct());
    }

    private static async Task<string[]> ReadAsync(byte[] body, int[] pieces)
    {
        var lines = new List<string>();
        await using var stream = new PiecesStream(body, pieces);
        var end = await NdjsonLines.ReadAsync(
            stream, LineMax, long.MaxValue, int.MaxValue, (line, number, isTooLong) => lines.Add(Show(line, number, isTooLong)), Token);
        Assert.Equal(BodyEnd.Complete, end);
        return [.. lines];
    }

    // What the lines are, in the plainest words: split at line feeds, drop the mark of UTF-8 at the start and a carriage return at the end.
    private static string[] Naively(byte[] body)
    {
        var lines = new List<string>();
        var number = 0;
        var rest = body.AsSpan();
        while (!rest.IsEmpty)
        {
            var end = rest.IndexOf((byte)'\n');
            var line = end < 0 ? rest : rest[..end];
            rest = end < 0 ? [] : rest[(end + 1)..];
            number++;
            line = number == 1 && line.StartsWith("\uFEFF"u8) ? line[3..] : line;
            line = line.EndsWith("\r"u8) ? line[..^1] : line;
            if (line.Length > LineMax)
            {
                lines.Add(Show(line[..LineMax], number, isTooLong: true));
            }
            else if (line.ContainsAnyExcept((byte)' ', (byte)'\t'))
            {
                lines.Add(Show(line, number, isTooLong: false));
            }
        }

        return [.. lines];
    }

    private static string Show(ReadOnlySpan<byte> line, int number, bool isTooLong) => $"{number}{(isTooLong ? "!" : ":")}{Convert.ToHexString(line)}";
}
