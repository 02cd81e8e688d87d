using System.Text;
using CommandCenter.Audit.Format;
using CommandCenter.Testing;

namespace CommandCenter.Audit.Tests.Format;

public sealed class FileLinesTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    /// <summary>Sizes around the block of 1 MiB and the longest line of 64 KiB.</summary>
    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 30)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Both_directions_give_the_lines_that_were_written(int seed)
    {
        var random = new Random(seed);
        var lines = Enumerable.Range(0, random.Next(0, seed % 3 == 0 ? 60 : 400)).Select(_ => new string('x', seed % 3 == 0 ? random.Next(65_000) : random.Next(3)) + "\n").ToList();
        var path = Write(string.Concat(lines));

        Assert.Equal(lines, Read(path, FileLines.Forward));
        lines.Reverse();
        Assert.Equal(lines, Read(path, FileLines.Backward));
    }

    [Fact]
    public void A_stretch_without_a_line_feed_comes_in_pieces()
    {
        var path = Write(new string('x', 5_000_000));

        Assert.All([FileLines.Forward, FileLines.Backward], (Func<Microsoft.Win32.SafeHandles.SafeFileHandle, IEnumerable<ReadOnlyMemory<byte>>> read) =>
            Assert.Equal(5_000_000, Read(path, read).Sum(piece => piece.Length)));
    }

    public void Dispose() => _directory.Dispose();

    private string Write(string text)
    {
        var path = Path.Combine(_directory.Path, "lines");
        File.WriteAllText(path, text);
        return path;
    }

    private static List<string> Read(string path, Func<Microsoft.Win32.SafeHandles.SafeFileHandle, IEnumerable<ReadOnlyMemory<byte>>> read)
    {
        using var file = FileLines.Open(path);
        return [.. read(file).Select(line => Encoding.UTF8.GetString(line.Span))];
    }
}
