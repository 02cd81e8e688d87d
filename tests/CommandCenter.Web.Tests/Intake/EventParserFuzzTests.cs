using System.Reflection;
using System.Text;
using CommandCenter.Web.Intake;

namespace CommandCenter.Web.Tests.Intake;

public sealed class EventParserFuzzTests
{
    private const int LinesPerSeed = 4_000;

    private static readonly HashSet<string> s_codes =
        [.. typeof(EventCodes).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetRawConstantValue()!)];

    // Pieces at which parsers break: structure, escapes, halves of characters, limits of numbers, names of other fields.
    private static readonly byte[][] s_pieces = [.. new[]
    {
        "{", "}", "[", "]", ",", ":", "\"", "\\", "\\u", "\\ud800", "\\udc00", "\\ud83d\\ude00", "\\u0000", "null", "true", "-", "1e9", ".5", "0",
        "9007199254740992", "\"id\":", "\"data\":{", "\"case\":", "\"serial\":\"x\"", "号", "(2017)", "Z", "+08:00", " ", "\t", "\uFEFF",
    }.Select(Encoding.UTF8.GetBytes), [0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0x00]];

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
    [InlineData(11)]
    [InlineData(12)]
    [InlineData(13)]
    [InlineData(14)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(18)]
    [InlineData(19)]
    [InlineData(20)]
    public void A_spoiled_line_is_accepted_or_refused_with_a_code_and_never_throws(int seed)
    {
        var random = new Random(seed);
        var parser = Parsing.New();
        var good = EventLine.Types.Select(type => Encoding.UTF8.GetBytes(EventLine.Text(EventLine.Good(type)))).ToArray();
        var refused = 0;
        for (var i = 0; i < LinesPerSeed; i++)
        {
            var line = Spoil(random, [.. good[random.Next(good.Length)]]);

            var fault = parser.Parse(line, "test", Parsing.Now, out var fact);

            Assert.Equal(fault is null, fact is not null);
            if (fault is not null)
            {
                refused++;
                Assert.True(s_codes.Contains(fault.Code), fault.Code);
            }
        }

        Assert.InRange(refused, LinesPerSeed / 2, LinesPerSeed - 1);
    }

    private static byte[] Spoil(Random random, List<byte> line)
    {
        for (var left = random.Next(1, 4); left > 0 && line.Count > 0; left--)
        {
            var at = random.Next(line.Count);
            switch (random.Next(6))
            {
                case 0:
                    line[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    line[at] = (byte)random.Next(256);
                    break;
                case 2:
                    line.RemoveRange(at, Math.Min(random.Next(1, 8), line.Count - at));
                    break;
                case 3:
                    line.InsertRange(at, line.GetRange(at, Math.Min(random.Next(1, 40), line.Count - at)));
                    break;
                case 4:
                    line.RemoveRange(at, line.Count - at);
                    break;
                default:
                    line.InsertRange(at, s_pieces[random.Next(s_pieces.Length)]);
                    break;
            }
        }

        return [.. line];
    }
}
