using CommandCenter.Runtime.Journal;
using CommandCenter.Runtime.Partitions;

namespace CommandCenter.Runtime.Tests.Journal;

public sealed class RowBodyTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 20)];

    [Theory, MemberData(nameof(Seeds))]
    public void Records_of_any_length_come_back_as_they_were_appended(int seed)
    {
        var random = new Random(seed);
        int[] edges = [0, 1, 127, 128, 16_383, 16_384];
        var records = Enumerable.Range(0, random.Next(1, 60))
            .Select(_ => new byte[random.Next(2) == 0 ? edges[random.Next(edges.Length)] : random.Next(3_000)])
            .ToList();
        var writer = new RecordWriter();
        writer.Begin(100);
        foreach (var record in records)
        {
            random.NextBytes(record);
            _ = writer.Append(record);
        }

        var offsets = RowBody.Offsets(writer.Body, writer.Count);

        for (var i = 0; i < records.Count; i++)
        {
            Assert.Equal(records[i], RowBody.ReadAt(writer.Body, offsets[i], out _).ToArray());
            Assert.True(writer.TryRead(100 + i, out var pending) && pending.SequenceEqual(records[i]));
        }

        Assert.Equal(100 + records.Count, writer.NextPosition);
        Assert.False(writer.TryRead(99, out _) || writer.TryRead(writer.NextPosition, out _));
    }

    [Theory]
    [InlineData(new byte[] { 3, 1, 2 }, 1)]
    [InlineData(new byte[] { 0x80 }, 1)]
    [InlineData(new byte[] { 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF }, 1)]
    [InlineData(new byte[] { 0xFF, 0xFF, 0xFF, 0xFF, 0x7F }, 1)]
    [InlineData(new byte[] { 1, 9, 1, 9 }, 1)]
    [InlineData(new byte[] { 1, 9 }, 2)]
    public void Broken_framing_is_never_read_as_records(byte[] body, int count) =>
        _ = Assert.Throws<InvalidDataException>(() => RowBody.Offsets(body, count));
}
